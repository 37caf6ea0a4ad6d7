# SPDX-License-Identifier: Apache-2.0
"""No stack access in the innermost loops of x86 micro-kernels: read from the disassembly of objects compiled with the flags that ship.

A compiler that runs out of registers spills into the loop, and no parity test sees it. AArch64 has its own gate (benchmarks/arm_model).
"""
import json
import re
import subprocess

import networkx
import pytest
from crops import ROOT

FLAGS = json.loads((ROOT / "cmake/unit_flags.json").read_text())
UNITS = sorted(p for isa in ("avx2", "avx512") for p in (ROOT / "kernels/cpu").rglob(f"*__{isa}*.cc"))
JUMP = re.compile(r"^j[a-z]+\s+([0-9a-f]+)\b")
STACK = re.compile(r"\(%r[sb]p\b")
# What a loop is there for: products of vectors, or what else the family computes.
WORK = re.compile(r"^v(fn?m(add|sub)\w+|mulps|pmadd\w+)\s")
OTHER_WORK = {"add_f32": re.compile(r"^vaddps\s"), "max_f32": re.compile(r"^vmaxps\s")}
# Families in which a loop must be found, or the patterns above are broken.
LOOPS = {"gemm_f32", "dwconv_f32", "dot_qs8", "add_f32", "max_f32", "mul_f32"}

# Kernels that need more than 16 registers, and how many instructions of theirs use the stack; nothing else may. 5 taps and 4 pixels of 2 vectors
# each are 18; the exponentials of an LSTM step have as many constants.
KNOWN = {"dwconv_f32__avx2_w5s1": 9, "dwconv_f32__avx2_w5s2": 8, "lstm_cell_f32__avx2": 2}


def compile_unit(source, isa, out):
    arch = FLAGS["arch"]["x86_64"]
    flags = FLAGS["common"] + FLAGS["class"]["kernel"] + arch["common"] + arch["isa"][isa]
    subprocess.run(["g++", *flags, "-Wno-psabi", "-I", ROOT, "-I", ROOT / "runtime/include", "-c", source, "-o", out], check=True)


def innermost_loops(obj):
    """Lists of instructions of the natural loops that hold no other: a jump backwards, its target, and what leads from there to the jump."""
    text = subprocess.run(["objdump", "-d", "--no-show-raw-insn", obj], check=True, capture_output=True, text=True).stdout
    found = []
    for function in re.split(r"^[0-9a-f]+ <.*>:$", text, flags=re.M)[1:]:
        code = {int(at, 16): i.strip() for at, i in re.findall(r"^\s*([0-9a-f]+):\t(.+)$", function, re.M)}
        order, graph = list(code), networkx.DiGraph()
        for at, after in zip(order, [*order[1:], None]):
            jump = JUMP.match(code[at])
            if jump and int(jump.group(1), 16) in code:
                graph.add_edge(at, int(jump.group(1), 16))
            if after is not None and not re.match(r"(jmp|ret)\b", code[at]):
                graph.add_edge(at, after)
        loops = []
        for tail, head in [e for e in graph.edges if e[1] <= e[0]]:
            without_head = graph.subgraph(set(graph) - {head})
            loops.append({head, tail} | (networkx.ancestors(without_head, tail) & set(networkx.descendants(graph, head)) if tail != head else set()))
        # Blocks that the compiler moved out of the way make an outer loop's jump backwards look like one of an inner loop: the smallest sets count.
        found += [[code[at] for at in sorted(loop)] for loop in loops if not any(other < loop for other in loops)]
    return found


def working_loops(obj, family):
    work = OTHER_WORK.get(family, WORK)
    return [loop for loop in innermost_loops(obj) if any(work.match(i) for i in loop)]


def spills(obj, family):
    return [i for loop in working_loops(obj, family) for i in loop if STACK.search(i)]


@pytest.mark.parametrize("unit", UNITS, ids=lambda p: p.stem)
def test_no_stack_access(unit, tmp_path):
    family, isa = unit.stem.split("__")
    compile_unit(unit, isa.split("_")[0], tmp_path / "unit.o")
    assert family not in LOOPS or working_loops(tmp_path / "unit.o", family), "no loop found"
    found = spills(tmp_path / "unit.o", family)
    assert len(found) <= KNOWN.get(unit.stem, 0), found


def test_a_spill_is_seen(tmp_path):
    """The tile of 6 x 16 made 8 x 16: 16 sums, 2 weights and a broadcast do not fit 16 registers."""
    source = ROOT / "kernels/cpu/gemm/gemm_f32__avx2_6x16.cc"
    text = source.read_text()
    assert text.count("GemmF32Loop<6, 2, true>") == 1
    planted = tmp_path / "planted.cc"
    planted.write_text(text.replace("GemmF32Loop<6, 2, true>", "GemmF32Loop<8, 2, true>"))
    compile_unit(planted, "avx2", tmp_path / "planted.o")
    assert spills(tmp_path / "planted.o", "gemm_f32")
