# SPDX-License-Identifier: Apache-2.0
"""docs/ops.md is what its script writes from rows, importers and objects; a change in any of them is seen."""
import importlib.machinery
import importlib.util
import pathlib
import re
import subprocess

from crops import CROPPER, ROOT

loader = importlib.machinery.SourceFileLoader("document_ops", str(ROOT / "scripts/document-ops"))
document_ops = importlib.util.module_from_spec(importlib.util.spec_from_loader("document_ops", loader))
loader.exec_module(document_ops)
BUILD = pathlib.Path(CROPPER).resolve().parents[1]


def without_bytes(text):
    return re.sub(r"[\d -]+\|$", "|", text, flags=re.M)


def test_page_is_fresh():
    written, want = document_ops.PAGE.read_text(), document_ops.page(BUILD)
    assert without_bytes(written) == without_bytes(want), "run scripts/document-ops"
    compiler = subprocess.run(["g++", "-dumpversion"], capture_output=True, text=True).stdout
    assert not compiler.startswith("12") or written == want, "bytes changed: run scripts/document-ops"


def test_every_op_and_entry_has_its_line():
    text = document_ops.PAGE.read_text()
    adze, onnx, tflite = (set(re.findall(r"^\| ([\w.]+) \|", part, re.M)) - {"op"} for part in text.split("\n## ")[1:])
    assert adze == set(document_ops.ops())
    assert {"Conv", "Einsum", "STFT", "TopK"} <= onnx and {"ADD", "CONV_2D", "GATHER_ND"} <= tflite
    for line in ("| Sin | cast, sin |", "| Softmax | cast, reshape, softmax, transpose |", "| SIN | sin |"):
        assert line in text


def test_a_new_row_and_a_new_entry_are_seen(tmp_path, monkeypatch):
    before = document_ops.page(BUILD)
    for folder in ("op-registry", "kernels", "models"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.setattr(document_ops, "ROOT", tmp_path)
    assert document_ops.page(BUILD) == before
    for planted, old, new in (("kernels/cpu/where/where.rows.h", '"where_any__any"', '"where_any__any2"'),
                              ("models/import/onnx/einsum.cc", '{"Einsum"', '{"Einstein"')):
        top = planted.split("/")[0]
        (tmp_path / top).unlink()
        subprocess.run(["cp", "-r", ROOT / top, tmp_path / top], check=True)
        text = (tmp_path / planted).read_text()
        assert old in text
        (tmp_path / planted).write_text(text.replace(old, new))
        assert document_ops.page(BUILD) != before
        subprocess.run(["rm", "-r", tmp_path / top], check=True)
        (tmp_path / top).symlink_to(ROOT / top)
