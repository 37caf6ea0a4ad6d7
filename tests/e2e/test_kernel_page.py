# SPDX-License-Identifier: Apache-2.0
"""docs/kernels.md is what its script writes from the committed table and the compilers; every row stands there."""
import re
import shutil
import subprocess
import sys

import pytest
from crops import ROOT

sys.path.insert(0, str(ROOT / "benchmarks/costs"))
import document  # noqa: E402: needs the path above


def without_bytes(text):
    return re.sub(r"^(\| `\w+` \| \w+ \|) \d+ ", r"\1 N ", text, flags=re.M)


def pinned_compilers():
    """The bytes on the page are those of gcc 12."""
    for compiler in document.COMPILERS.values():
        if not shutil.which(compiler):
            pytest.skip(f"{compiler} is not installed")
    versions = [subprocess.run([c, "-dumpversion"], capture_output=True, text=True).stdout for c in document.COMPILERS.values()]
    return all(v.startswith("12") for v in versions)


def test_page_is_fresh():
    pinned = pinned_compilers()
    written, want = document.PAGE.read_text(), document.page()
    assert without_bytes(written) == without_bytes(want), "run benchmarks/costs/document.py"
    assert not pinned or written == want, "bytes changed: run benchmarks/costs/document.py"
    assert len(re.findall(r"^\| `", written, re.M)) == len(document.units()) > 60


def test_a_changed_table_is_seen(monkeypatch):
    pinned_compilers()
    about, times = document.layers.read_table()
    monkeypatch.setattr(document, "bytes_of", lambda source, scratch: 0)
    before = document.page()
    slower = {layer: {row: 2 * t if row == "gemm_f32__avx2_6x16" else t for row, t in ns.items()} for layer, ns in times.items()}
    monkeypatch.setattr(document.layers, "read_table", lambda: (about, slower))
    assert document.page() != before
