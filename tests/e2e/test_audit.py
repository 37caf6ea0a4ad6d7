# SPDX-License-Identifier: Apache-2.0
"""cropper audit: a clean crop has no finding; a library with one planted defect is told by the defect's name, its bytes and its fix."""
import json
import shutil
import subprocess

import pytest
from crops import CROPPER, ROOT, crop_files, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
LINK = json.loads((ROOT / "cmake/unit_flags.json").read_text())["link"]


@pytest.fixture(scope="module")
def crops(tmp_path_factory):
    """Folders of three crops: of each model, and of both."""
    top = tmp_path_factory.mktemp("audit")
    for name, models in (("cnn", [CNN]), ("net", [NET]), ("both", [CNN, NET])):
        crop_files(models, "linux-x64-avx2", top / name)
    return top


def audit(*sources, expect):
    return json.loads(run(CROPPER, "audit", *sources, "--format", "json", expect=expect).stdout)


def findings(report):
    return [f for f in report["findings"] if not f["note"]]


def link(crops, out, *more, drop=(), driver="gcc"):
    """The objects of a crop, linked as the crop is, but for what the test changes."""
    objects = sorted((crops / "net/build/CMakeFiles/adze_objects.dir").rglob("*.o"))
    flags = [f for f in [*LINK, "-Wl,-z,max-page-size=4096", "-s"] if f not in drop]
    run(driver, "-shared", "-o", out, *objects, *flags, *more, "-lm")
    return out


def planted(tmp_path, text, *flags, suffix="c"):
    source = tmp_path / f"planted.{suffix}"
    source.write_text(text)
    run("g++" if suffix == "cc" else "gcc", "-c", "-O1", "-fPIC", "-fcf-protection=none", "-fno-asynchronous-unwind-tables", *flags,
        source, "-o", tmp_path / "planted.o")
    return tmp_path / "planted.o"


def test_clean_crops_have_no_finding(crops):
    for name in ("cnn", "net", "both"):
        report = audit(crops / name, expect=0)
        assert report["defects"] == 0 and not findings(report)
    # The pages between the segments are the profile's choice: told, with the flag, but no defect.
    notes = report["findings"]
    assert [(n["kind"], n["note"]) for n in notes] == [("page padding", True)] and "norelro" in notes[0]["fix"]
    assert "0 findings" in run(CROPPER, "audit", crops / "net").stdout


def test_a_crop_of_another_name_is_clean(crops, tmp_path):
    run(CROPPER, "crop", "--models", NET, "--profile", "linux-x64-avx2", "--prefix", "face", "-o", tmp_path / "out")
    shutil.copy(tmp_path / "out/build/libface.so", tmp_path / "libface.so")
    for source in (tmp_path / "out", tmp_path / "libface.so"):
        assert not findings(audit(source, expect=0))


def test_the_relinked_crop_is_clean(crops, tmp_path):
    assert not findings(audit(link(crops, tmp_path / "libadze.so"), expect=0))


HIDDEN = '__attribute__((visibility("hidden"))) '
CODE = "void* adze_planted(void) { return (void*)adze_planted; }"
PATCHED = '.globl adze_run\n.text\nplanted: movabs $adze_run, %rax\nret\n.section .note.GNU-stack,"",@progbits\n'
RUNS_AT_LOAD = "static volatile int n; __attribute__((constructor)) static void f(void) { n = 1; }"
# What is planted: (kind, words of the finding, words of the fix, source of an object, its flags, linker flags, flags left out)
OFFENDERS = {
    "export": ("export", "extra_symbol", "-fvisibility=hidden", "int extra_symbol(int a) { return a + 1; }", [], [], []),
    "export that looks like ours": ("export", "adze_planted", "-fvisibility=hidden", CODE, [], [], []),
    "symbol table": ("unstripped", "symbol table", "-s", None, [], [], ["-s"]),
    "debug information": ("unstripped", "debug information", "-s", HIDDEN + CODE, ["-g"], ["-Wl,-u,adze_planted"], ["-s"]),
    "C++ library": ("needed library", "libstdc++.so.6, for _Zn", "C driver", "int* adze_grow(int n) { return new int[n]; }", [], ["-lstdc++"], []),
    "other library": ("needed library", "libstdc++.so.6, of which it uses nothing", "--as-needed", None, [],
                      ["-Wl,--no-as-needed", "-lstdc++"], ["-Wl,--as-needed"]),
    "separate code": ("page padding", "executable segment", "noseparate-code", None, [],
                      ["-Wl,-z,separate-code"], ["-Wl,-z,noseparate-code"]),
    "large pages": ("page padding", "writable segment", "max-page-size=4096", None, [],
                    ["-Wl,-z,max-page-size=65536"], ["-Wl,-z,max-page-size=4096"]),
    "text relocations": ("text relocations", "patched", "-fPIC", PATCHED, [], ["-Wl,-z,notext", "-Wl,--no-gc-sections"], ["-Wl,--gc-sections"]),
    "executable stack": ("executable stack", "stack", "noexecstack", None, [], ["-Wl,-z,execstack"], []),
    "run path": ("run path", "/home/someone/lib", "RPATH", None, [], ["-Wl,-rpath,/home/someone/lib"], []),
    "constructor": ("code at load", ".init_array", "constructors", RUNS_AT_LOAD, [], [], []),
    "unwind tables": ("unneeded section", ".eh_frame", "-fno-asynchronous-unwind-tables", CODE, ["-fasynchronous-unwind-tables", "-fvisibility=hidden"],
                      ["-Wl,-u,adze_planted"], []),
    "build id": ("unneeded section", "build id", "--build-id=none", None, [], ["-Wl,--build-id"], []),
    "property": ("unneeded section", "property", "-fcf-protection=none", None, [], ["-Wl,-z,ibt"], []),
    "two hash tables": ("unneeded section", ".hash", "hash-style=gnu", None, [], ["-Wl,--hash-style=both"], ["-Wl,--hash-style=gnu"]),
}


@pytest.mark.parametrize("name", OFFENDERS)
def test_offender_is_named(name, crops, tmp_path):
    kind, what, fix, source, flags, linker, drop = OFFENDERS[name]
    suffix = "s" if name == "text relocations" else "cc" if name == "C++ library" else "c"
    objects = [planted(tmp_path, source, *flags, suffix=suffix)] if source else []
    library = link(crops, tmp_path / "libadze.so", *objects, *linker, drop=drop)
    found = findings(audit(library, expect=4))
    named = [f for f in found if f["kind"] == kind and what in f["what"] and fix in f["fix"]]
    assert named, found
    assert all(f["bytes"] > 0 for f in named) or kind == "executable stack"
    text = run(CROPPER, "audit", library, expect=4).stdout
    assert what in text and fix in text
    assert what.split(",")[0] in run(CROPPER, "audit", library, "--format", "md", expect=4).stdout


def test_bytes_are_what_strip_saves(crops, tmp_path):
    library = link(crops, tmp_path / "libadze.so", drop=["-s"])
    (finding,) = findings(audit(library, expect=4))
    before = library.stat().st_size
    run("strip", library)
    assert abs(before - library.stat().st_size - finding["bytes"]) <= 16
    assert not findings(audit(library, expect=0))


def test_same_crop_twice(crops, tmp_path):
    shutil.copy(crops / "net/build/libadze.so", tmp_path / "libcopy.so")
    (finding,) = findings(audit(crops / "net", tmp_path / "libcopy.so", expect=4))
    assert finding["kind"] == "duplicate crop" and "same crop" in finding["what"] and finding["library"].endswith("libcopy.so")
    assert finding["bytes"] == audit(crops / "net", expect=0)["libraries"][0]["alloc_bytes"]


def test_contained_crop(crops):
    found = findings(audit(crops / "net", crops / "both/build/libadze.so", expect=4))
    assert len(found) == 1 and "rows are in" in found[0]["what"] and str(crops / "net") in found[0]["library"]
    assert "leave it out" in found[0]["fix"] and found[0]["bytes"] > 10000


def test_shared_units_are_what_a_union_saves(crops, tmp_path):
    """Twice the bytes of common units is what one crop for both models saves, but for tables."""
    report = audit(crops / "net", crops / "cnn", expect=4)
    (finding,) = findings(report)
    assert "units are in" in finding["what"] and "in one list" in finding["fix"]
    apart = sum(l["alloc_bytes"] for l in report["libraries"])
    union = audit(crops / "both", expect=0)["libraries"][0]["alloc_bytes"]
    assert 0 <= apart - union - finding["bytes"] <= 4096, (apart, union, finding["bytes"])
    # Of libraries alone it can only be said that there are two runtimes.
    for name in ("net", "cnn"):
        shutil.copy(crops / name / "build/libadze.so", tmp_path / f"lib{name}.so")
    (finding,) = findings(audit(tmp_path / "libnet.so", tmp_path / "libcnn.so", expect=4))
    assert finding["bytes"] is None and "second runtime" in finding["what"]


def test_bad_input(crops, tmp_path):
    (tmp_path / "text").write_text("no library")
    assert "no ELF file" in run(CROPPER, "audit", tmp_path / "text", expect=3).stderr
    assert "given twice" in run(CROPPER, "audit", crops / "net", crops / "net/build/libadze.so", expect=3).stderr
    run("gcc", "-shared", "-x", "c", "-", "-o", tmp_path / "other.so", input="int f(void) { return 1; }\n")
    assert "no Adze library" in run(CROPPER, "audit", tmp_path / "other.so", expect=3).stderr
    an_object = next((crops / "net/build/CMakeFiles/adze_objects.dir").rglob("table.cc.o"))
    assert "not linked yet" in run(CROPPER, "audit", an_object, expect=3).stderr
    shutil.copytree(crops / "net", tmp_path / "unbuilt", ignore=shutil.ignore_patterns("build"))
    assert "not built yet" in run(CROPPER, "audit", tmp_path / "unbuilt", expect=3).stderr
    assert subprocess.run([CROPPER, "audit"], capture_output=True).returncode == 2
