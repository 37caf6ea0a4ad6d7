# SPDX-License-Identifier: Apache-2.0
"""Mutations of the cropper's own work: each defect is planted in a copy, and the check that is named beside it catches it with its own words.

A line of the tables below is a defect, the command that must fail, its exit code, and what it must say."""
import hashlib
import json
import re
import shutil

import pytest
from crops import CROPPER, ROOT, WORK, crop_files, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
PROFILE = "linux-x64-avx2"
FULL = WORK / "full" / PROFILE
TABLE = "src/generated/table.cc"
SDK_PARTS = ["op-registry", "kernels", "models/format", "models/schema", "runtime", "cmake", "profiles", "cropper/index/data", "LICENSE"]


def edit(path, change):
    old = path.read_text()
    new = change(old)
    assert new != old, f"nothing was planted in {path}"
    path.write_text(new)


def replaced(old, new, count=1):
    def change(text):
        assert text.count(old) >= 1, old
        return text.replace(old, new, count)
    return change


def rehash(out, path):
    """Makes crop.json agree with a changed file, so that not its hash but what it means must tell."""
    crop = json.loads((out / "crop.json").read_text())
    for group in ("units", "files"):
        if path in crop[group]:
            crop[group][path] = hashlib.sha256((out / path).read_bytes()).hexdigest()
    (out / "crop.json").write_text(json.dumps(crop))


def planted_in(path, change):
    """A defect in one file of a crop, whose hash is made to fit."""
    def plant(out):
        edit(out / path, change)
        rehash(out, path)
    return plant


def numbers(text):
    """A row's name as the manifest holds it: numbers, broken into lines."""
    return r",\s*".join(str(b) for b in text.encode())


def swap_entries(text):
    """The addresses of two rows change places; the manifest keeps their names."""
    head, entries = text.split("kManifestEntries[] = {", 1)
    a, b = "adze_softmax_f32__any,", "adze_pool2d_f32__any_max_rectangles,"
    return head + "kManifestEntries[] = {" + entries.replace(a, "@").replace(b, a).replace("@", b)


def widen_types(text):
    """A row takes any dtype: the count of its types, byte 4 of its head, is 0, and the byte behind its op, its type, is gone."""
    name, op = "softmax_f32__any", "softmax"
    head = rf"(1,\s*1,\s*{len(name)},\s*{len(op)},\s*)1(,\s*0,\s*\d+,\s*\d+,\s*\d+,\s*{numbers(name)},\s*{numbers(op)},)\s*0,"
    text, count = re.subn(head, r"\g<1>0\g<2>", text)
    assert count == 1
    rows_bytes = re.search(r"(\n    \d+, )(\d+)(\},\n    \{)", text)
    return text[: rows_bytes.start()] + f"{rows_bytes[1]}{int(rows_bytes[2]) - 1}{rows_bytes[3]}" + text[rows_bytes.end() :]


def reverse_entries(text):
    head, entries = text.split("kManifestEntries[] = {\n", 1)
    lines, tail = entries.split("};", 1)
    return head + "kManifestEntries[] = {\n" + "\n".join(reversed(lines.strip("\n").splitlines())) + "\n};" + tail


def in_library(old, new):
    """Other bytes of the manifest in the built, stripped library."""
    def plant(out):
        run(CROPPER, "verify", out, "--full-dir", FULL)
        library = out / "build/libadze.so"
        data = library.read_bytes()
        assert data.count(old) == 1 and len(old) == len(new)
        library.write_bytes(data.replace(old, new))
    return plant


def without_object(out):
    """The build leaves a unit out: the library, to which nobody in it refers, links all the same."""
    edit(out / "CMakeLists.txt", replaced('\n  "src/runtime/session/session_info.cc"', ""))
    rehash(out, "CMakeLists.txt")


def of_another_model(out):
    """A model that the plan does not know takes the place of a listed one."""
    run(CROPPER, "convert", NET, "-o", out / "models/digits_cnn.adze")
    rehash(out, "models/digits_cnn.adze")


VERIFY = ("verify", "{out}", "--full-dir", str(FULL))
CROP_MUTATIONS = {
    "swapped kernel": (planted_in(TABLE, swap_entries), VERIFY, 4, r"table\.cc is not the table of plan\.json"),
    "dropped registration": (planted_in(TABLE, replaced("    adze_softmax_f32__any,\n", "")), VERIFY, 4, r"table\.cc is not the table of plan\.json"),
    "disabled dtype filter": (planted_in(TABLE, widen_types), VERIFY, 4, r"manifest's rows differ from the catalog's: constraints, costs or order"),
    "reordered rows": (planted_in(TABLE, reverse_entries), VERIFY, 4, r"table\.cc is not the table of plan\.json"),
    "changed table, hash left": (lambda out: edit(out / TABLE, swap_entries), VERIFY, 4, r"table\.cc was changed since the crop was made"),
    "changed flags": (planted_in("CMakeLists.txt", replaced("-Oz", "-O1", 9)), VERIFY, 4,
                      r"the object of \S+ is not the one that was built with the crop: another compiler, other flags"),
    "changed flags, hash left": (lambda out: edit(out / "CMakeLists.txt", replaced("-ffp-contract=off", "-ffp-contract=fast", 9)), VERIFY, 4,
                                 r"CMakeLists\.txt was changed"),
    "dropped unit": (without_object, VERIFY, 1, r"undefined reference to .adze_input_count"),
    "another kernel": (planted_in("src/kernels/cpu/maxpool/maxpool_f32__avx2.cc", lambda t: t + "\nextern const int adze_more = 1;\n"),
                       VERIFY, 4, r"object of src/kernels/cpu/maxpool/maxpool_f32__avx2\.cc differs from the full runtime's"),
    "renamed row in the library": (in_library(b"softmax_f32__anysoftmax", b"softmax_f32__anzsoftmax"), VERIFY, 4,
                                   r"row softmax_f32__any is planned but not in the library's manifest"),
    "another level in the library": (in_library(b"Adze\0\0\0\0\x01\0\0\0", b"Adze\0\0\0\0\x63\0\0\0"), ("can-run", str(CNN), "{out}"), 3,
                                     r"manifest of version 99"),
    "model of another plan": (of_another_model, VERIFY, 4, r"the crop fails \(exit 4\)|not in this crop"),
}


@pytest.fixture(scope="module")
def crop(tmp_path_factory):
    out = tmp_path_factory.mktemp("mutation") / "crop"
    crop_files([CNN], PROFILE, out)
    run(CROPPER, "verify", out, "--full-dir", FULL)
    return out


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    out = tmp_path_factory.mktemp("mutation") / "both"
    crop_files([CNN, NET], PROFILE, out)
    run(CROPPER, "verify", out, "--full-dir", FULL)
    return out


def caught(argv, code, words):
    done = run(CROPPER, *argv, expect=code)
    assert re.search(words, done.stdout + done.stderr), done.stdout + done.stderr


@pytest.mark.parametrize("name", list(CROP_MUTATIONS))
def test_a_defect_in_a_crop(name, crop, both, tmp_path):
    plant, command, code, words = CROP_MUTATIONS[name]
    out = tmp_path / "out"
    shutil.copytree(crop if name == "model of another plan" else both, out, ignore=shutil.ignore_patterns("build", ".verify"))
    plant(out)
    caught([a.format(out=out) for a in command], code, words)


def change_unit(path, change):
    """Another entry of the index."""
    def plant(sdk):
        index = json.loads((sdk / "cropper/index/data/x86_64.json").read_text())
        change(index["units"][path])
        (sdk / "cropper/index/data/x86_64.json").write_text(json.dumps(index))
    return plant


SELECT = "op-registry/core/select.cc"
SOFTMAX = "kernels/cpu/normalize/softmax_f32__any.cc"
CONSTRUCTOR = "\nint adze_count = 1;\n__attribute__((constructor)) void Early() { adze_count = 2; }\n"
MAKE = ("crop", "--models", str(CNN), str(NET), "--profile", PROFILE, "--sdk", "{sdk}", "-o", "{out}")
SDK_MUTATIONS = {
    "stale index: an edge is gone": (change_unit(SELECT, lambda u: u["uses"].remove("op-registry/core/expr.cc")), [MAKE], 1,
                                     r"undefined reference to .adze::Evaluate|adze::Evaluate\("),
    "stale index: an edge too many": (change_unit(SELECT, lambda u: u["uses"].append("op-registry/ops/reshape.cc")),
                                      [MAKE, ("prove", "{out}", "--sdk", "{sdk}")], 4, r"SLACK +0  object src/op-registry/ops/reshape\.cc"),
    "stale index: a symbol moved": (change_unit(SOFTMAX, lambda u: u["defines"].remove("adze_softmax_f32__any")), [MAKE], 1,
                                    r"no unit defines adze_softmax_f32__any, which row softmax_f32__any promises"),
    "stale index: a header is gone": (change_unit(SOFTMAX, lambda u: u["headers"].remove("kernels/cpu/normalize/exp.h")), [MAKE], 1,
                                      r"exp\.h: No such file"),
    "wrong path": (lambda sdk: (sdk / SOFTMAX).rename(sdk / "kernels/cpu/normalize/softmax.cc"), [MAKE], 3, rf"cannot read \S*{SOFTMAX}"),
    "dropped registration": (lambda sdk: edit(sdk / SOFTMAX, replaced("adze_softmax_f32__any", "adze_softmax_f32__other", 9)), [MAKE], 1,
                             r"undefined reference to .adze_softmax_f32__any"),
    "disabled dtype filter": (lambda sdk: edit(sdk / SELECT, replaced("return row.n_types == 0 ||", "return true ||")),
                              [MAKE, ("verify", "{out}", "--full-dir", str(FULL))], 4, r"object of src/op-registry/core/select\.cc differs"),
    "changed flags": (lambda sdk: edit(sdk / "cmake/unit_flags.json", replaced('["-Oz"]', '["-Os"]')),
                      [MAKE, ("verify", "{out}", "--full-dir", str(FULL))], 4, r"the object of \S+ differs from the full runtime's"),
    "a constructor at load": (lambda sdk: edit(sdk / SOFTMAX, lambda t: t + CONSTRUCTOR), [MAKE], 4, r"static constructor"),
    "a library too many": (lambda sdk: edit(sdk / "cmake/unit_flags.json", replaced('"link": [', '"link": ["-Wl,--no-as-needed", "-lstdc++", ')), [MAKE], 4,
                           r"the library needs libstdc\+\+\.so\.6; only libc and libm are allowed"),
}


@pytest.mark.parametrize("name", list(SDK_MUTATIONS))
def test_a_defect_in_the_sources(name, both, tmp_path):
    """What `crop --sdk` cuts from a copy of the sources, or the commands that follow it."""
    plant, commands, code, words = SDK_MUTATIONS[name]
    sdk, out = tmp_path / "sdk", tmp_path / "out"
    for part in SDK_PARTS:
        (sdk / part).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, sdk / part)
    plant(sdk)
    for i, command in enumerate(commands):
        argv = [a.format(sdk=sdk, out=out) for a in command]
        if i + 1 < len(commands):
            run(CROPPER, *argv)
        else:
            caught(argv, code, words)


def drop_atom(plan, kind, name, path):
    plan["atoms"] = [a for a in plan["atoms"] if (a["kind"], a["id"]) != (kind, name)]
    plan["units"] = [u for u in plan["units"] if u["path"] != path]


def outside(plan):
    plan["units"][0]["path"] = "../../etc/passwd"


PLAN_MUTATIONS = {
    "unlisted op": (lambda p: drop_atom(p, "op", "op_pool2d", "op-registry/ops/pool2d.cc"), ["generate", "verify"], 4,
                    r"digits_net\.adze at avx2: FAILED: the crop fails \(exit 4\).*not in this crop"),
    "unlisted kernel": (lambda p: drop_atom(p, "ukernel", "gemm_f32__avx2_1x64", "kernels/cpu/gemm/gemm_f32__avx2_1x64.cc"), ["generate", "verify"], 4,
                        r"kernel traces differ at line \d+: full '.*gemm_f32__avx2_1x64', crop '.*gemm_f32__avx2_6x16'"),
    "dropped unit": (lambda p: drop_atom(p, "", "", "op-registry/core/expr.cc"), ["generate", "verify"], 1, r"adze::Evaluate\("),
    "unit outside of the tree": (outside, ["generate"], 3, r"is no path inside the source tree"),
    "another level": (lambda p: p["levels"].append("scalar"), ["generate", "verify"], 4, r"FAILED: the crop fails \(exit 4\).*not in this crop"),
}


@pytest.mark.parametrize("name", list(PLAN_MUTATIONS))
def test_a_defect_in_a_plan(name, both, tmp_path):
    change, commands, code, words = PLAN_MUTATIONS[name]
    plan = json.loads((both / "plan.json").read_text())
    change(plan)
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    out = tmp_path / "out"
    argv = {"generate": ["generate", "--plan", tmp_path / "plan.json", "--models", CNN, NET, "-o", out], "verify": ["verify", out, "--full-dir", FULL]}
    for command in commands[:-1]:
        run(CROPPER, *argv[command])
    caught(argv[commands[-1]], code, words)
