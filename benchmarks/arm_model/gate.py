#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Judges the AArch64 kernels without AArch64 hardware: modelled cycles of everything a layer executes.

  benchmarks/arm_model/gate.py --cropper build/bin/cropper --out DIR [--layer NAME]... [--json FILE]
  benchmarks/arm_model/gate.py --crop DIR/crop --out DIR ...      an existing crop of these layers, as it is built now

Makes one crop for linux-arm64 of one-layer models (layers.py), runs each under qemu-aarch64 with a counting plugin, and multiplies the runs of every loop and
block with their modelled cycles on two cores (machine_model.py). The objects are those that ship. Fails, exit code 1, where
  - a convolution's loop of multiply-adds reaches less than 95 % of the core's FMLA peak, or all loops of its layer together do, those that point and pack
    included,
  - a loop of multiply-adds touches the stack: a spill,
  - a layer falls below a floor that layers.py holds for it: as a whole, set-up, packing and tails included, or, where loads and stores bind, per loop,
  - fewer multiply-adds were counted than the layer has: something else than FMLA does the work.
"""
import argparse
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys

from layers import LAYERS, write_models
from machine_model import CORES, Model, assembly
from program import Program, innermost_loops, read_counts

AT_LEAST = 0.95
HOT = 0.02  # of the layer's modelled cycles
EMULATOR = ["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"]
HERE = pathlib.Path(__file__).resolve().parent
FMLA = re.compile(r"^fmla v\d+\.4s,")
VECTOR = re.compile(r"\b[vqds]\d+\b")
STACK = re.compile(r"\[sp\b")


def build_plugin(out):
    plugin = out / "libcount_blocks.so"
    subprocess.run(["gcc", "-std=c11", "-O2", "-fPIC", "-shared", "-o", str(plugin), str(HERE / "count_blocks.c")], check=True)
    return plugin


def make_crop(cropper, layers, out):
    models = write_models(layers, out / "models")
    done = subprocess.run([cropper, "crop", "--models", *map(str, models), "--profile", "linux-arm64", "-o", str(out / "crop")], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"the crop failed:\n{done.stdout}\n{done.stderr}")
    return out / "crop"


def count(program, crop, layer, plugin, out, repeats):
    """One run of adze-run under the plugin: its counts, libraries' instructions, and which rows served."""
    counts = out / f"{layer.name}.{repeats}.counts"
    argv = [*EMULATOR, "-plugin", f"{plugin},out={counts}", str(program.path), str(crop / "models" / f"{layer.name}.adze"), "--repeat", str(repeats)]
    done = subprocess.run([*argv, "--trace", "-"], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{layer.name}: {' '.join(argv)}\n{done.stdout}{done.stderr}")
    rows = [line.split("\t")[3:] for line in done.stdout.splitlines() if line.count("\t") >= 3]
    found = read_counts(counts.read_text(), program)
    counts.unlink()
    return *found, rows


class Loop:
    """An innermost loop as it ran: `path` is what most rounds execute; the rest of its blocks count as straight code."""

    def __init__(self, blocks):
        self.rounds = max(b.runs for b in blocks)
        # The head comes first, then the blocks in the order of their addresses: the order in which gcc lays out the likely path.
        self.path = [b for b in blocks if 2 * b.runs > self.rounds]
        self.instructions = [i for b in self.path for i in b.instructions]
        self.lines = assembly(self.instructions)
        self.vector_lines = [line for line in self.lines if VECTOR.search(line)]
        self.multiply_adds = sum(bool(FMLA.match(line)) for line in self.lines)
        self.stack = [f"{i.address:x}: {i.text}" for i in self.instructions if STACK.search(i.text)]
        self.place = f"{self.path[0].source or self.path[0].function}+{self.path[0].address:x}"


def judge_on(core_model, blocks, loops, layer):
    """The layer on one core: {cycles, whole, looping, loops}; `looping` is what the loops together reach of the peak, their idle columns not blamed."""
    straight = [b for b in blocks if not any(b in loop.path for loop in loops)]
    core_model.learn([assembly(b.instructions) for b in straight] + [lines for loop in loops for lines in (loop.lines, loop.vector_lines) if lines])
    total = sum(b.runs * core_model.cycles(assembly(b.instructions)).straight for b in straight)
    in_loops = sum(loop.rounds * core_model.cycles(loop.lines).repeated for loop in loops)
    multiplying = core_model.peak_cycles(sum(loop.rounds * loop.multiply_adds for loop in loops))
    total += in_loops
    found = []
    for loop in loops:
        cycles = core_model.cycles(loop.lines).repeated
        vector = core_model.cycles(loop.vector_lines).units if loop.vector_lines else 0
        found.append({"cycles": cycles, "share": loop.rounds * cycles / total, "fmla": core_model.peak_cycles(loop.multiply_adds) / cycles,
                      "vector": vector / cycles})
    needed = core_model.peak_cycles(layer.multiply_adds / 4)
    return {"cycles": total, "whole": needed / total, "looping": multiplying / in_loops if in_loops else 0, "loops": found}


def judge(program, crop, layer, plugin, models, out):
    """Everything about one layer, and a line for each rule it breaks."""
    program.clear()
    # The difference of two runs is one more execution of the model and nothing else: loading, filling and printing cancel.
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        (more, more_outside, rows), (less, less_outside, _) = pool.map(lambda n: count(program, crop, layer, plugin, out, n), (3, 2))
    program.add_counts(more, 1)
    program.add_counts(less, -1)
    blocks = [b for blocks in program.functions for b in blocks if b.runs > 0]
    loops = [Loop(live) for f in program.functions if any(b.runs > 0 for b in f) for loop in innermost_loops(f) if (live := [b for b in loop if b.runs > 0])]
    executed = sum(b.runs * sum(bool(FMLA.match(i.text)) for i in b.instructions) for b in blocks) * 4
    result = {"layer": layer.name, "rows": rows, "multiply_adds": layer.multiply_adds, "executed_multiply_adds": executed,
              "instructions": sum(b.runs * len(b.instructions) for b in blocks), "library_instructions": more_outside - less_outside,
              "cores": {m.core.name: judge_on(m, blocks, loops, layer) for m in models}}
    broken = []
    if executed < layer.executed_at_least:
        broken.append(f"{layer.name}: {executed} multiply-adds were counted, {layer.executed_at_least} are needed: other instructions do this layer")
    for at, loop in enumerate(loops):
        for core, on in result["cores"].items():
            seen = on["loops"][at]
            if seen["share"] < HOT:
                continue
            where = f"{layer.name}: {loop.place} on {core}"
            if layer.op == "conv" and loop.multiply_adds and seen["fmla"] < AT_LEAST:
                broken.append(f"{where}: {seen['fmla']:.1%} of the FMLA peak, {AT_LEAST:.0%} is asked")
            if loop.vector_lines and seen["vector"] < layer.vector:
                broken.append(f"{where}: its vector instructions need {seen['vector']:.1%} of its time, the floor is {layer.vector:.0%}")
            if loop.stack and loop.multiply_adds:
                broken.append(f"{where}: stack access {loop.stack[0]}")
    for core, on in result["cores"].items():
        if layer.op == "conv" and on["looping"] < layer.looping:
            broken.append(f"{layer.name} on {core}: its loops together reach {on['looping']:.1%} of the FMLA peak, {layer.looping:.0%} is asked")
        if on["whole"] < layer.whole:
            broken.append(f"{layer.name} on {core}: {on['whole']:.1%} of the FMLA peak as a whole, the floor is {layer.whole:.0%}")
        result["cores"][core]["loops"] = [
            {"place": loop.place, "instructions": len(loop.lines), "multiply_adds": loop.multiply_adds, "rounds": loop.rounds, **seen}
            for loop, seen in zip(loops, on["loops"])
            if seen["share"] >= HOT
        ]
    return result, sorted(set(broken))


def print_layer(result):
    work = f"{result['multiply_adds'] / 1e6:.1f} MMAC" if result["multiply_adds"] else "no multiply-adds"
    useful = f", {result['multiply_adds'] / result['executed_multiply_adds']:.0%} of the executed ones" if result["multiply_adds"] else ""
    print(f"{result['layer']}: {work}{useful}; {' '.join(' over '.join(r) for r in result['rows'])}")
    cores = list(result["cores"].items())
    hot = {}  # place: {core: the loop there}
    for core, on in cores:
        for loop in on["loops"]:
            hot.setdefault(loop["place"], {})[core] = loop
    for place, loops in sorted(hot.items(), key=lambda item: -max(loop["share"] for loop in item[1].values())):
        loop = next(iter(loops.values()))
        text = f"  {place:<40} {loop['instructions']:3} instr {loop['multiply_adds']:3} FMLA x {loop['rounds']:>8}"
        for core, seen in loops.items():
            text += f" | {core[-2:]} {seen['cycles']:6.2f} cycles {seen['share']:4.0%} of layer, fmla {seen['fmla']:6.1%} vector {seen['vector']:6.1%}"
        print(text)
    print("  " + f"whole layer: {result['instructions']} instructions, {result['library_instructions']} in libraries".ljust(67)
          + "".join(f" | {core[-2:]} {on['cycles']:.3g} modelled cycles, {on['looping']:.1%} of FMLA peak in loops, {on['whole']:.1%} in all"
                    for core, on in cores))


def version(*argv):
    return subprocess.run(argv, capture_output=True, text=True).stdout.strip().splitlines()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made = parser.add_mutually_exclusive_group(required=True)
    made.add_argument("--cropper")
    made.add_argument("--crop", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--layer", action="append")
    parser.add_argument("--json", type=pathlib.Path)
    args = parser.parse_args()
    out = args.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    layers = [layer for layer in LAYERS if not args.layer or layer.name in args.layer]
    if len(layers) != len(args.layer or LAYERS):
        parser.error(f"the layers are {', '.join(layer.name for layer in LAYERS)}")
    crop = args.crop.resolve() if args.crop else make_crop(args.cropper, layers, out)
    program = Program(crop / "build/adze-run")
    plugin, models = build_plugin(out), [Model(core) for core in CORES]
    results, broken = [], []
    for layer in layers:
        result, rules = judge(program, crop, layer, plugin, models, out)
        print_layer(result)
        results.append(result)
        broken += rules
    if args.json:
        tools = {"compiler": version("aarch64-linux-gnu-g++", "--version")[0], "emulator": version("qemu-aarch64", "--version")[0],
                 "model": next(line.strip() for line in version("llvm-mca-19", "--version") if "LLVM version" in line)}
        text = json.dumps({"note": "modelled cycles, never measured", "at_least": AT_LEAST, "tools": tools, "layers": results, "broken": broken}, indent=1)
        args.json.write_text(re.sub(r"(\d+\.\d{4})\d+", r"\1", text) + "\n")
    for rule in broken:
        print(f"BELOW {rule}")
    print(f"COUNT {len(results)} layers judged by modelled cycles, {len(broken)} rules broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
