# SPDX-License-Identifier: Apache-2.0
"""An AArch64 ELF program as its disassembly says: functions, basic blocks and innermost loops."""
import dataclasses
import re
import struct
import subprocess

import networkx

# What ends a basic block. A call comes back, so the block after it is another.
BRANCH = re.compile(r"^(b|b\.[a-z]+|bc\.[a-z]+|cbn?z|tbn?z|bl|blr|br|ret|braa?|udf|brk)$")
FALLS_THROUGH = re.compile(r"^(b\.[a-z]+|bc\.[a-z]+|cbn?z|tbn?z|bl|blr)$")
TARGET = re.compile(r"0x([0-9a-f]+) <[^>]*>")


@dataclasses.dataclass
class Instruction:
    address: int
    mnemonic: str
    text: str  # as an assembler takes it, but for branch targets

    @property
    def target(self):
        """Where a jump goes, within the program; None for anything else."""
        if not BRANCH.match(self.mnemonic) or self.mnemonic in ("bl", "blr", "br", "ret"):
            return None
        found = TARGET.search(self.text)
        return int(found.group(1), 16) if found else None


@dataclasses.dataclass
class Block:
    function: str
    source: str  # the file of the unit, where its symbol is local
    instructions: list
    runs: int = 0

    @property
    def address(self):
        return self.instructions[0].address


def segments(path):
    """(file offset, address, bytes) of what the program loads."""
    data = path.read_bytes()
    assert data[:5] == b"\x7fELF\x02", f"{path} is not a 64-bit ELF file"
    table, = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    found = []
    for i in range(count):
        kind, _, offset, address, _, in_file = struct.unpack_from("<IIQQQQ", data, table + i * size)
        if kind == 1:
            found.append((offset, address, in_file))
    return found


def read_instructions(path):
    """{function symbol: [Instruction]} of the code sections."""
    text = subprocess.run(["llvm-objdump-19", "-d", "--no-show-raw-insn", "-M", "no-aliases", str(path)], check=True, capture_output=True, text=True).stdout
    functions, current = {}, None
    for line in text.splitlines():
        if header := re.match(r"^([0-9a-f]+) <(.+)>:$", line):
            current = functions.setdefault((int(header.group(1), 16), header.group(2)), [])
        elif code := re.match(r"^\s*([0-9a-f]+):\s+(\S+)\s*(.*)$", line):
            operands = code.group(3).split(" // ")[0].strip()
            current.append(Instruction(int(code.group(1), 16), code.group(2), f"{code.group(2)} {operands}".strip()))
    return functions


def read_sources(path):
    """{address of a local function: the source file named before it in the symbol table}."""
    text = subprocess.run(["llvm-objdump-19", "-t", str(path)], check=True, capture_output=True, text=True).stdout
    sources, current = {}, ""
    for line in text.splitlines():
        if entry := re.match(r"^[0-9a-f]{16} l\s+df \*ABS\*\s+0+\s*(.*)$", line):
            current = entry.group(1)
        elif entry := re.match(r"^([0-9a-f]{16}) l\s+F ", line):
            sources[int(entry.group(1), 16)] = current
    return sources


def split_blocks(function, source, instructions):
    leaders = {instructions[0].address} | {i.target for i in instructions if i.target is not None}
    blocks, current = [], []
    for i in instructions:
        if i.address in leaders and current:
            blocks.append(Block(function, source, current))
            current = []
        current.append(i)
        if BRANCH.match(i.mnemonic):
            blocks.append(Block(function, source, current))
            current = []
    if current:
        blocks.append(Block(function, source, current))
    return blocks


def innermost_loops(blocks):
    """The natural loops of one function that hold no other: lists of blocks."""
    by_address = {b.address: b for b in blocks}
    graph = networkx.DiGraph()
    graph.add_nodes_from(by_address)
    for b, after in zip(blocks, [*blocks[1:], None]):
        last = b.instructions[-1]
        if last.target in by_address:
            graph.add_edge(b.address, last.target)
        if after is not None and (not BRANCH.match(last.mnemonic) or FALLS_THROUGH.match(last.mnemonic)):
            graph.add_edge(b.address, after.address)
    entry = blocks[0].address
    graph = graph.subgraph(networkx.descendants(graph, entry) | {entry})
    above = networkx.immediate_dominators(graph, entry)

    def dominates(a, b):
        while b not in (a, entry):
            b = above[b]
        return b == a

    loops = {}  # head: members
    for tail, head in graph.edges:
        if dominates(head, tail):
            without_head = graph.subgraph(set(graph) - {head})
            members = {head, tail} | (networkx.ancestors(without_head, tail) if tail != head else set())
            loops.setdefault(head, set()).update(members)
    inner = [m for m in loops.values() if not any(other < m for other in loops.values())]
    return [[by_address[a] for a in sorted(m)] for m in inner]


class Program:
    """The blocks and innermost loops of a program, with how often each block ran."""

    def __init__(self, path):
        self.path = path
        self.segments = segments(path)
        sources = read_sources(path)
        self.functions = []
        for (address, name), instructions in read_instructions(path).items():
            if instructions:
                self.functions.append(split_blocks(name, sources.get(address, ""), instructions))

    def clear(self):
        for blocks in self.functions:
            for b in blocks:
                b.runs = 0

    def add_counts(self, counts, sign):
        """Adds one run of the plugin, {address: runs of the instruction there}."""
        for blocks in self.functions:
            for b in blocks:
                runs = {counts.get(i.address, 0) for i in b.instructions}
                if len(runs) != 1:
                    raise ValueError(f"{b.function} at {b.address:#x}: the instructions of one block ran {sorted(runs)} times")
                b.runs += sign * runs.pop()

    def address_of(self, file_offset):
        for offset, address, size in self.segments:
            if offset <= file_offset < offset + size:
                return address + file_offset - offset
        raise ValueError(f"{self.path}: nothing is loaded from offset {file_offset:#x}")


def read_counts(text, program):
    """({address in the program: runs}, instructions that ran elsewhere: libraries) from the plugin's output."""
    maps, blocks = [], []
    for line in text.splitlines():
        words = line.split()
        if words[0] == "map" and words[-1] == str(program.path):
            begin, end = (int(n, 16) for n in words[1].split("-"))
            maps.append((begin, end, int(words[3], 16)))
        elif words[0] == "block":
            blocks.append((int(words[1], 16), int(words[2]), int(words[3])))
    if not maps:
        raise ValueError(f"the emulator did not map {program.path}")
    counts, elsewhere = {}, 0
    for at, instructions, runs in blocks:
        place = next((m for m in maps if m[0] <= at < m[1]), None)
        if place is None:
            elsewhere += instructions * runs
            continue
        first = program.address_of(at - place[0] + place[2])
        for i in range(instructions):
            counts[first + 4 * i] = counts.get(first + 4 * i, 0) + runs
    return counts, elsewhere
