# SPDX-License-Identifier: Apache-2.0
"""A crop installs itself as a package: library, headers, models, licences and SBOM, found by an outside project, native and cross."""
import filecmp
import re
import shutil

import pytest
from crops import CROPPER, ROOT, emulator, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"

# The example's program, without a word of C++ and without the crop's folder.
APP = """
cmake_minimum_required(VERSION 3.16)
project(app LANGUAGES C)
find_package(adze_runtime 0.1 REQUIRED)
add_executable(shared digits.c)
target_link_libraries(shared PRIVATE adze_runtime::adze)
if(TARGET adze_runtime::adze_static)
  add_executable(static digits.c)
  target_link_libraries(static PRIVATE adze_runtime::adze_static)
endif()
message(STATUS "models=${adze_runtime_MODELS_DIR}")
"""


@pytest.mark.parametrize("profile", ["linux-x64-avx2", "linux-arm64"])
def test_an_outside_project_finds_it(profile, tmp_path):
    crop, moved, app = tmp_path / "crop", tmp_path / "moved", tmp_path / "app"
    run(CROPPER, "crop", "--models", CNN, "--profile", profile, "-o", crop)
    run("cmake", "--build", crop / "build", "--target", "adze_static")
    run("cmake", "--install", crop / "build", "--prefix", tmp_path / "first")
    (tmp_path / "first").rename(moved)
    toolchain = [f"-DCMAKE_TOOLCHAIN_FILE={tmp_path}/toolchain.cmake"] if (crop / "toolchain.cmake").exists() else []
    if toolchain:
        shutil.copy(crop / "toolchain.cmake", tmp_path)
    files = {str(p.relative_to(moved)) for p in moved.rglob("*") if p.is_file()}
    share = "share/adze_runtime/"
    assert files == {"lib/libadze.so", "lib/libadze_static.a", "include/adze/adze.h", "include/adze/adze.hpp", share + "models/digits_cnn.adze",
                     share + "LICENSE", share + "NOTICE", share + "sbom.spdx.json", share + "third_party/flatbuffers/LICENSE",
                     "lib/cmake/adze_runtime/adze_runtimeConfig.cmake", "lib/cmake/adze_runtime/adze_runtimeConfigVersion.cmake"}
    assert filecmp.cmp(crop / "build/libadze.so", moved / "lib/libadze.so", shallow=False)
    shutil.rmtree(crop)
    app.mkdir()
    (app / "CMakeLists.txt").write_text(APP)
    shutil.copy(ROOT / "examples/digits/digits.c", app)
    done = run("cmake", "-G", "Ninja", "-S", app, "-B", app / "b", f"-Dadze_runtime_DIR={moved}/lib/cmake/adze_runtime", *toolchain)
    assert f"models={moved}/share/adze_runtime/models" in done.stdout
    run("cmake", "--build", app / "b")
    for program in ("shared", "static"):
        said = run(*emulator(profile), app / "b" / program, moved / share / "models/digits_cnn.adze", ROOT / "examples/digits/three.pgm").stdout
        assert "This is a 3" in said
    needed = {p: re.findall(r"NEEDED.*\[(.+?)\]", run("readelf", "-dW", app / "b" / p).stdout) for p in ("shared", "static")}
    assert "libadze.so" in needed["shared"] and "libadze.so" not in needed["static"]
    assert not any("stdc++" in n for n in needed["shared"] + needed["static"])


def test_without_the_static_library_and_with_another_version(tmp_path):
    crop = tmp_path / "crop"
    run(CROPPER, "crop", "--models", CNN, "--profile", "linux-x64-avx2", "-o", crop)
    run("cmake", "--install", crop / "build", "--prefix", tmp_path / "installed")
    assert not list((tmp_path / "installed").rglob("*.a"))
    shutil.copy(ROOT / "examples/digits/digits.c", tmp_path)
    (tmp_path / "CMakeLists.txt").write_text(APP)
    run("cmake", "-G", "Ninja", "-S", tmp_path, "-B", tmp_path / "b", f"-DCMAKE_PREFIX_PATH={tmp_path / 'installed'}")
    targets = run("ninja", "-C", tmp_path / "b", "-t", "targets", "all").stdout
    assert "\nshared:" in targets and "\nstatic:" not in targets
    (tmp_path / "CMakeLists.txt").write_text(APP.replace("adze_runtime 0.1", "adze_runtime 0.9"))
    done = run("cmake", "-S", tmp_path, "-B", tmp_path / "b2", f"-DCMAKE_PREFIX_PATH={tmp_path / 'installed'}", expect=1)
    assert "0.1.0" in done.stderr


def test_a_crop_inside_an_app_installs_on_demand(tmp_path):
    crop = tmp_path / "crop"
    run(CROPPER, "crop", "--no-build", "--models", CNN, "--profile", "linux-x64-avx2", "-o", crop)
    for on in ("OFF", "ON"):
        (tmp_path / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.16)\nproject(app C CXX)\n"
                                                 f"set(ADZE_INSTALL {on})\nadd_subdirectory(crop)\n")
        run("cmake", "-S", tmp_path, "-B", tmp_path / on)
        assert ("sbom.spdx.json" in (tmp_path / on / "crop/cmake_install.cmake").read_text()) == (on == "ON")
