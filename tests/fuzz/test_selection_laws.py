# SPDX-License-Identifier: Apache-2.0
"""The laws of selection under libFuzzer for a few seconds, and a broken select() that it must find."""
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLAGS = ["-std=c++17", "-O1", "-g1", "-fsanitize=fuzzer,address", "-I", ROOT]


@pytest.fixture(scope="module")
def objects(tmp_path_factory):
    """Everything but select.cc."""
    folder = tmp_path_factory.mktemp("fuzzer")
    sources = [*(ROOT / f"op-registry/core/{c}.cc" for c in ("row_table", "expr", "level")), ROOT / "tests/fuzz/selection_laws_main.cc"]
    subprocess.run(["clang++-14", *FLAGS, "-c", *sources], check=True, cwd=folder)
    return [folder / f"{s.stem}.o" for s in sources]


def fuzz(objects, folder, select, runs):
    """Links the fuzzer with `select` as select.cc and runs it."""
    (folder / "select.cc").write_text(select)
    subprocess.run(["clang++-14", *FLAGS, folder / "select.cc", *objects, "-o", folder / "fuzzer"], check=True)
    return subprocess.run([folder / "fuzzer", f"-runs={runs}", "-seed=1", "-max_len=600", "-len_control=0", "-timeout=10"],
                          cwd=folder, capture_output=True, text=True)


def test_the_laws_hold(objects, tmp_path):
    done = fuzz(objects, tmp_path, (ROOT / "op-registry/core/select.cc").read_text(), 10000)
    assert done.returncode == 0 and re.search(r"Done 10000 runs", done.stderr), done.stderr[-2000:]


@pytest.mark.parametrize("right,wrong,law", [
    ("return !TextLess(other_name, name);", "return true;", "the order of rows matters"),
    ("for (int i = 0; i < table.count; ++i) {\n    RowView row;\n    at = ReadRow(at, &row);\n    if (row.kind != RowKind::kKernel",
     "for (int i = 0; i + table.count / 12 < table.count; ++i) {\n    RowView row;\n    at = ReadRow(at, &row);\n    if (row.kind != RowKind::kKernel",
     "a crop selects other rows|loses rows|the order of rows|do not suffice|is not the crop|is not the union"),
], ids=["ties broken by place", "long tables read in part"])
def test_a_broken_selection_is_found(objects, tmp_path, right, wrong, law):
    text = (ROOT / "op-registry/core/select.cc").read_text()
    assert text.count(right) == 1
    done = fuzz(objects, tmp_path, text.replace(right, wrong), 200000)
    assert done.returncode != 0 and re.search(f"broken: .*({law})", done.stderr), done.stderr[-2000:]
