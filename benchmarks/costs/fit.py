#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fits what each micro-kernel's time is made of to the measured table, and says how well costs drawn from it choose.

  benchmarks/costs/fit.py [TABLE]

gemm_f32: ns = call + tiles * (tile + blocks * block + blocks * depth * step), tiles of mr rows, blocks of panels as the row takes them.
dwconv_f32: ns = call + pixels * pixel + blocks * block + blocks * taps * step, a block being the pixels and channels of one pass.
Least squares of relative errors. The costs in the rows headers are what is left of this after dropping what all rows of a family share and what
moves no choice by more than 3 %. Needs numpy.
"""
import pathlib
import sys

import layers
import numpy as np

TILES = {"gemm_f32__avx512_7x32": 7, "gemm_f32__avx2_6x16": 6, "gemm_f32__avx512_1x64": 1, "gemm_f32__avx2_1x64": 1, "gemm_f32__scalar_2x16": 2}


def up(n, to):
    return -(-n // to)


def gemm_terms(row, layer):
    """A one-row kernel takes four panels as fast as one, for it waits for its sums, not for the multipliers."""
    tiles, panels = up(layers.pixels(layer), TILES[row]), up(layer.c_out, 16)
    blocks = panels // 4 + panels % 4 if row.endswith("1x64") else panels
    return ["call", "tile", "block", "step"], [1, tiles, tiles * blocks, tiles * blocks * layers.depth(layer)]


def dwconv_terms(row, layer):
    lanes = 16 if "avx512" in row else 8
    width = (layer.width - 1) // layer.stride + 1
    at_once = 4 if "_w" in row and width >= 4 else 1
    blocks = up(width, at_once) * ((layer.height - 1) // layer.stride + 1) * up(layer.c_out, lanes)
    return ["call", "pixel", "block", "step"], [1, layers.pixels(layer), blocks, blocks * layer.kernel ** 2]


def fit(row, times):
    """(names, ns of each term, median relative error, layers)."""
    terms = gemm_terms if row in TILES else dwconv_terms
    measured = [(layer, ns[row]) for layer, ns in times.items() if row in ns]
    names = terms(row, measured[0][0])[0]
    matrix = np.array([terms(row, layer)[1] for layer, _ in measured], float)
    ns = np.array([t for _, t in measured], float)
    found, active = np.zeros(len(names)), list(range(len(names)))
    while True:  # terms below zero mean nothing: leave the worst out and fit again
        part = np.linalg.lstsq(matrix[:, active] / ns[:, None], np.ones(len(ns)), rcond=None)[0]
        if (part >= 0).all():
            break
        del active[int(part.argmin())]
    found[active] = part
    return names, found, float(np.median(np.abs(matrix @ found / ns - 1))), len(ns)


def main():
    about, times = layers.read_table(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else layers.TABLE)
    print(f"{about['cpu']}, {about['compiler']}")
    for row in sorted({row for ns in times.values() for row in ns}):
        names, found, error, count = fit(row, times)
        print(f"{row:26} {'  '.join(f'{n} {v:8.3f}' for n, v in zip(names, found))} ns   median error {error:5.1%} of {count} layers")
    print("\nwins: layers in which a row is the fastest, and in which none but it is within 10 %")
    for family in ("gemm_f32", "dwconv_f32"):
        measured = [ns for ns in times.values() if next(iter(ns)).startswith(family)]
        for level, isas in (("avx512", ("avx512", "avx2", "scalar")), ("avx2", ("avx2", "scalar"))):
            wins, needed = {}, {}
            for ns in measured:
                served = {row: t for row, t in ns.items() if row.split("__")[1].split("_")[0] in isas}
                best = min(served, key=served.get)
                wins[best] = wins.get(best, 0) + 1
                near = [row for row, t in served.items() if t <= 1.1 * served[best]]
                if len(near) == 1:
                    needed[best] = needed.get(best, 0) + 1
            for row in sorted({row for ns in measured for row in ns if row.split("__")[1].split("_")[0] in isas}):
                print(f"  at {level:6} {row:26} {wins.get(row, 0):4} {needed.get(row, 0):4}")


if __name__ == "__main__":
    main()
