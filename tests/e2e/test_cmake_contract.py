# SPDX-License-Identifier: Apache-2.0
"""Flags of an app and the runtime in it: what cannot reach the runtime's objects, and what is refused where the app configures."""
import filecmp
import re

import pytest
from cmake_apps import ADD, CNN, HEAD, NET, App
from crops import crop_files, run

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


RUNTIME = HEAD + "{before}" + ADD + f"adze_add_runtime(rt MODELS {CNN} PROFILE linux-x64-avx2 {{words}})\n{{after}}"


def refusal(tmp_path, *arguments, before="", words="", after="", **files):
    """What CMake says where it refuses to configure."""
    app = App(tmp_path).write(cmake=RUNTIME.format(before=before, words=words, after=after), **files)
    return " ".join(app.configure(*arguments, expect=1).stderr.split())


def test_flags_of_the_project_that_break_the_runtime(tmp_path):
    """All at once: structs of another layout, start-up code that flushes denormals, a language too old, another machine."""
    text = refusal(tmp_path, "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_C_FLAGS=-O2 -fshort-enums", "-DCMAKE_CXX_FLAGS=-ffast-math -std=gnu++98",
                   "-DCMAKE_CXX_FLAGS_RELEASE=-Ofast", "-DCMAKE_SYSTEM_PROCESSOR=riscv64", before="set(CMAKE_SYSTEM_PROCESSOR riscv64)\n")
    for words in ("CMAKE_C_FLAGS: -fshort-enums changes the layout", "CMAKE_CXX_FLAGS: -ffast-math reaches the linker", "-std=gnu++98 is too old",
                  "CMAKE_CXX_FLAGS_RELEASE: -Ofast reaches the linker", "target_compile_options(<your target> PRIVATE -Ofast)",
                  "PROFILE linux-x64-avx2 is for x86_64, but this build compiles for riscv64"):
        assert words in text, text


def test_flags_of_targets_that_break_the_runtime(tmp_path):
    """Found in the targets that link a runtime, directly or through another library; flags of other targets are theirs."""
    text = refusal(tmp_path, words="SHARED", main__c="int main(void) { return 0; }\n", after="""
add_library(middle STATIC main.c)
target_link_libraries(middle PRIVATE rt)
add_executable(app main.c)
target_link_libraries(app PRIVATE middle)
target_link_options(app PRIVATE -Ofast)
add_executable(packed main.c)
target_compile_options(packed PRIVATE -fpack-struct)
target_link_options(packed PRIVATE -static)
target_link_libraries(packed PRIVATE rt)
set_target_properties(packed PROPERTIES CXX_STANDARD 98)
add_executable(stranger main.c)
target_compile_options(stranger PRIVATE -fpack-struct -ffast-math)
target_link_options(stranger PRIVATE -ffast-math)
""")
    for words in ("target app: -Ofast reaches the linker", "target packed: -fpack-struct changes the layout", "CXX_STANDARD is 98",
                  "linked with -static, and rt is SHARED"):
        assert words in text, text
    assert "stranger" not in text and "target middle" not in text


def test_wrong_arguments_are_named_together(tmp_path):
    text = refusal(tmp_path, before="add_custom_target(rt2)\n", words="SHARED STATIC THREADS none BUDGET 64kilo PREFIX 9x NONSENSE",
                   after="adze_add_runtime(rt2)\n")
    for words in ("unknown arguments: NONSENSE", "SHARED and STATIC exclude each other", "THREADS must be a number from 1, not 'none'",
                  "BUDGET must be a number of bytes such as 65536 or 64KiB, not '64kilo'", "PREFIX must be a C identifier, not '9x'"):
        assert words in text, text
    text = refusal(tmp_path, before="add_custom_target(rt2)\n", words="", after="adze_add_runtime(rt2)\n")
    for words in ("a target rt2 is there already", "no models: give MODELS", "no PROFILE"):
        assert words in text, text
    text = refusal(tmp_path, after=f"adze_add_runtime(rt2 MODELS gone.onnx {NET} LIST gone.txt PROFILE linux-x64)\n")
    assert "no model" in text and "gone.onnx; if this build makes it" in text and "no list" in text, text
    assert "no profile 'linux-x46': neither a file nor one of" in refusal(tmp_path, after=f"adze_add_runtime(r MODELS {NET} PROFILE linux-x46)\n")
    text = refusal(tmp_path, "-DADZE_CROPPER=/nowhere/cropper")
    assert "ADZE_CROPPER is /nowhere/cropper, which does not exist" in text


CONSUMER = """
#include <adze/adze.hpp>
int main() {
  adze::Session session;
  adze::ErrorText error;
  return session.Create(nullptr, 0, nullptr, &error) == ADZE_INVALID_ARGUMENT && error.text()[0] != 0 ? 0 : 1;
}
"""


def test_what_the_app_may_choose(tmp_path):
    """RTTI, exceptions, visibility, sanitizers, LTO and the language standard from C++11 on are the app's own."""
    flags = {"plain": "-frtti -fexceptions", "bare": "-fno-rtti -fno-exceptions -fvisibility=hidden", "old": "-std=c++11 -Wall -Wextra -Werror -pedantic",
             "new": "-std=c++20 -D_GLIBCXX_ASSERTIONS -ffast-math", "lto": "-flto -O2", "checked": "-fsanitize=undefined,address"}
    after = ""
    for name, words in flags.items():
        after += f"add_executable({name} main.cc)\ntarget_link_libraries({name} PRIVATE rt)\ntarget_compile_options({name} PRIVATE {words})\n"
    after += "target_link_options(lto PRIVATE -flto)\ntarget_link_options(checked PRIVATE -fsanitize=undefined,address)\n"
    after += "add_library(plugin SHARED plugin.c)\ntarget_link_libraries(plugin PRIVATE rt)\n"
    app = App(tmp_path).write(cmake=RUNTIME.format(before="", words="", after=after), main__cc=CONSUMER,
                              plugin__c="#include <adze/adze.h>\nconst char* version(void) { return adze_version(); }\n")
    app.configure()
    app.build()
    for name in flags:
        run(app.program(name))
    # The static runtime's API does not leave the shared library that links it: another crop of the process could take its place.
    assert re.findall(r" T (\S+)", run("nm", "-D", "--defined-only", app.build_dir / "libplugin.so").stdout) == ["version"]
