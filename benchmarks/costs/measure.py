#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times every micro-kernel that may serve a layer, for all layers of layers.py, and writes benchmarks/results/kernel_costs.csv.

  cmake -S . -B build -G Ninja -DADZE_BUILD_BENCHMARKS=ON && cmake --build build --target adze-kernel-costs
  benchmarks/costs/measure.py [--program build/bin/adze-kernel-costs] [--passes 5] [--rounds 10]

One thread. The shortest of ROUNDS turns counts, and of PASSES over all layers the median: a second in which the machine is slow, or its clock fast,
spoils one pass of some layers. Half a minute on an idle machine. After it: fit.py says what the rows' costs should be, document.py writes docs/kernels.md.
"""
import argparse
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

import layers

sys.path.insert(0, str(layers.ROOT / "benchmarks/peers"))
import ours  # noqa: E402: needs the path above


def cpu():
    text = pathlib.Path("/proc/cpuinfo").read_text()
    fields = dict(re.findall(r"^(model name|cpu family|model)\s*: (.+)$", text, re.M))
    return f"{fields['model name']}, family {fields['cpu family']}, model {fields['model']}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=layers.ROOT / "build/bin/adze-kernel-costs", type=pathlib.Path)
    parser.add_argument("--passes", default=5, type=int)
    parser.add_argument("--rounds", default=10, type=int)
    parser.add_argument("--out", default=layers.TABLE, type=pathlib.Path)
    args = parser.parse_args()
    text = "".join(" ".join(map(str, layer)) + "\n" for layer in layers.sweep())
    times = {}
    for _ in range(args.passes):
        told = subprocess.run([args.program, str(args.rounds)], input=text, check=True, capture_output=True, text=True).stdout
        for line in told.splitlines():
            what, _, ns = line.rpartition(",")
            times.setdefault(what, []).append(int(ns))
    with tempfile.TemporaryDirectory() as scratch:
        peaks = ours.measure_machine(pathlib.Path(scratch))["gmacs"]
    compiler = subprocess.run(["g++", "-dumpfullversion"], check=True, capture_output=True, text=True).stdout.strip()
    about = {"command": f"benchmarks/costs/measure.py --passes {args.passes} --rounds {args.rounds}", "cpu": cpu(), "compiler": f"gcc {compiler}",
             "unit": f"nanoseconds of the whole layer on one thread, median of {args.passes} passes' shortest of {args.rounds} turns"}
    about |= {f"peak_{level}": f"{rates['1']:.1f} multiply-adds a nanosecond" for level, rates in peaks.items()}
    head = "".join(f"# {key}: {value}\n" for key, value in about.items())
    args.out.write_text(head + ",".join(layers.Layer._fields) + ",row,ns\n" + "".join(f"{what},{statistics.median_low(ns)}\n" for what, ns in times.items()))


if __name__ == "__main__":
    main()
