# SPDX-License-Identifier: Apache-2.0
"""What HACKING.md promises of a new profile: one JSON file, named by its path, crops, verifies and runs; nothing else is touched."""
import json
import shutil

import numpy as np
import pytest
from crops import CROPPER, ROOT, crop_files, run, run_model

MODELS = [ROOT / "models/zoo/digits/digits_cnn.tflite", ROOT / "models/zoo/digits/digits_net.onnx"]


@pytest.fixture(scope="module")
def scalar(tmp_path_factory):
    """A crop of both digits models for a profile that no checkout has."""
    folder = tmp_path_factory.mktemp("new_profile")
    profile = json.loads((ROOT / "profiles/linux-x64-avx2.json").read_text())
    profile.update(name="linux-x64-scalar", levels=["scalar"])
    (folder / "linux-x64-scalar.json").write_text(json.dumps(profile))
    crop_files(MODELS, folder / "linux-x64-scalar.json", folder / "crop")
    return folder / "crop"


@pytest.fixture(scope="module")
def picture():
    return np.random.default_rng(7).random((1, 8, 8, 1), dtype=np.float32)


def test_keeps_only_its_level(scalar):
    kernels = [p.stem for p in (scalar / "src/kernels").rglob("*__*.cc")]
    assert any("__scalar" in name for name in kernels)
    assert not [name for name in kernels if name.split("__")[1].split("_")[0] not in ("any", "scalar")]


def test_verifies(scalar):
    run(CROPPER, "verify", scalar)


def test_gives_the_results_of_another_level(scalar, picture, tmp_path):
    crop_files(MODELS, "linux-x64", tmp_path / "crop")
    got, want = [run_model(out, out / "models/digits_cnn.adze", [picture], "linux-x64", tmp_path) for out in (scalar, tmp_path / "crop")]
    assert len(got) == len(want) == 1
    np.testing.assert_allclose(got[0], want[0], atol=1e-5)
    assert abs(got[0].sum() - 1) < 1e-5


def test_runs_on_a_cpu_without_avx(scalar, picture, tmp_path):
    if shutil.which("qemu-x86_64") is None:
        pytest.fail("qemu-user is missing")
    np.save(tmp_path / "in.npy", picture)
    argv = [scalar / "build/adze-run", scalar / "models/digits_cnn.adze", "--input", tmp_path / "in.npy", "--output-dir", tmp_path / "out"]
    run("qemu-x86_64", "-cpu", "Nehalem", *argv)
    assert len(list((tmp_path / "out").glob("*.npy"))) == 1
