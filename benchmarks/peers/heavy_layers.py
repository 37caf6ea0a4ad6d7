#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Convolutions, 1 x 1 and fully connected layers of at least 10 million multiply-adds, at every level: what share of the level's peak each reaches.

  benchmarks/peers/heavy_layers.py MODEL... [--levels avx512,avx2] [--optimize speed] [--passes 5] [--repeat 40] [--json FILE]

One thread; the peak is machine.cc's register-only rate of the level. Layers of one model with equal shapes and rows are one line, with the mean of their
shortest times. Winograd's algorithm, of profiles with "optimize": "speed", counts with the multiply-adds that it saves and so may pass 100 %.
--json keeps the lines of models not named. Needs no other package than Python's own.
"""
import argparse
import json
import pathlib

import layers
import ours

LEAST_MACS, TARGET = 10e6, 0.85


def heavy(nodes):
    return [n for n in nodes if n["macs"] >= LEAST_MACS and any(u.startswith("gemm_f32") for u in n["ukernels"])]


def measure(folder, level, passes, repeat):
    """Node index -> the node, with the shortest time of all passes."""
    best = {}
    for _ in range(passes):
        nodes, ran, _, _ = layers.measure(folder, repeat, 1, level)
        if ran != level:
            raise SystemExit(f"{folder}: asked for level {level}, ran at {ran}")
        for n in heavy(nodes):
            if n["index"] not in best or n["min_ms"] < best[n["index"]]["min_ms"]:
                best[n["index"]] = n
    return list(best.values())


def lines_of(nodes, level, top):
    groups = {}
    for n in nodes:
        kernel = next((t["dims"] for t in n["inputs"] if t.get("constant") and len(t["dims"]) > 1), [])
        groups.setdefault((layers.describe(n), str(kernel), layers.rows_text(n)), []).append(n)
    found = []
    for (shapes, _, rows), members in groups.items():
        ms = sum(n["min_ms"] for n in members) / len(members)
        found.append({"level": level, "nodes": [n["index"] for n in members], "shapes": shapes, "rows": rows, "mmac": round(members[0]["macs"] / 1e6, 2),
                      "ms": round(ms, 4), "peak": round(members[0]["macs"] / ms / top / 1e6, 3)})
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=pathlib.Path, nargs="+")
    parser.add_argument("--cropper", default=ours.ROOT / "build/bin/cropper", type=pathlib.Path)
    parser.add_argument("--profile", default="linux-x64")
    parser.add_argument("--optimize", choices=["size", "speed"])
    parser.add_argument("--out", default=ours.ROOT / "build/bench", type=pathlib.Path)
    parser.add_argument("--levels", default="avx512,avx2")
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--repeat", type=int, default=40)
    parser.add_argument("--json", type=pathlib.Path)
    args = parser.parse_args()
    machine = ours.measure_machine(args.out)
    result = {"cpu": ours.cpu_name(), "models": {}}
    if args.json and args.json.exists():
        result = json.loads(args.json.read_text())
    result["peak"] = {level: machine["gmacs"][level]["1"] for level in args.levels.split(",")}
    profile = ours.threaded_profile(args.profile, args.out, args.optimize)
    for model in args.models:
        folder = ours.crop(args.cropper, model.resolve(), profile, args.out)
        found = []
        for level in args.levels.split(","):
            found += lines_of(measure(folder, level, args.passes, args.repeat), level, ours.peak(machine, level, 1))
        result["models"][model.stem] = found
        for line in found:
            low = "BELOW" if line["peak"] < TARGET else ""
            print(f"{model.stem:<28} {line['level']:<6} {line['peak']:6.1%} {low:<5} {line['ms']:8.4f} ms {line['mmac']:8.2f} MMAC x{len(line['nodes'])}  "
                  f"{line['shapes']} | {line['rows']}", flush=True)
    every = [line for found in result["models"].values() for line in found]
    for level in args.levels.split(","):
        of_level = [line for line in every if line["level"] == level]
        reached = [line for line in of_level if line["peak"] >= TARGET]
        print(f"{level}: {sum(len(line['nodes']) for line in reached)} of {sum(len(line['nodes']) for line in of_level)} layers reach {TARGET:.0%}")
    if args.json:
        args.json.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
