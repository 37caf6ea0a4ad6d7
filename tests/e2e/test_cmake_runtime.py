# SPDX-License-Identifier: Apache-2.0
"""adze_add_runtime() in projects outside: what is made, when it is made again, and when nothing is done."""
import json
import re
import shutil

import pytest
from cmake_apps import ADD, ARM_TOOLCHAIN, BUILD, CNN, HEAD, IN_PLACE, NET, QEMU, App, later
from crops import ROOT, WORK, emulator, run

AVX2 = "linux-x64-avx2"
EMBEDDING = HEAD + ADD + "adze_add_runtime(rt LIST models.txt PROFILE p.json EMBED_MODELS)\nadd_executable(app main.c)\ntarget_link_libraries(app PRIVATE rt)\n"


def embedding(folder, generator="Ninja", profile="linux-x64-avx2"):
    """An app with two listed models of its own and a profile file of its own."""
    app = App(folder, generator).write(cmake=EMBEDDING, main__c=IN_PLACE, models__txt="a.tflite\nb.onnx\n")
    shutil.copyfile(CNN, app.src / "a.tflite")
    shutil.copyfile(NET, app.src / "b.onnx")
    shutil.copyfile(ROOT / f"profiles/{profile}.json", app.src / "p.json")
    return app


def in_place(text):
    """Names and sizes of the opened models; each was opened where it lay: aligned, and copied nowhere."""
    models = {}
    for line in text.splitlines():
        name, size, misaligned, taken, own, _ = line.split()
        assert misaligned == "0"
        assert int(own) <= int(taken) < int(size), line  # a copy of the weights would take more
        models[name] = int(size)
    return models


def test_planned_with_ninja(tmp_path):
    app = embedding(tmp_path)
    app.configure()
    assert len(app.compiled(app.build())) > 30
    app.idle()
    models = in_place(app.run())
    assert list(models) == ["a.adze", "b.adze"]
    program = app.program().read_bytes()
    for name in models:
        data = (app.build_dir / f"rt_adze/crop/models/{name}").read_bytes()
        assert len(data) == models[name] and program.count(data) == 1
    assert "libstdc++" not in run("readelf", "-d", app.program()).stdout

    # Newer, but the same: planned again, nothing compiled.
    later(app.src / "a.tflite")
    text = app.build()
    assert "Re-running CMake" in text and app.compiled(text) == [], text
    app.idle()
    # Another model: its embedding, the header's users and what it newly needs.
    later(app.src / "b.onnx", CNN)
    compiled = app.compiled(app.build())
    assert {"b.S", "models.c"} <= set(compiled) and "a.S" not in compiled and len(compiled) < 8, compiled
    assert in_place(app.run()) == {"a.adze": models["a.adze"], "b.adze": models["a.adze"]}
    app.idle()
    # A shorter list.
    later(app.src / "models.txt")
    (app.src / "models.txt").write_text("a.tflite\n")
    compiled = app.compiled(app.build())
    assert "main.c" in compiled and "a.S" not in compiled and len(compiled) < 8, compiled
    assert list(in_place(app.run())) == ["a.adze"]
    # Another profile: units of another level.
    profile = json.loads((app.src / "p.json").read_text())
    profile["levels"] = ["scalar"]
    (app.src / "p.json").write_text(json.dumps(profile))
    assert any("__scalar" in source for source in app.compiled(app.build()))
    assert app.run().split()[-1] == "scalar"
    app.idle()
    # A broken model stops the build; mended, it goes on.
    later(app.src / "a.tflite", app.src / "p.json")
    assert "the cropper refuses (exit 3)" in app.build(expect=1)
    later(app.src / "a.tflite", NET.parent / "digits_cnn.tflite")
    app.build()
    app.idle()


@pytest.mark.parametrize("generator", ["Unix Makefiles", "Ninja Multi-Config"])
def test_planned_with_other_generators(generator, tmp_path):
    app = embedding(tmp_path, generator)
    (app.src / "models.txt").write_text("a.tflite\n")
    app.configure()
    app.build()
    app.idle()
    assert list(in_place(app.run())) == ["a.adze"]
    later(app.src / "a.tflite")
    assert app.compiled(app.build()) == []
    app.idle()
    later(app.src / "a.tflite", NET)
    assert {"a.S", "models.c"} <= set(app.compiled(app.build()))
    app.run()
    app.idle()


def test_cross_with_a_cropper_of_this_machine(tmp_path):
    """No ADZE_CROPPER: the nested native build makes it, here in a tree where it lies built."""
    app = embedding(tmp_path, profile="linux-arm64")
    (app.src / "models.txt").write_text("a.tflite\n")
    toolchain = app.src / "toolchain.cmake"
    shutil.copyfile(ARM_TOOLCHAIN, toolchain)
    app.configure(f"-DCMAKE_TOOLCHAIN_FILE={toolchain}", f"-DADZE_CROPPER_BUILD_DIR={BUILD}", cropper=False)
    app.build()
    app.idle()
    assert list(in_place(app.run(emulator=QEMU))) == ["a.adze"]
    assert "AArch64" in run("readelf", "-h", app.program()).stdout
    later(app.src / "a.tflite", NET)
    assert "a.S" in app.compiled(app.build())
    in_place(app.run(emulator=QEMU))
    # The toolchain says how everything compiles: planned again, and flags for the machine reach the runtime's objects.
    toolchain.write_text(toolchain.read_text() + 'set(CMAKE_CXX_FLAGS "-isystem /nowhere -O3")\n')
    assert len(app.compiled(app.build())) > 20
    app.idle()


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """This checkout as it is now, as a git repository."""
    copy = tmp_path_factory.mktemp("fetched") / "adze"
    for path in run("git", "-C", ROOT, "ls-files", "-co", "--exclude-standard").stdout.splitlines():
        if (ROOT / path).is_file() and not path.startswith(("benchmarks/", "tests/")):
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, copy / path)
    git = ["git", "-C", copy, "-c", "user.name=t", "-c", "user.email=t@localhost"]
    run("git", "init", "-q", copy)
    run(*git, "add", "-A")
    run(*git, "commit", "-qm", "as it is")
    return copy


@pytest.mark.parametrize("generator,profile", [("Ninja", "linux-x64-avx2"), ("Unix Makefiles", "linux-arm64"), ("Ninja Multi-Config", "linux-x64-avx2")])
def test_a_model_that_the_build_makes(generator, profile, repository, tmp_path):
    """The example of FetchContent: a nested build, natively and across, with all generators."""
    app = App(tmp_path, generator)
    shutil.copyfile(CNN, tmp_path / "made_of")
    cross = [f"-DCMAKE_TOOLCHAIN_FILE={ARM_TOOLCHAIN}"] if profile == "linux-arm64" else []
    done = app.configure(f"-DADZE_REPOSITORY=file://{repository}", "-DADZE_TAG=master", f"-DAPP_PROFILE={profile}",
                         f"-DAPP_MODEL={tmp_path}/made_of", *cross, source=ROOT / "examples/cmake_fetch_content")
    assert "cropper" not in done.stdout
    assert "Cropping face" in app.build()
    app.idle()
    first = app.run(emulator=emulator(profile))
    later(tmp_path / "made_of", NET)
    assert "Cropping face" in app.build()
    second = app.run(emulator=emulator(profile))
    assert first != second and "bytes" in second
    app.idle()
    # What the nested build was made of is known: a source of the runtime makes it run, and here changes nothing.
    if generator == "Ninja":
        later(app.build_dir / "_deps/adze-src/runtime/session/session_run.cc")
        text = app.build()
        assert "Cropping face" in text and app.compiled(text) == [], text
        app.idle()


def test_installed_sdk_shared_and_files(tmp_path):
    """The example of find_package: a shared library, models beside the app, threads."""
    run("cmake", "--install", BUILD, "--prefix", tmp_path / "sdk")
    app = App(tmp_path)
    for model in (CNN, NET):
        shutil.copyfile(model, tmp_path / model.name)
    app.configure(f"-DCMAKE_PREFIX_PATH={tmp_path}/sdk", f"-DAPP_MODELS={tmp_path}", "-DAPP_PROFILE=linux-x64-avx2", cropper=False,
                  source=ROOT / "examples/cmake_find_package")
    app.build()
    app.idle()
    assert "digits_cnn.adze ran at level avx2" in app.run()
    crop = json.loads((app.build_dir / "digits_adze/crop/crop.json").read_text())
    assert crop["profile"]["features"]["threads"] is True
    needed = run("readelf", "-d", app.build_dir / "digits_adze/build/libdigits.so").stdout
    assert set(re.findall(r"NEEDED.*\[(.+?)\]", needed)) <= {"libc.so.6", "libm.so.6"}
    assert str(ROOT) not in run("ninja", "-C", app.build_dir, "-t", "commands", "digits_runtime").stdout
    copied = app.build_dir / "models/digits_cnn.adze"
    before = copied.read_bytes()
    later(tmp_path / "digits_cnn.tflite", NET)
    app.build()
    assert copied.read_bytes() != before
    app.run()
    app.idle()


def test_example_of_add_subdirectory(tmp_path):
    """Models in the program, a budget that holds; and models that nothing names are not linked."""
    app = App(tmp_path)
    app.configure("-DAPP_PROFILE=linux-x64-avx2", source=ROOT / "examples/cmake_subdirectory")
    app.build()
    app.idle()
    lines = app.run().splitlines()
    assert [line.split(":")[0] for line in lines] == ["digits_cnn.adze", "digits_net.adze"] and all("level avx2" in line for line in lines)
    (app.build_dir / "one.c").write_text("#include <digits_models.h>\nint main(void) { return digits_model_digits_net[0] == 0; }\n")
    archive = app.build_dir / "digits_adze/models/build/libdigits_models.a"
    run("cc", app.build_dir / "one.c", "-I", app.build_dir / "digits_adze/include", archive, "-o", app.build_dir / "one")
    linked = run("nm", app.build_dir / "one").stdout
    assert "digits_model_digits_net" in linked and "digits_model_digits_cnn" not in linked


def test_budget(tmp_path):
    app = embedding(tmp_path)
    app.write(cmake=EMBEDDING.replace("EMBED_MODELS", "EMBED_MODELS BUDGET ${BUDGET}"), models__txt="a.tflite\n")
    app.configure("-DBUDGET=16KiB")
    text = app.build(expect=1)
    assert "over its BUDGET" in text and "16384" in text, text
    size = app.build_dir / "rt_adze/build/librt.so"
    app.configure(f"-DBUDGET={size.stat().st_size}")
    app.build()
    app.idle()
    app.configure(f"-DBUDGET={size.stat().st_size - 1}")
    text = app.build(expect=1)
    # One byte over: what takes most, with the model and the node that ask for it.
    assert "1 more than" in text and f"over --budget ({size.stat().st_size - 1:,} B) by 1 B" in text, text
    assert re.search(r"conv2d_f32__any_indirect.*\n.*a\.adze, node \d+ '\w+' \(conv2d\)", text), text


def test_verify(tmp_path):
    """Part of the build where asked for; flags that no isolation can see are met there."""
    app = embedding(tmp_path)
    leak = "if(LEAK)\n  add_definitions(-fno-builtin -funroll-loops)\nendif()\n"
    app.write(cmake=EMBEDDING.replace(ADD, ADD + leak).replace("EMBED_MODELS", "EMBED_MODELS VERIFY"), models__txt="a.tflite\n")
    app.configure(f"-DADZE_FULL_DIR={WORK}/full/{AVX2}")  # which other tests use too
    app.build()
    assert json.loads((app.build_dir / "rt_adze/verify/crop.json").read_text())["golden"]
    app.idle()
    app.configure("-DLEAK=ON")
    assert "are not the verified ones" in app.build(expect=1)


def test_names_become_identifiers(tmp_path):
    """Models whose names are no identifiers, or the same one; the objects are read-only, aligned, and ask for no executable stack."""
    app = embedding(tmp_path)
    names = ["a-b.tflite", "a_b.tflite", "1 2.tflite", "count.tflite", "a_b_2.tflite", "ünïcode.tflite"]
    for n in names:
        shutil.copyfile(CNN, app.src / n)
    app.write(models__txt="".join(f'"{n}"\n' for n in names))
    app.configure()
    app.build()
    assert len(in_place(app.run())) == len(names)
    header = (app.build_dir / "rt_adze/include/rt_models.h").read_text()
    ids = re.findall(r"rt_model_(\w+)\[\]", header)
    assert len(set(ids)) == len(names) and "1_2" in ids, ids
    symbols = run("nm", app.program()).stdout
    addresses = [int(a, 16) for a, _ in re.findall(r"^(\w+) [rR] (rt_model_\w+)$", symbols, re.M)]
    assert len(addresses) == len(names) and not [a for a in addresses if a % 64]
    for o in (app.build_dir / "rt_adze/models").rglob("*.S.o"):
        sections = run("readelf", "-SW", o).stdout
        assert re.search(r"\.rodata\.rt_model_\w+ +PROGBITS +\w+ \w+ \w+ 00 +A +0 +0 64", sections), sections
        assert re.search(r"\.note\.GNU-stack +PROGBITS +\w+ \w+ \w+ 00 +0 +0", sections), sections


TWO = """
function(runtimes kind)
  adze_add_runtime(pic_${kind} ${kind} MODELS a.tflite PROFILE p.json EMBED_MODELS PREFIX pic)
  adze_add_runtime(net_${kind} ${kind} MODELS b.onnx PROFILE p.json EMBED_MODELS PREFIX net)
  add_library(use_net_${kind} STATIC use_net.c)
  target_link_libraries(use_net_${kind} PUBLIC net_${kind})
  target_compile_definitions(use_net_${kind} PRIVATE DATA=net_${kind}_model_b SIZE=net_${kind}_bytes_of_b HEADER=<net_${kind}_models.h>)
  add_executable(two_${kind} main.c)
  target_compile_definitions(two_${kind} PRIVATE DATA=pic_${kind}_model_a SIZE=pic_${kind}_bytes_of_a HEADER=<pic_${kind}_models.h>)
  target_link_libraries(two_${kind} PRIVATE pic_${kind} use_net_${kind})
endfunction()
runtimes(STATIC)
runtimes(SHARED)
"""
# The same text for both: the usual names lead to the crop that the target links.
USE = """
#include <adze/adze.h>
#include HEADER
int Open(const void* data, size_t bytes);
int OpenOwn(void);
const void* OwnData(void);
size_t OwnSize(void);
int Open(const void* data, size_t bytes) {
  adze_session* session = 0;
  const int status = adze_session_create(data, bytes, 0, &session, 0);
  adze_session_destroy(session);
  return status;
}
int OpenOwn(void) { return Open(DATA, SIZE); }
const void* OwnData(void) { return DATA; }
size_t OwnSize(void) { return SIZE; }
"""


def test_two_runtimes_in_one_process(tmp_path):
    """Each opens its own model and refuses the other's (status 4), linked statically and as shared libraries."""
    app = embedding(tmp_path)
    renamed = re.sub(r"\b(Open|OpenOwn|OwnData|OwnSize)\b", r"Net\1", USE)
    main = USE + '#include <stdio.h>\nint NetOpen(const void*, size_t);\nint NetOpenOwn(void);\nconst void* NetOwnData(void);\nsize_t NetOwnSize(void);\n' \
        'int main(void) { return printf("%d %d %d %d\\n", OpenOwn(), NetOpenOwn(), Open(NetOwnData(), NetOwnSize()), NetOpen(OwnData(), OwnSize())) < 0; }\n'
    app.write(cmake=HEAD + ADD + TWO, main__c=main, use_net__c=renamed)
    app.configure()
    app.build()
    app.idle()
    for kind in ("STATIC", "SHARED"):
        assert run(app.program(f"two_{kind}")).stdout == "0 0 4 4\n"
