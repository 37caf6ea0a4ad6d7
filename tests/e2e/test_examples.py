# SPDX-License-Identifier: Apache-2.0
"""The examples, built as an outsider would, and the accuracy that the zoo's manifest claims."""
import json

import numpy as np
import pytest
from crops import CROPPER, ROOT, crop_files, emulator, run, run_model

ZOO = ROOT / "models/zoo/digits"


@pytest.mark.parametrize("profile", ["linux-x64", "linux-arm64"])
def test_digits(profile, tmp_path):
    out = tmp_path / "crop"
    crop_files([ZOO / "digits_cnn.tflite", ZOO / "digits_net.onnx"], profile, out)
    toolchain = [f"-DCMAKE_TOOLCHAIN_FILE={out}/toolchain.cmake"] if (out / "toolchain.cmake").exists() else []
    run("cmake", "-G", "Ninja", "-S", ROOT / "examples/digits", "-B", tmp_path / "b", f"-DADZE_CROP={out}", *toolchain)
    run("cmake", "--build", tmp_path / "b")
    for model in ("digits_cnn", "digits_net"):
        done = run(*emulator(profile), tmp_path / "b/digits", out / f"models/{model}.adze", ROOT / "examples/digits/three.pgm")
        assert "This is a 3" in done.stdout
    done = run(*emulator(profile), tmp_path / "b/digits", out / "crop.json", ROOT / "examples/digits/three.pgm", expect=3)
    assert "damaged file" in done.stderr


def test_manifest_tells_the_truth(tmp_path):
    import hashlib

    for entry in json.loads((ZOO / "manifest.json").read_text())["models"]:
        data = (ZOO / entry["file"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (entry["bytes"], entry["sha256"])
        assert entry["held_out_accuracy"] > 0.95


def test_both_layouts_see_the_same_picture(tmp_path):
    """The NHWC and the NCHW model answer alike on the example's picture."""
    out = tmp_path / "crop"
    crop_files([ZOO / "digits_cnn.tflite", ZOO / "digits_net.onnx"], "linux-x64", out)
    values = [int(w) for line in (ROOT / "examples/digits/three.pgm").read_text().splitlines()[4:] for w in line.split()]
    picture = (np.array(values, np.float32) / 16).reshape(8, 8)
    for model, shape in (("digits_cnn", (1, 8, 8, 1)), ("digits_net", (1, 1, 8, 8))):
        (answer,) = run_model(out, out / f"models/{model}.adze", [picture.reshape(shape)], "linux-x64", tmp_path)
        assert answer.argmax() == 3
        assert abs(answer.sum() - 1) < 1e-5


def test_quickstart_reads_both_sums(tmp_path):
    """Its table takes the loaded bytes and those of the file out of the report's words."""
    out = tmp_path / "crop"
    crop_files([ZOO / "digits_net.onnx"], "linux-x64-avx2", out)
    (reader,) = [line for line in (ROOT / "scripts/quickstart").read_text().splitlines() if line.startswith("bytes() {")]
    done = run("bash", "-c", f'cropper=$1\n{reader}\nbytes "$2"', "quickstart", CROPPER, out)
    library = json.loads((out / "size.json").read_text())["library"]
    assert [int(n) for n in done.stdout.split()] == [library["alloc"], (out / "build/libadze.so").stat().st_size]
