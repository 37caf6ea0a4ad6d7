# SPDX-License-Identifier: Apache-2.0
"""`cmake --install` gives an SDK that needs nothing of the checkout, wherever it is moved."""
import filecmp
import pathlib
import shutil
import subprocess

import pytest
from crops import CROPPER, ROOT, crop_files, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
BUILD = pathlib.Path(CROPPER).resolve().parents[1]


@pytest.fixture(scope="module")
def sdk(tmp_path_factory):
    """An installed SDK, moved, whose cropper cannot find the checkout: each of its paths that the program holds was overwritten."""
    where = tmp_path_factory.mktemp("sdk")
    run("cmake", "--install", BUILD, "--prefix", where / "first")
    (where / "first").rename(where / "moved")
    program = where / "moved/bin/cropper"
    text = program.read_bytes()
    for path in (ROOT, BUILD):
        text = text.replace(str(path).encode(), b"/" + b"-" * (len(str(path)) - 1))
    assert str(ROOT).encode() not in text
    program.write_bytes(text)
    return where / "moved"


def test_gives_the_checkouts_crop(sdk, tmp_path):
    for profile in ("linux-x64", "linux-arm64"):
        ours, theirs = tmp_path / profile / "checkout", tmp_path / profile / "sdk"
        crop_files([CNN, NET], profile, ours)
        run(sdk / "bin/cropper", "crop", "--models", CNN, NET, "--profile", profile, "-o", theirs, cwd=tmp_path)
        files = [p.relative_to(ours) for p in ours.rglob("*") if p.is_file() and p.relative_to(ours).parts[0] != "build"]
        assert len(files) > 50
        assert sorted(files) == sorted(p.relative_to(theirs) for p in theirs.rglob("*") if p.is_file() and p.relative_to(theirs).parts[0] != "build")
        for f in [*files, "build/libadze.so"]:
            assert filecmp.cmp(ours / f, theirs / f, shallow=False), f
    run(sdk / "bin/cropper", "verify", tmp_path / "linux-x64/sdk")
    run(sdk / "bin/adze-run", tmp_path / "linux-x64/sdk/models/digits_cnn.adze")
    run(sdk / "bin/cropper", "crop", "--full", "--profile", "linux-arm64", "-o", tmp_path / "full")


@pytest.mark.parametrize("part", ["cmake/unit_flags.json", "profiles/linux-x64-avx2.json", "cropper/index/data/x86_64.json", "LICENSE",
                                  "kernels/cpu/conv2d/conv2d_f32__any_indirect.cc", "runtime/session/manifest.h", "runtime/tools/npy.h",
                                  "models/format/reader.cc", "generated/models/schema/adze_generated.h",
                                  "third_party/flatbuffers/include/flatbuffers/base.h"])
def test_looks_nowhere_else(sdk, tmp_path, part):
    """Without one of its files the SDK is broken: it does not borrow that of a checkout."""
    copy = tmp_path / "sdk"
    shutil.copytree(sdk, copy, symlinks=True)
    shutil.copy2(CROPPER, copy / "bin/cropper")  # the one that knows where the checkout is
    crop = [copy / "bin/cropper", "crop", "--models", CNN, "--profile", "linux-x64-avx2", "-o", tmp_path / "out"]
    (copy / "share/adze" / part).rename(tmp_path / "hidden")
    done = subprocess.run([str(a) for a in crop], capture_output=True, text=True)
    assert done.returncode in (1, 3) and pathlib.Path(part).stem in done.stderr, done.stderr


def test_config_names_the_cropper(sdk, tmp_path):
    (tmp_path / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.16)\nproject(app NONE)\nfind_package(Adze 0.1 REQUIRED)\n"
                                             'message(STATUS "cropper=${ADZE_CROPPER}")\n')
    done = run("cmake", "-S", tmp_path, "-B", tmp_path / "b", f"-DCMAKE_PREFIX_PATH={sdk}")
    assert f"cropper={sdk}/bin/cropper" in done.stdout
    done = run("cmake", "-S", tmp_path, "-B", tmp_path / "b2", f"-DCMAKE_PREFIX_PATH={sdk}", "-DADZE_CROPPER=/my/own")
    assert "cropper=/my/own" in done.stdout
    (tmp_path / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.16)\nproject(app NONE)\nfind_package(Adze 9.0 REQUIRED)\n")
    assert "0.1.0" in run("cmake", "-S", tmp_path, "-B", tmp_path / "b3", f"-DCMAKE_PREFIX_PATH={sdk}", expect=1).stderr
