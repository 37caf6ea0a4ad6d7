# SPDX-License-Identifier: Apache-2.0
"""A crop under a name of its own: several crops in one process, static and shared, and every command still works on it."""
import filecmp
import json
import re
import shutil

import numpy as np
import pytest
from crops import CROPPER, ROOT, WORK, run, run_model

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
AVX2 = "linux-x64-avx2"
NOT_IN_CROP = -4


@pytest.fixture(scope="module")
def crops(tmp_path_factory):
    """pic: the TFLite model. net: the ONNX model, with threads, so that units of one name differ. plain: the TFLite model without a prefix."""
    top = tmp_path_factory.mktemp("prefix")
    threads = json.loads((ROOT / f"profiles/{AVX2}.json").read_text())
    threads["features"]["threads"] = True
    threads["prefix"] = "net"
    (top / "threads.json").write_text(json.dumps(threads))
    run(CROPPER, "crop", "--models", CNN, "--profile", AVX2, "--prefix", "pic", "-o", top / "pic")
    run(CROPPER, "crop", "--models", NET, "--profile", top / "threads.json", "-o", top / "net")
    run(CROPPER, "crop", "--models", CNN, "--profile", AVX2, "-o", top / "plain")
    return top


@pytest.fixture(scope="module")
def programs(crops):
    """Built by an outside project that finds the installed crops, all under one folder."""
    for crop, static in (("pic", "pic_static"), ("net", "net_static"), ("plain", "adze_static")):
        run("cmake", "--build", crops / crop / "build", "--target", static)
        run("cmake", "--install", crops / crop / "build", "--prefix", crops / "installed")
    run("cmake", "-G", "Ninja", "-S", ROOT / "tests/e2e/two_crops", "-B", crops / "b", f"-DCMAKE_PREFIX_PATH={crops / 'installed'}")
    run("cmake", "--build", crops / "b")
    return crops / "b"


def answer(crops, name, model, tmp):
    picture = (np.arange(64, dtype=np.float32) / 64).reshape((1, 8, 8, 1) if "cnn" in model else (1, 1, 8, 8))
    (scores,) = run_model(crops / name, crops / name / "models" / model, [picture], AVX2, tmp)
    return int(scores.argmax()) * 1000000 + int(np.float32(scores.max()) * np.float32(1000000))


@pytest.mark.parametrize("program", ["static_c", "shared_c", "static_cpp", "shared_cpp"])
def test_crops_in_one_process(crops, programs, program, tmp_path):
    """Each crop runs its own model, bit for bit as alone, and refuses the other's: they share neither tables nor kernels."""
    lines = run(programs / program, crops / "pic/models/digits_cnn.adze", crops / "net/models/digits_net.adze").stdout.splitlines()
    said = [[int(w) for w in line.split()] for line in lines]
    cnn, net = answer(crops, "pic", "digits_cnn.adze", tmp_path), answer(crops, "net", "digits_net.adze", tmp_path)
    assert said == [[cnn, NOT_IN_CROP, cnn][: len(said[0])], [NOT_IN_CROP, net, NOT_IN_CROP][: len(said[0])]]


def test_crops_of_one_build(crops, tmp_path):
    """add_subdirectory of all three: every target has a name of its own and what it needs."""
    (tmp_path / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.16)\nproject(app C CXX)\n"
                                             + "".join(f"add_subdirectory({crops / n} {n})\n" for n in ("pic", "net", "plain")))
    run("cmake", "-G", "Ninja", "-S", tmp_path, "-B", tmp_path / "b")
    targets = [*(n + kind for n in ("pic", "net", "adze") for kind in ("", "_static", "-run"))]
    steps = run("ninja", "-C", tmp_path / "b", "-n", *targets).stdout
    assert all(f"lib{n}.so" in steps and f"lib{n}_static.a" in steps for n in ("pic", "net", "adze"))


def test_two_crops_without_prefix_are_refused(crops, tmp_path):
    (tmp_path / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.16)\nproject(app C CXX)\n"
                                             f"add_subdirectory({crops}/plain one)\nadd_subdirectory({crops}/plain two)\n")
    assert "--prefix NAME" in run("cmake", "-S", tmp_path, "-B", tmp_path / "b", expect=1).stderr


def test_only_prefixed_names_are_seen(crops, programs):
    api = set(re.findall(r"\badze_([a-z_]+)\(", (ROOT / "runtime/include/adze/adze.h").read_text()))
    api.remove("resize")  # a feature that these models do not need
    for name in ("pic", "net"):
        shared = run("nm", "-D", "--defined-only", crops / name / f"build/lib{name}.so").stdout
        assert set(re.findall(r" [A-Z] (\S+)", shared)) == {f"{name}_{f}" for f in api}
        static = run("nm", "--defined-only", crops / name / f"build/lib{name}_static.a").stdout
        assert set(re.findall(r" [A-Z] (\S+)", static)) == {f"{name}_{f}" for f in api}
        assert f"[lib{name}.so]" in run("readelf", "-dW", crops / name / f"build/lib{name}.so").stdout


def test_units_do_not_change(crops):
    """The objects are those of the crop without a prefix, but for the crop's id in its table; so is the code of the library."""
    objects = {n: {p.relative_to(crops / n): p for p in (crops / n / "build/CMakeFiles/adze_objects.dir").rglob("*.o")} for n in ("pic", "plain")}
    assert objects["pic"].keys() == objects["plain"].keys() and len(objects["pic"]) > 20
    for path, o in objects["pic"].items():
        assert path.name == "table.cc.o" or filecmp.cmp(o, objects["plain"][path], shallow=False), path
    pic, plain = (json.loads(run(CROPPER, "size", crops / n, "--by", "section", "--format", "json").stdout)["entries"] for n in ("pic", "plain"))
    sizes = lambda entries: {e["name"]: e["bytes"] for e in entries if e["name"] in (".text", ".rodata", ".data.rel.ro", ".note.adze")}  # noqa: E731
    assert sizes(pic) == sizes(plain) and len(sizes(pic)) == 4


def test_commands_work(crops, tmp_path):
    pic = tmp_path / "pic"
    shutil.copytree(crops / "pic", pic)
    assert "verified; tier reached: host" in run(CROPPER, "verify", pic, "--full-dir", WORK / "full" / AVX2).stdout
    assert "libpic.so" in run(CROPPER, "size", pic, "--by", "unit").stdout
    assert "gemm_f32__avx2" in run(CROPPER, "size", pic / "build/libpic.so", "--by", "row").stdout
    assert json.loads((pic / "size.json").read_text())["library"]["path"] == "build/libpic.so"
    assert "digits_cnn" in run(CROPPER, "why", pic, "softmax_f32__any").stdout
    run(CROPPER, "prove", pic)
    run(CROPPER, "audit", pic)
    run(CROPPER, "can-run", CNN, pic)
    run(CROPPER, "can-run", CNN, pic / "build/libpic.so")
    run(CROPPER, "can-run", NET, pic / "build/libpic.so", expect=4)
    assert json.loads((pic / "crop.json").read_text())["library"]["path"] == "build/libpic.so"


def test_verify_misses_a_prefix(crops, tmp_path):
    """A library with other names than the plan's prefix is none of this crop."""
    pic = tmp_path / "pic"
    shutil.copytree(crops / "pic", pic, ignore=shutil.ignore_patterns("build"))
    launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
    run("cmake", "-G", "Ninja", "-S", pic, "-B", pic / "build", *launcher)
    text = (pic / "build/build.ninja").read_text()
    assert "--defsym=pic_run=adze_run" in text
    changed = text.replace("--defsym=pic_run=adze_run", "--defsym=other_run=adze_run").replace(f"{pic}/src/generated/exports.map", f"{tmp_path}/all.map")
    (pic / "build/build.ninja").write_text(changed)
    (tmp_path / "all.map").write_text((pic / "src/generated/exports.map").read_text().replace("pic_run", "other_run"))
    done = run(CROPPER, "verify", pic, "--full-dir", WORK / "full" / AVX2, expect=4)
    assert "exports other_run, which does not start with pic_" in done.stdout


@pytest.mark.parametrize("prefix", ["adze", "int", "Face", "a", "x-y", "../z"])
def test_bad_prefixes(prefix, tmp_path):
    done = run(CROPPER, "crop", "--models", CNN, "--profile", AVX2, "--prefix", prefix, "-o", tmp_path / "out", expect=2)
    assert "acme_face" in done.stderr or "my_" in done.stderr
    assert not (tmp_path / "out").exists()


def test_arm64_static_and_shared(tmp_path):
    """The cross linker and objcopy make the prefixed archive, too."""
    run(CROPPER, "crop", "--models", CNN, "--profile", "linux-arm64", "--prefix", "pic", "-o", tmp_path / "pic")
    run("cmake", "--build", tmp_path / "pic/build", "--target", "pic_static")
    static = run("aarch64-linux-gnu-nm", "--defined-only", tmp_path / "pic/build/libpic_static.a").stdout
    assert {n.split("_")[0] for n in re.findall(r" [A-Z] (\S+)", static)} == {"pic"}
