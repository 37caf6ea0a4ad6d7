# SPDX-License-Identifier: Apache-2.0
"""scripts/test-crop: the kernels' own tests, chosen by a crop's manifest, run with the crop's objects; and fail where these are wrong."""
import pathlib
import re

import pytest
from crops import CROPPER, ROOT, crop_files, run
from tiny_onnx import SIGMOID

BUILD = pathlib.Path(CROPPER).resolve().parents[1]
BUILDS = {"linux-x64": BUILD, "linux-arm64": BUILD.parent / "arm64"}
SCRIPT = ROOT / "scripts/test-crop"


def build_for(profile):
    build = BUILDS[profile]
    if not (build / "bin/kernels_test").exists():
        pytest.skip(f"{build} has no kernels_test")
    return build


@pytest.fixture(params=list(BUILDS))
def sigmoid(request, tmp_path):
    build = build_for(request.param)
    (tmp_path / "sigmoid.onnx").write_bytes(SIGMOID)
    crop_files([tmp_path / "sigmoid.onnx"], request.param, tmp_path / "out")
    return tmp_path / "out", build


def test_the_tests_of_a_crops_rows_pass(sigmoid):
    out, build = sigmoid
    text = run(SCRIPT, out, build).stdout
    selected, rows = re.search(r"^(\d+) tests selected by (\d+) of \d+ rows of the manifest", text, re.M).groups()
    assert 0 < int(selected) < 40 and int(rows) >= 3 and f"all {selected} pass with the crop's objects" in text, text
    print(f"COUNT test-crop of one sigmoid: {selected} tests by {rows} rows")


def test_a_wrong_kernel_fails_its_tests(sigmoid):
    """The object in the crop, not the checkout's, is under test."""
    out, build = sigmoid
    source = out / "src/kernels/cpu/unary/sigmoid_f32__scalar.cc"
    text = source.read_text()
    assert text.count("(x < 0 ? e : 1.0f)") == 1
    source.write_text(text.replace("(x < 0 ? e : 1.0f)", "(x < 0 ? e : 1.5f)"))
    run("cmake", "--build", out / "build")
    done = run(SCRIPT, out, build, expect=4)
    assert "FAILED" in done.stdout and "fail the tests of their rows" in done.stderr, done.stdout


def test_wrong_use(tmp_path):
    run(CROPPER, "crop", "--empty", "--profile", "linux-x64", "-o", tmp_path / "empty")
    assert "no test asks" in run(SCRIPT, tmp_path / "empty", build_for("linux-x64"), expect=4).stderr
    assert "holds no crop" in run(SCRIPT, tmp_path, expect=3).stderr
    run(SCRIPT, expect=2)
