# SPDX-License-Identifier: Apache-2.0
"""cropper crop --matrix: each crop as it would be alone, and no failure hides another. And what a further crop takes."""
import filecmp
import json
import shutil
import time

from crops import CROPPER, ROOT, run

ZOO = ROOT / "models/zoo/digits"
AVX2 = "linux-x64-avx2"


def test_each_crop_as_alone(tmp_path):
    (tmp_path / "broken.onnx").write_bytes(b"\x08\x01no model")
    matrix = {"sets": {"cnn": {"models": [str(ZOO / "digits_cnn.tflite")], "prefix": "pic"}, "gone": {"models": ["nowhere.onnx"]},
                       "broken": {"models": ["broken.onnx"]}, "net": {"models": [str(ZOO / "digits_net.onnx")]}}, "profiles": [AVX2, "linux-arm64"]}
    (tmp_path / "m.json").write_text(json.dumps(matrix))
    done = run(CROPPER, "crop", "--matrix", tmp_path / "m.json", "-o", tmp_path / "out", "--format", "json", expect=3)
    report = json.loads(done.stdout)
    assert report["failed"] == 4 and len(report["crops"]) == 8
    assert {c["set"] for c in report["crops"] if "error" in c} == {"gone", "broken"}
    assert done.stderr.count("nowhere.onnx") == 2 and done.stderr.count("broken.onnx") == 2
    assert all(c["alloc_bytes"] > 10000 and c["seconds"] > 0 for c in report["crops"] if "error" not in c)
    run(CROPPER, "crop", "--models", ZOO / "digits_cnn.tflite", "--prefix", "pic", "--profile", AVX2, "-o", tmp_path / "alone")
    files = [p.relative_to(tmp_path / "alone") for p in (tmp_path / "alone").rglob("*") if p.is_file() and "build" not in p.parts]
    assert len(files) > 50
    for f in [*files, "build/libpic.so"]:
        assert filecmp.cmp(tmp_path / "alone" / f, tmp_path / "out/cnn" / AVX2 / f, shallow=False), f


def test_wrong_use(tmp_path):
    (tmp_path / "m.json").write_text('{"sets": {"a": {"models": []}}, "profiles": []}')
    done = run(CROPPER, "crop", "--matrix", tmp_path / "m.json", "-o", tmp_path / "out", expect=3)
    assert 'set "a"' in done.stderr and '"profiles"' in done.stderr
    run(CROPPER, "crop", "--matrix", tmp_path / "m.json", "--profile", AVX2, "-o", tmp_path / "out", expect=2)
    run(CROPPER, "crop", "--models", ZOO / "digits_net.onnx", "-o", tmp_path / "out", expect=2)


def test_a_further_crop_is_quick(tmp_path):
    """Another model, units compiled before: in the same folder, and in another one where ccache is. Measured 0.6 s; the bound is for busy machines."""
    crop = [CROPPER, "crop", "--profile", AVX2, "--models"]
    run(*crop, ZOO / "digits_cnn.tflite", ZOO / "digits_net.onnx", "-o", tmp_path / "first")
    for out in ["first"] + (["other"] if shutil.which("ccache") else []):
        start = time.monotonic()
        run(*crop, ZOO / "digits_net.onnx", "-o", tmp_path / out)
        assert time.monotonic() - start < 6
