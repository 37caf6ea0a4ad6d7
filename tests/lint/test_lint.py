# SPDX-License-Identifier: Apache-2.0
"""What holds for every file of the tree: licence line, length, layering, words, row names, format."""
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE = {".cc", ".h", ".hpp", ".c", ".py", ".cmake", ".fbs", ".proto", ".js", ".css", ".html"}
# Dependencies point left only.
LAYERS = ["op-registry", "kernels", "models", "runtime", "cropper"]


def tracked():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / p for p in listed.splitlines() if (ROOT / p).is_file()]


FILES = tracked()
SOURCES = [f for f in FILES if f.suffix in CODE or f.name == "CMakeLists.txt" or f.parts[-2] == "scripts"]


def relative(f):
    return str(f.relative_to(ROOT))


def includes(f):
    return re.findall(r'^\s*#\s*include\s*[<"]([^">]+)[">]', f.read_text(), re.M)


def test_spdx_line():
    assert not [relative(f) for f in SOURCES if "SPDX-License-Identifier: Apache-2.0" not in "\n".join(f.read_text().splitlines()[:3])]


def test_length():
    assert not [(relative(f), n) for f in SOURCES if (n := len(f.read_text().splitlines())) > 800]
    headers = [f for f in SOURCES if f.suffix in {".h", ".hpp"}]
    assert not [(relative(f), n) for f in headers if (n := len(f.read_text().splitlines())) > 400]


def test_folder_dependencies():
    wrong = []
    for f in SOURCES:
        folder = f.relative_to(ROOT).parts[0]
        if folder not in LAYERS or f.suffix not in {".cc", ".h"}:
            continue
        for include in includes(f):
            to = include.split("/")[0]
            if to in LAYERS and LAYERS.index(to) > LAYERS.index(folder):
                wrong.append((relative(f), include))
    # The generated manifest table is declared by the runtime and written by the cropper; nothing else may look right.
    assert not wrong


def test_layout_of_host_and_device():
    """Device folders include no host library; LLVM is known to the indexer only; the operating system to platform code only."""
    wrong = []
    device = re.compile(r"^(op-registry/(core|ops)|kernels/(cpu|reference|contract)|runtime/(session|memory|threads|platform|executor)|models/format/reader)")
    banned = {"string", "vector", "map", "unordered_map", "iostream", "sstream", "memory", "functional", "thread", "mutex", "algorithm", "stdexcept"}
    system = re.compile(r"^(sys/|unistd\.h|fcntl\.h|pthread\.h|cpuid\.h|sched\.h)")
    for f in SOURCES:
        path = relative(f)
        if f.suffix not in {".cc", ".h"} or "_test" in f.name or f.name.endswith("_bench.cc") or "/testing/" in path:
            continue
        for include in includes(f):
            if device.match(path) and include in banned:
                wrong.append((path, include))
            if re.match(r"^(clang|llvm)/", include) and not path.startswith("cropper/indexer/"):
                wrong.append((path, include))
            if device.match(path) and system.match(include) and not re.match(r"runtime/(platform|threads)/", path):
                wrong.append((path, include))
    assert not wrong


def test_row_names_are_file_names():
    """<family>_<dtypes>__<isa>[_<variant>]: every kernel file is a row, every row a file."""
    grammar = re.compile(r"^[a-z0-9]+(_[a-z0-9]+)*__(any|reference|scalar|avx2|avx512|neon)(_[a-z0-9]+)*$")
    rows, files = set(), set()
    for f in SOURCES:
        if f.name.endswith(".rows.h") and f.parts[-3:-1] != ("op-registry", "ops"):
            # A kernel row goes on with its op and dtypes, a micro-kernel row with its level; a need stands alone in its braces.
            rows |= set(re.findall(r'\{"([^"]+)",\s*(?:"[^"]+",\s*\{|Level::)', f.read_text()))
        if re.match(r"kernels/(cpu|reference)/", relative(f)) and f.suffix == ".cc" and "__" in f.stem:
            files.add(f.stem)
    assert rows == files, rows ^ files
    assert not [r for r in rows if not grammar.match(r)]


def test_every_op_is_a_row():
    """op-registry/ops/<op>.cc defines adze_op_<op> and ops.rows.h names it; neither without the other."""
    folder = ROOT / "op-registry/ops"
    rows = set(re.findall(r'\{"op_(\w+)", "\1"\}', (folder / "ops.rows.h").read_text()))
    defined = {(f.stem, name) for f in folder.glob("*.cc") for name in re.findall(r"const OpDef adze_op_(\w+) =", f.read_text())}
    assert defined == {(op, op) for op in rows}, defined ^ {(op, op) for op in rows}


def test_words():
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|HACK|not implemented|unimplemented)\b")
    place = re.compile(r"/(wor[k]|farm|root)/|https?://(?!www\.apache\.org)")
    name = re.compile(r"(^|_)(util|utils|helper|helpers|misc|common|new|v2)(_|\.|$)")
    wrong = [(relative(f), m.group()) for f in SOURCES if (m := unfinished.search(f.read_text())) and f != pathlib.Path(__file__)]
    wrong += [(relative(f), m.group()) for f in FILES if f.suffix in CODE | {".md", ".json", ".txt"} and (m := place.search(f.read_text()))]
    wrong += [(relative(f), "name") for f in SOURCES if name.search(f.name)]
    assert not [w for w in wrong if not w[0].startswith("tests/lint/")]


def test_line_length():
    wrong = []
    for f in SOURCES:
        wrong += [(relative(f), i + 1) for i, line in enumerate(f.read_text().splitlines()) if len(line) > 160]
    assert not wrong


def test_no_binaries_but_our_own_models():
    allowed = {"models/zoo/digits/digits_cnn.tflite", "models/zoo/digits/digits_net.onnx"}
    binary = [relative(f) for f in FILES if b"\0" in f.read_bytes()[:4096]]
    assert set(binary) <= allowed


def test_clang_format():
    files = [str(f) for f in SOURCES if f.suffix in {".cc", ".h", ".hpp", ".c"}]
    done = subprocess.run(["clang-format-14", "--dry-run", "--Werror", *files], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[:4000]


@pytest.mark.parametrize("script", [relative(f) for f in FILES if f.parent == ROOT / "scripts" and "python" not in f.read_text()[:40]] + [".ci/run"])
def test_shell_scripts_parse(script):
    assert subprocess.run(["bash", "-n", ROOT / script]).returncode == 0
