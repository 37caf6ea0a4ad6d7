# SPDX-License-Identifier: Apache-2.0
"""cropper crop --matrix: one graph, each crop as it would be alone, and no failure hides another. And what a further crop takes."""
import filecmp
import json
import os
import shutil
import time

import pytest
from crops import CROPPER, ROOT, run

ZOO = ROOT / "models/zoo/digits"
AVX2 = "linux-x64-avx2"
CNN, NET = ZOO / "digits_cnn.tflite", ZOO / "digits_net.onnx"
ALONE = {"cnn": [CNN, "--prefix", "pic"], "net": [NET]}


def write_matrix(folder, sets, profiles=(AVX2, "linux-arm64")):
    (folder / "m.json").write_text(json.dumps({"sets": sets, "profiles": profiles}))
    return folder / "m.json"


def crop_matrix(matrix, out, *more, expect=0, **env):
    done = run(CROPPER, "crop", "--matrix", matrix, "-o", out, "--format", "json", *more, expect=expect, env={**os.environ, **env})
    return json.loads(done.stdout), done.stderr


def files_of(folder):
    """All that a crop made alone and one of a matrix have in common; what CMake itself keeps in a build folder is none of it."""
    built = ["adze-run", *[p.name for p in (folder / "build").glob("lib*")]]
    objects = [p.relative_to(folder) for p in (folder / "build/CMakeFiles").rglob("src/**/*.o") if "adze_objects.dir" in p.parts]
    return [p.relative_to(folder) for p in folder.rglob("*") if p.is_file() and "build" not in p.relative_to(folder).parts] + \
        [f"build/{name}" for name in built] + objects


@pytest.fixture(scope="module")
def matrix(tmp_path_factory):
    """A matrix with sets that cannot be planned, its folder and what was said of it."""
    folder = tmp_path_factory.mktemp("matrix")
    (folder / "broken.onnx").write_bytes(b"\x08\x01no model")
    sets = {"cnn": {"models": [str(CNN)], "prefix": "pic"}, "gone": {"models": ["nowhere.onnx"]}, "broken": {"models": ["broken.onnx"]},
            "net": {"models": [str(NET)]}}
    report, errors = crop_matrix(write_matrix(folder, sets), folder / "out", expect=3)
    return folder, report, errors


def test_all_problems_at_once(matrix):
    _, report, errors = matrix
    assert report["failed"] == 4 and len(report["crops"]) == 8 and report["seconds"] > 0
    assert {c["set"] for c in report["crops"] if "error" in c} == {"gone", "broken"}
    assert errors.count("nowhere.onnx") == 1 and f"gone/{AVX2}, gone/linux-arm64: " in errors and f"broken/{AVX2}" in errors
    assert all(c["alloc_bytes"] > 10000 and c["seconds"] > 0 for c in report["crops"] if "error" not in c)


def test_units_are_shared(matrix):
    folder, report, _ = matrix
    assert report["units"] == report["units_compiled"] < 0.6 * report["unit_uses"]
    objects = [p for p in (folder / "out/.matrix/build").rglob("*.o") if p.name != "table.cc.o" and "runtime/tools" not in str(p)]
    assert len(objects) == report["units"]


def test_each_crop_as_alone(matrix, tmp_path):
    for name, profile in (("cnn", AVX2), ("net", "linux-arm64"), ("cnn", "linux-arm64")):
        alone = tmp_path / name / profile
        run(CROPPER, "crop", "--models", *ALONE[name], "--profile", profile, "-o", alone)
        files = files_of(alone)
        assert len(files) > 100
        for f in files:
            assert filecmp.cmp(alone / f, matrix[0] / "out" / name / profile / f, shallow=False), f


def test_again_and_elsewhere(matrix, tmp_path):
    folder, _, _ = matrix
    out = folder / "out"
    library = out / "net" / AVX2 / "build/libadze.so"
    before = library.stat().st_mtime_ns
    report, _ = crop_matrix(folder / "m.json", out, expect=3)
    assert report["units_compiled"] == 0 and library.stat().st_mtime_ns == before
    assert "no work to do" in run("ninja", "-C", out / ".matrix/build").stdout
    # In another folder, whose path CMake would split: the same bytes.
    other = tmp_path / "odd;path"
    crop_matrix(folder / "m.json", other, expect=3)
    for crop in (f"net/{AVX2}", "cnn/linux-arm64"):
        for f in files_of(out / crop):
            assert filecmp.cmp(out / crop / f, other / crop / f, shallow=False), f


def test_a_unit_that_does_not_compile(tmp_path):
    """The pairs that need it fail, with its name and the compiler's words; the others are whole, and a mended source is enough."""
    sdk = tmp_path / "sdk"
    sdk.mkdir()
    for entry in ROOT.iterdir():
        if entry.name not in ("kernels", "build") and not entry.name.startswith("."):
            (sdk / entry.name).symlink_to(entry)
    shutil.copytree(ROOT / "kernels", sdk / "kernels")
    unit = sdk / "kernels/cpu/maxpool/maxpool_f32__avx2.cc"
    good = unit.read_text()
    unit.write_text(good + "\n#error planted\n")
    matrix = write_matrix(tmp_path, {n: {"models": [str(m[0])]} for n, m in ALONE.items()})
    report, errors = crop_matrix(matrix, tmp_path / "out", "--sdk", sdk, expect=1)
    assert [f"{c['set']}/{c['profile']}" for c in report["crops"] if "error" in c] == [f"net/{AVX2}"]
    assert f"cropper: net/{AVX2}: building failed: src/kernels/cpu/maxpool/maxpool_f32__avx2.cc: " in errors and "#error planted" in errors
    assert not (tmp_path / "out/net" / AVX2 / "build/libadze.so").exists()
    unit.write_text(good)
    report, _ = crop_matrix(matrix, tmp_path / "out", "--sdk", sdk)
    assert report["units_compiled"] == 1 and report["failed"] == 0


def test_a_toolchain_that_is_not_there(tmp_path):
    """The crops of one toolchain fail with CMake's words, those of the other are built."""
    profile = json.loads((ROOT / "profiles" / f"{AVX2}.json").read_text())
    profile.update(name="odd", compiler={"c": "/nowhere/cc", "cxx": "/nowhere/c++"})
    (tmp_path / "odd.json").write_text(json.dumps(profile))
    report, errors = crop_matrix(write_matrix(tmp_path, {"net": {"models": [str(NET)]}}, [AVX2, "odd.json"]), tmp_path / "out", expect=1)
    assert report["failed"] == 1 and "/nowhere/c" in report["crops"][1]["error"] and "net/odd: " in errors
    assert report["crops"][0]["file_bytes"] > 10000


def test_launcher(tmp_path):
    """A launcher of the user sees every unit of the matrix once, and the crops' tables."""
    script = tmp_path / "count"
    script.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/calls\nexec ccache "$@" 2>/dev/null || exec "$@"\n')
    script.chmod(0o755)
    matrix = write_matrix(tmp_path, {n: {"models": [str(m[0])]} for n, m in ALONE.items()}, [AVX2])
    report, _ = crop_matrix(matrix, tmp_path / "out", CMAKE_CXX_COMPILER_LAUNCHER=str(script))
    compiled = [line for line in (tmp_path / "calls").read_text().splitlines() if " -c " in line and "/src/" in line]
    harness = [line for line in compiled if "/src/runtime/tools/" in line]
    tables = [line for line in compiled if line.endswith("generated/table.cc")]
    assert len(tables) == 2 and len(compiled) - len(harness) - len(tables) == report["units"]


def test_missing_programs(tmp_path):
    """Told before anything is planned, by name, as what the user can mend."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/cmake").symlink_to(shutil.which("cmake"))
    env = {**os.environ, "PATH": str(tmp_path / "bin")}
    matrix = write_matrix(tmp_path, {"net": {"models": [str(NET)]}})
    for what in (["--models", NET, "--profile", AVX2], ["--matrix", matrix]):
        done = run(CROPPER, "crop", *what, "-o", tmp_path / "out", expect=3, env=env)
        assert "needs ninja, not found in PATH" in done.stderr and "ninja-build" in done.stderr
        assert not (tmp_path / "out").exists()


def test_wrong_use(tmp_path):
    (tmp_path / "m.json").write_text('{"sets": {"a": {"models": []}}, "profiles": []}')
    done = run(CROPPER, "crop", "--matrix", tmp_path / "m.json", "-o", tmp_path / "out", expect=3)
    assert 'set "a"' in done.stderr and '"profiles"' in done.stderr
    run(CROPPER, "crop", "--matrix", tmp_path / "m.json", "--profile", AVX2, "-o", tmp_path / "out", expect=2)
    run(CROPPER, "crop", "--models", NET, "-o", tmp_path / "out", expect=2)


def test_a_further_crop_is_quick(tmp_path):
    """Another model, units compiled before: in the same folder, and in another one where ccache is. Measured 0.6 s; the bound is for busy machines."""
    crop = [CROPPER, "crop", "--profile", AVX2, "--models"]
    run(*crop, CNN, NET, "-o", tmp_path / "first")
    for out in ["first"] + (["other"] if shutil.which("ccache") else []):
        start = time.monotonic()
        run(*crop, NET, "-o", tmp_path / out)
        assert time.monotonic() - start < 6
