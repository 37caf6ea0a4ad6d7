# SPDX-License-Identifier: Apache-2.0
"""Features of a profile: what is on works, what is off is not in the library."""
import json

import numpy as np
import pytest
from crops import ROOT, crop_files, model_path, run, run_model

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"


def crop_with(tmp_path, models, name, **features):
    """A crop for linux-x64-avx2 with other features."""
    profile = json.loads((ROOT / "profiles/linux-x64-avx2.json").read_text())
    profile["name"] = name
    profile["features"].update(features)
    (tmp_path / f"{name}.json").write_text(json.dumps(profile))
    crop_files(models, tmp_path / f"{name}.json", tmp_path / name)
    return tmp_path / name


def symbols(out):
    return run("nm", "-D", out / "build/libadze.so").stdout


def loaded_bytes(out):
    return int(run("size", "-B", out / "build/libadze.so").stdout.splitlines()[1].split()[3])


def test_threads(tmp_path):
    on = crop_with(tmp_path, [CNN], "threads-on", threads=True)
    off = crop_with(tmp_path, [CNN], "threads-off", threads=False)
    assert "pthread_create" in symbols(on)
    assert "pthread" not in symbols(off)
    assert loaded_bytes(on) > loaded_bytes(off)
    run(on / "build/adze-run", on / "models/digits_cnn.adze", "--output-dir", tmp_path / "o", "--threads", "3")
    refused = run(off / "build/adze-run", off / "models/digits_cnn.adze", "--output-dir", tmp_path / "o", "--threads", "3", expect=2)
    assert "threads" in refused.stderr


@pytest.mark.parametrize("name", ["mobilenet_v1_025_224_float", "yunet_n_320", "anomaly_toycar_int8"])
def test_results_do_not_depend_on_the_thread_count(name, tmp_path):
    out = crop_with(tmp_path, [model_path(name)], "threads-on", threads=True)
    adze = out / f"models/{name}.adze"
    one = run_model(out, adze, [], "linux-x64-avx2", tmp_path, "--threads", "1")
    for threads in ("2", "5"):
        many = run_model(out, adze, [], "linux-x64-avx2", tmp_path, "--threads", threads)
        assert len(one) == len(many) > 0
        for a, b in zip(one, many):
            assert np.array_equal(a.view(np.uint8), b.view(np.uint8))


def test_error_texts(tmp_path):
    on = crop_with(tmp_path, [CNN], "texts-on", error_text=True)
    off = crop_with(tmp_path, [CNN], "texts-off", error_text=False)
    assert b"not in this crop" in (on / "build/libadze.so").read_bytes()
    assert b"not in this crop" not in (off / "build/libadze.so").read_bytes()
    assert loaded_bytes(on) > loaded_bytes(off) + 3000
    (tmp_path / "bad").write_bytes(b"nonsense" * 32)
    done = run(off / "build/adze-run", tmp_path / "bad", "--output-dir", tmp_path / "o", expect=3)
    assert "bad" in done.stderr
