# SPDX-License-Identifier: Apache-2.0
"""The bench against the peers: engines that compute something else are left out, ratios are what they say."""
import argparse
import math
import sys

import numpy as np
import pytest
from crops import CROPPER, ROOT

sys.path.insert(0, str(ROOT / "benchmarks/peers"))
import model_list  # noqa: E402: needs the path above
import ours  # noqa: E402
import report  # noqa: E402
import run as bench  # noqa: E402

NET = ROOT / "models/zoo/digits/digits_net.onnx"
CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"


def bfloat16(a):
    return ((a.view(np.uint32) + 0x8000) & 0xFFFF0000).view(np.float32)


def test_disagreement():
    want = np.random.default_rng(0).normal(size=(4, 5)).astype(np.float32)
    assert bench.disagreement([want + np.float32(1e-6)], [want])[1] is None
    worst, reason = bench.disagreement([bfloat16(want)], [want])
    assert worst > bench.LIMIT and "output 0 differs" in reason
    broken = want.copy()
    broken[1, 2] = np.nan
    assert bench.disagreement([broken], [want])[1]
    assert "2 outputs" in bench.disagreement([want, want], [want])[1]
    assert "19 elements" in bench.disagreement([want.ravel()[1:]], [want])[1]


@pytest.mark.parametrize("model", [NET, CNN])
def test_engines_agree_and_are_timed(model, tmp_path):
    results = timed(model, model, tmp_path)
    for r in results.values():
        assert "excluded" not in r, r
        assert r["max_error_of_range"] < 1e-5 and 0 < r["min_ms"] <= r["ms"] and len(r["rounds_ms"]) == 2
    assert results["adze"]["settings"]["threads"] == 2


def timed(cropped, model, tmp_path):
    """Ours of the one file against the peer of the other."""
    args = argparse.Namespace(out=tmp_path, level=None, rounds=2, seconds=0.01)
    crop = ours.crop(CROPPER, cropped, ours.threaded_profile("linux-x64-avx2", tmp_path), tmp_path)
    files = {model.suffix[1:]: model}
    peer = {".onnx": "onnxruntime", ".tflite": "litert"}[model.suffix]
    return bench.bench_threads(files, model_list.feed(files, tmp_path / "feed"), crop, 2, ["adze", peer], args)


def test_other_weights_are_caught(tmp_path):
    data = bytearray(NET.read_bytes())
    data[len(data) // 2:len(data) // 2 + 256] = bytes(256)  # in the middle of the file lie weights
    other = tmp_path / "other.onnx"
    other.write_bytes(data)
    results = timed(other, NET, tmp_path)
    assert "differs" in results["adze"]["excluded"] and "ms" not in results["adze"]
    assert "ms" in results["onnxruntime"]


def test_ratios():
    def row(ms):
        return {"1": {"ms": ms}}

    result = {"threads": [1], "models": {
        "a": {"engines": {"adze": row(2.0), "x": row(1.0), "y": row(4.0)}},
        "b": {"engines": {"adze": row(1.0), "x": {"1": {"excluded": "output 0 differs"}}, "y": row(4.0)}},
        "c": {"engines": {"adze": {"1": {"excluded": "this op is not supported", "unsupported": True}}, "x": row(1.0)}}}}
    report.finish(result)
    assert result["models"]["a"]["best_peer"]["1"] == {"engine": "x", "ms": 1.0, "ratio": 0.5}
    assert result["models"]["b"]["best_peer"]["1"]["ratio"] == 4.0
    assert math.isclose(result["geomean_1t"], math.sqrt(2)) and result["geomean_1t_models"] == 2
    assert result["unsupported"] == {"c": "this op is not supported"}


def test_roofs():
    machine = {"gmacs": {"avx2": {"1": 50.0}, "avx512": {"1": 60.0}}, "gbytes": {"1": {"1000": 100.0, "4000": 20.0}}}
    assert ours.peak(machine, "avx2", 1) == 50.0 and ours.peak(machine, "scalar", 1) == 60.0
    assert [ours.bandwidth(machine, n, 1) for n in (10, 1000, 1001, 10**9)] == [100.0, 100.0, 20.0, 20.0]
