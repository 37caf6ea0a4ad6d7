#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Where the time of a model goes in our runtime: each node's milliseconds, share of the peak and of its roof, and bytes of code.

  benchmarks/peers/layers.py MODEL [--level avx2] [--threads N] [--repeat N] [--sort ms] [--json FILE]

MODEL is a model file, or the folder of a crop. Columns:
  min, median   milliseconds of the node in --repeat passes over the whole model (adze-run --layers of the crop)
  MMAC, peak    multiply-adds of the matrix product the node amounts to, and their rate as a share of the measured register-only rate of the level
  roof          the time the node needs at least (the larger of multiply-adds at peak and bytes at measured bandwidth) as a share of its shortest time;
                the bandwidth is that of a working set of the node's size, so small nodes are held to cache speed
  code          bytes of the crop's library for the kernel row and its micro-kernel rows
Needs no other package than Python's own.
"""
import argparse
import json
import pathlib
import re
import subprocess

import ours


def measure(folder, repeat, threads, level):
    argv = [folder / "build/adze-run", ours.adze_file(folder), "--repeat", str(repeat), "--threads", str(threads), "--layers", "-"]
    text = subprocess.run(argv + (["--level", level] if level else []), check=True, capture_output=True, text=True).stdout
    whole = re.search(r"^median ([0-9.]+) ms of \d+ runs, level (\w+), \d+ threads, min ([0-9.]+) ms", text, re.M)
    nodes = json.loads(text[re.search(r"^\[$", text, re.M).start():re.search(r"^\]$", text, re.M).end()])
    return nodes, whole[2], float(whole[1]), float(whole[3])


def judge(nodes, machine, level, threads, code):
    """Adds to each node its shares and its code."""
    top = ours.peak(machine, level, threads)
    for n in nodes:
        seconds = max(n["min_ms"], 1e-6) * 1e-3
        n["peak"] = n["macs"] / seconds / top / 1e9
        n["roof_ms"] = max(n["macs"] / top, n["bytes"] / ours.bandwidth(machine, n["bytes"], threads)) * 1e-6
        n["roof"] = n["roof_ms"] / max(n["min_ms"], 1e-6)
        n["code"] = {row: code.get(row, 0) for row in [n["kernel"], *n["ukernels"]]}


def dims(tensor):
    return "x".join(map(str, tensor["dims"])) or "1"


def describe(node):
    """Inputs that are not 1-dimensional constants, then the outputs."""
    reads = [dims(t) for t in node["inputs"] if not (t.get("constant") and len(t["dims"]) < 2)]
    return f"{' '.join(reads)} > {' '.join(dims(t) for t in node['outputs'])}"


def rows_text(node):
    """"conv2d_f32__any_indirect + gemm_f32__avx512_7x32" without what it repeats."""
    return " + ".join([node["kernel"], *node["ukernels"]])


def table(nodes, order):
    total = sum(n["min_ms"] for n in nodes)
    listed = sorted(nodes, key=lambda n: -n["min_ms"]) if order == "ms" else nodes
    lines = [f"{'node':>4} {'op':<16} {'min ms':>8} {'median':>8} {'%time':>6} {'MMAC':>8} {'peak':>5} {'roof':>5} {'code':>5}  shapes | rows"]
    for n in listed:
        lines.append(f"{n['index']:>4} {n['op']:<16} {n['min_ms']:8.4f} {n['median_ms']:8.4f} {n['min_ms'] / total:6.1%} {n['macs'] / 1e6:8.2f} "
                     f"{n['peak']:5.0%} {n['roof']:5.0%} {sum(n['code'].values()):>5}  {describe(n)} | {rows_text(n)}")
    return "\n".join(lines)


def summary(nodes, machine, level, threads):
    """The same by rows, most time first."""
    groups = {}
    for n in nodes:
        groups.setdefault(rows_text(n), []).append(n)
    total = sum(n["min_ms"] for n in nodes)
    lines = [f"{'nodes':>5} {'min ms':>8} {'%time':>6} {'MMAC':>8} {'peak':>5} {'roof':>5} {'code':>5}  rows"]
    for rows, members in sorted(groups.items(), key=lambda g: -sum(n["min_ms"] for n in g[1])):
        ms, macs = sum(n["min_ms"] for n in members), sum(n["macs"] for n in members)
        share = macs / max(ms, 1e-6) / 1e6 / ours.peak(machine, level, threads)
        roof = sum(n["roof_ms"] for n in members) / max(ms, 1e-6)
        lines.append(f"{len(members):>5} {ms:8.4f} {ms / total:6.1%} {macs / 1e6:8.2f} {share:5.0%} {roof:5.0%} {sum(members[0]['code'].values()):>5}  {rows}")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--cropper", default=ours.ROOT / "build/bin/cropper", type=pathlib.Path)
    parser.add_argument("--profile", default="linux-x64", help="a shipped profile or a file; threads are turned on")
    parser.add_argument("--out", default=ours.ROOT / "build/bench", type=pathlib.Path)
    parser.add_argument("--level", help="default: the best that this CPU offers")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=50)
    parser.add_argument("--sort", choices=["node", "ms"], default="node")
    parser.add_argument("--json", type=pathlib.Path, help="write everything there")
    args = parser.parse_args()
    model = args.model.resolve()
    try:
        folder = model if model.is_dir() else ours.crop(args.cropper, model, ours.threaded_profile(args.profile, args.out), args.out)
    except ours.Unsupported as e:
        raise SystemExit(str(e))
    machine = ours.measure_machine(args.out)
    nodes, level, median, shortest = measure(folder, args.repeat, args.threads, args.level)
    judge(nodes, machine, level, args.threads, ours.code_bytes(args.cropper, folder))
    macs, top = sum(n["macs"] for n in nodes), ours.peak(machine, level, args.threads)
    print(table(nodes, args.sort))
    print()
    print(summary(nodes, machine, level, args.threads))
    print(f"\n{model.stem}: level {level}, {args.threads} threads, whole runs: median {median:.3f} ms, min {shortest:.3f} ms = "
          f"{macs / shortest / 1e6 / top:.0%} of {top:.1f} GMAC/s; nodes add up to {sum(n['min_ms'] for n in nodes):.3f} ms, "
          f"their roofs to {sum(n['roof_ms'] for n in nodes):.3f} ms; library {ours.library(folder).stat().st_size} B")
    if args.json:
        args.json.write_text(json.dumps({"model": model.stem, "level": level, "threads": args.threads, "median_ms": median, "min_ms": shortest,
                                         "machine": machine, "nodes": nodes}, indent=1) + "\n")


if __name__ == "__main__":
    main()
