# SPDX-License-Identifier: Apache-2.0
"""Flags of an app and the runtime in it: what cannot reach the runtime's objects, and what is refused where the app configures."""
import filecmp
import re

import pytest
from crops import ROOT, crop_files, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
AVX2 = "linux-x64-avx2"

# Every way of a project to set flags for all that is built in it, with flags that change objects or stop the build.
HOSTILE = """
cmake_minimum_required(VERSION 3.25)
set(CMAKE_CXX_FLAGS "-O3 -g -flto -frtti -fexceptions -fsanitize=address -march=x86-64-v3 -D_GLIBCXX_DEBUG -fvisibility=default --sysroot=/")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g3")
project(app C CXX)
add_compile_options(-fno-inline -fstack-protector-all -fno-builtin)
add_compile_definitions(NDEBUG=7 float=double)
add_definitions(-Dint=long)
include_directories(decoy)
link_libraries(no_such_library)
add_link_options(-Wl,--build-id -Wl,-no-such-option)
foreach(on INTERPROCEDURAL_OPTIMIZATION UNITY_BUILD LINK_LIBRARIES_ONLY_TARGETS COMPILE_WARNING_AS_ERROR INCLUDE_CURRENT_DIR CXX_EXTENSIONS)
  set(CMAKE_${on} ON)
endforeach()
set(CMAKE_SHARED_LINKER_FLAGS -no-such-option)
set(CMAKE_STATIC_LINKER_FLAGS -no-such-option)
set(CMAKE_CXX_VISIBILITY_PRESET default)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_DEBUG_POSTFIX _d)
set(CMAKE_CXX_CLANG_TIDY /bin/false)
set(ADZE_TARGET face)
add_subdirectory(${CROP} crop)
"""


@pytest.fixture(scope="module")
def crop_folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("contract") / "crop"
    crop_files([CNN], AVX2, out)
    return out


def test_no_flag_of_the_app_reaches_the_objects(crop_folder, tmp_path):
    (tmp_path / "CMakeLists.txt").write_text(HOSTILE)
    (tmp_path / "decoy/runtime/session").mkdir(parents=True)
    (tmp_path / "decoy/runtime/session/manifest.h").write_text("#error a header of the app\n")
    run("cmake", "-G", "Ninja", "-S", tmp_path, "-B", tmp_path / "b", "-DCMAKE_BUILD_TYPE=Debug", f"-DCROP={crop_folder}")
    run("cmake", "--build", tmp_path / "b", "--target", "face", "face_static")
    own = crop_folder / "build/CMakeFiles/adze_objects.dir"
    objects = [o.relative_to(own) for o in own.rglob("*.o")]
    assert len(objects) > 20
    for o in objects:
        assert filecmp.cmp(own / o, tmp_path / "b/crop/CMakeFiles/face_objects.dir" / o, shallow=False), o
    # The library differs in its name alone.
    ours, theirs = (run("readelf", "-SW", p).stdout for p in (crop_folder / "build/libadze.so", tmp_path / "b/crop/libface.so"))
    assert ours == theirs
    commands = run("ninja", "-C", tmp_path / "b", "-t", "commands", "face").stdout
    assert '"--sysroot=/"' in commands  # which machine to build for is the app's to say


def test_two_crops_in_one_project(crop_folder, tmp_path):
    """Target names are the project's; the static library's API does not leave the shared library that links it."""
    (tmp_path / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.25)\nproject(app C CXX)\nset(ADZE_TARGET a)\nadd_subdirectory(${CROP} a)\nset(ADZE_TARGET b)\n"
        "add_subdirectory(${CROP} b)\nadd_library(plugin SHARED plugin.c)\ntarget_link_libraries(plugin PRIVATE a_static)\n")
    (tmp_path / "plugin.c").write_text('#include <adze/adze.h>\nconst char* version(void) { return adze_version(); }\n')
    run("cmake", "-G", "Ninja", "-S", tmp_path, "-B", tmp_path / "b", f"-DCROP={crop_folder}")
    run("cmake", "--build", tmp_path / "b", "--target", "plugin")
    exported = re.findall(r" T (\S+)", run("nm", "-D", "--defined-only", tmp_path / "b/libplugin.so").stdout)
    assert exported == ["version"]
