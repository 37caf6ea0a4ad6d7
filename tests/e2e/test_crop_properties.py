# SPDX-License-Identifier: Apache-2.0
"""The promises that a crop keeps whatever the models: self-contained, deterministic, bare, pay for nothing, and a verification that can fail."""
import filecmp
import hashlib
import json
import os
import pathlib
import re
import shutil

import pytest
from crops import CROPPER, PROFILES, ROOT, WORK, crop_files, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
AVX2 = "linux-x64-avx2"


@pytest.fixture(scope="module", params=list(PROFILES))
def digits(request, tmp_path_factory):
    out = tmp_path_factory.mktemp("crop") / "out"
    crop_files([CNN, NET], request.param, out)
    return request.param, out


def bare_path(tmp_path):
    """A PATH with a C++ compiler, CMake and Ninja, and nothing else: no Python, no LLVM, no flatc, no ccache."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("cmake ninja gcc g++ cc c++ ld as ar nm ranlib strip objcopy readelf sh env uname "
                 "aarch64-linux-gnu-gcc aarch64-linux-gnu-g++ aarch64-linux-gnu-ar aarch64-linux-gnu-ranlib").split():
        if shutil.which(tool):
            (tools / tool).symlink_to(shutil.which(tool))
    for absent in ("python3", "clang", "llvm-config", "flatc", "ccache", "protoc"):
        assert not (tools / absent).exists()
    return {"PATH": str(tools), "HOME": str(tmp_path)}


def test_builds_with_plain_cmake_anywhere(digits, tmp_path):
    profile, out = digits
    copy = tmp_path / "some where else"
    shutil.copytree(out, copy, ignore=shutil.ignore_patterns("build", ".verify"))
    env = bare_path(tmp_path)
    toolchain = [f"-DCMAKE_TOOLCHAIN_FILE={copy}/toolchain.cmake"] if (copy / "toolchain.cmake").exists() else []
    run("cmake", "-G", "Ninja", "-S", copy, "-B", tmp_path / "b", *toolchain, env=env)
    run("cmake", "--build", tmp_path / "b", env=env)
    deps = run("ninja", "-C", tmp_path / "b", "-t", "deps").stdout
    assert str(ROOT) not in deps and "/usr/include/flatbuffers" not in deps and "nlohmann" not in deps
    assert filecmp.cmp(tmp_path / "b/libadze.so", out / "build/libadze.so", shallow=False), "the same sources in another folder give other bytes"
    for f in copy.rglob("*"):
        assert not f.is_file() or str(ROOT).encode() not in f.read_bytes(), f"{f} names the checkout"


def test_two_crops_are_byte_identical(digits, tmp_path):
    profile, out = digits
    again = tmp_path / "again"
    crop_files([NET, CNN], profile, again)
    for folder in (out, again):
        run(CROPPER, "size", folder, "--format", "html", "-o", folder / "size.html")
    for name in ("build/libadze.so", "size.json", "size.html", "plan.json", "crop.json", "src/generated/table.cc", "models/digits_cnn.adze"):
        assert filecmp.cmp(out / name, again / name, shallow=False), name


def test_bare_runtime(digits):
    """P7: no exceptions, RTTI, allocation operators, constructors or libraries beyond libc and libm."""
    profile, out = digits
    prefix = "aarch64-linux-gnu-" if profile == "linux-arm64" else ""
    objects = sorted(p for p in (out / "build").rglob("*.o") if "adze-run" not in str(p) and "adze_run" not in p.name and "npy" not in p.name)
    assert len(objects) > 10
    undefined = set(re.findall(r"\bU (\S+)", run(f"{prefix}nm", "-u", *objects).stdout))
    assert not [s for s in undefined if re.match(r"_Zn[wa]|_Zd[la]|_ZSt|_ZNSt|__cxa|_Unwind|__gxx|__dynamic_cast|__stack_chk_guard", s)], undefined
    for o in objects:
        sections = run(f"{prefix}readelf", "-SW", o).stdout
        assert not re.search(r"\.(init_array|ctors|tbss|tdata|eh_frame|gcc_except_table)", sections), o
        weak = re.findall(r"^\S* +[WV] (\S+)", run(f"{prefix}nm", o).stdout, re.M)
        assert not (weak and re.search(r"__(avx2|avx512|neon)", o.name)), f"{o}: the linker could keep this unit's copy for generic code: {weak}"
    dynamic = run(f"{prefix}readelf", "-dW", out / "build/libadze.so").stdout
    assert set(re.findall(r"NEEDED.*\[(.+?)\]", dynamic)) <= {"libc.so.6", "libm.so.6", "ld-linux-aarch64.so.1"}, dynamic
    exported = re.findall(r" [TDBR] (\S+)", run(f"{prefix}nm", "-D", "--defined-only", out / "build/libadze.so").stdout)
    declared = set(re.findall(r"\b(adze_[a-z_]+)\(", (ROOT / "runtime/include/adze/adze.h").read_text()))
    declared.remove("adze_resize")  # a feature that these models do not need
    assert set(exported) == declared, set(exported) ^ declared


def text_of(library):
    """Bytes of the text section and of the whole file."""
    line = next(l for l in run("readelf", "-SW", library).stdout.splitlines() if re.search(r"\.text\s", l))
    fields = line[line.index("]") + 1 :].split()
    offset, size = int(fields[3], 16), int(fields[4], 16)
    data = library.read_bytes()
    return data[offset : offset + size], data


def test_empty_runtime_pays_for_no_op(tmp_path):
    """P2: the same bytes whether the checkout knows one op or all of them."""
    few = tmp_path / "few"
    shutil.copytree(ROOT, few, ignore=shutil.ignore_patterns(".git", "build*", ".venv", "out"))
    kept = {"add.cc", "ops.rows.h"}
    removed = [p for p in (few / "op-registry/ops").iterdir() if p.name not in kept and p.suffix == ".cc"]
    removed += [p for p in (few / "kernels").rglob("*.cc")]
    for p in removed:
        p.unlink()
    assert len(removed) > 40
    for name, sdk in (("all", ROOT), ("one", few)):
        run(CROPPER, "crop", "--empty", "--profile", AVX2, "--sdk", sdk, "-o", tmp_path / name)
    all_text, all_file = text_of(tmp_path / "all/build/libadze.so")
    one_text, one_file = text_of(tmp_path / "one/build/libadze.so")
    assert len(all_text) > 1000
    assert all_text == one_text
    assert all_file == one_file


def test_full_and_subset_take_the_same_path(tmp_path):
    run(CROPPER, "crop", "--full", "--profile", AVX2, "-o", tmp_path / "full")
    crop_files([CNN], AVX2, tmp_path / "subset")
    full, subset = (json.loads((tmp_path / n / "plan.json").read_text()) for n in ("full", "subset"))
    ids = lambda plan: {(a["kind"], a["id"]) for a in plan["atoms"]}  # noqa: E731
    assert {i for i in ids(subset) if i[0] != "level"} < ids(full) | {i for i in ids(subset) if i[0] == "feature"}
    shared = {p.relative_to(tmp_path / "subset") for p in (tmp_path / "subset/src").rglob("*.cc")} - {pathlib.Path("src/generated/table.cc")}
    for path in shared:
        assert filecmp.cmp(tmp_path / "subset" / path, tmp_path / "full" / path, shallow=False), path


def test_a_folder_may_change_its_target(tmp_path):
    machines = []
    for profile in (AVX2, "linux-arm64", AVX2):
        crop_files([CNN], profile, tmp_path / "out")
        machines.append(re.search(r"Machine: +(.+)", run("readelf", "-h", tmp_path / "out/build/libadze.so").stdout).group(1))
    assert "X86-64" in machines[0] and "AArch64" in machines[1] and machines[2] == machines[0]


@pytest.fixture()
def tampered(tmp_path):
    out = tmp_path / "out"
    crop_files([CNN], AVX2, out)
    run(CROPPER, "verify", out, "--full-dir", WORK / "full" / AVX2)
    return out


def refresh_hashes(out, path):
    """Makes crop.json agree with a changed source, so that only running can tell."""
    text = (out / "crop.json").read_text()
    old = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
    assert old in text
    (out / "crop.json").write_text(text.replace(old, hashlib.sha256((out / "src" / path).read_bytes()).hexdigest()))


GEMM = "kernels/cpu/gemm/gemm_f32__avx2_6x16.cc"
SIMD = "kernels/cpu/simd/avx2.h"


def test_verify_catches_a_swapped_kernel(tampered):
    source = tampered / "src" / GEMM
    source.write_text(source.read_text() + "\n// another kernel\n")
    done = run(CROPPER, "verify", tampered, "--full-dir", WORK / "full" / AVX2, expect=4)
    assert "gemm_f32__avx2_6x16" in done.stdout + done.stderr


def test_verify_catches_other_bits(tampered):
    """A kernel that rounds otherwise (no fused multiply-add) and whose hashes were made to fit is caught by its bits."""
    source = tampered / "src" / SIMD
    text = source.read_text()
    assert "_mm256_fmadd_ps(a.v, b.v, c.v)" in text
    source.write_text(text.replace("_mm256_fmadd_ps(a.v, b.v, c.v)", "_mm256_add_ps(_mm256_mul_ps(a.v, b.v), c.v)"))
    refresh_hashes(tampered, SIMD)
    done = run(CROPPER, "verify", tampered, "--full-dir", WORK / "full" / AVX2, expect=4)
    assert "digits_cnn" in done.stdout + done.stderr


def test_verify_catches_another_trace(tampered):
    """Equal bits from another row: the name in the table tells."""
    table = tampered / "src/generated/table.cc"
    text = table.read_text()
    # The manifest holds row names as numbers, broken into lines: rename the row's last letter.
    name = rb"softmax_f32__any"
    pattern = r",\s*".join(str(b) for b in name)
    renamed, count = re.subn(pattern, ",".join(str(b) for b in name[:-1] + b"z"), text)
    assert count == 1
    table.write_text(renamed)
    done = run(CROPPER, "verify", tampered, "--full-dir", WORK / "full" / AVX2, expect=4)
    assert "softmax" in done.stdout + done.stderr
