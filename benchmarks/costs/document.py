#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes docs/kernels.md: every micro-kernel row with its bytes, its share of the measured peak, and what it is for.

  benchmarks/costs/document.py [--check]

Shares come from benchmarks/results/kernel_costs.csv, bytes from objects compiled with the flags that ship; --check says whether the page is what would
be written. Needs the gcc 12 compilers for x86-64 and AArch64.
"""
import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import layers

PAGE = layers.ROOT / "docs/kernels.md"
FLAGS = json.loads((layers.ROOT / "cmake/unit_flags.json").read_text())
LEVELS = {"scalar": "x86_64", "avx2": "x86_64", "avx512": "x86_64", "neon": "aarch64"}
COMPILERS = {"x86_64": "g++", "aarch64": "aarch64-linux-gnu-g++"}

TYPICAL_MACS = 2.5e5  # smaller layers last less than 10 us, much of it before the first multiply-add

# By the start of a row's name, the longest that fits.
USES = {
    "add_f32": "residual sums of ResNet, biases that could not be folded, average pools",
    "max_f32": "maxima of whole tensors, and of two",
    "min_f32": "minima of two tensors",
    "mul_f32": "scales and gates: squeeze-and-excite of MobileNetV3",
    "cast_f16_f32": "weights and pictures stored as float16: squeezenet_fp16",
    "cast_f32_f16": "float16 outputs: squeezenet_fp16",
    "clamp_f32": "ReLU and ReLU6 that no layer before could take in",
    "div_f32": "quotients of two tensors; normalizations that are not a layer_norm",
    "dot_qs8": "int8 fully connected layers: anomaly_toycar",
    "dwconv_f32": "depthwise layers without a window row: 7 x 7, dilated, or fewer than 4 pixels a row",
    "dwconv_f32__avx512": "as dwconv_f32__avx2, where 9 to 15 channels are left after whole sixteens",
    "gemm_f32": "convolution, 1 x 1 and fully connected layers of every network",
    "gemm_f32__avx2_1x64": "fully connected layers of one picture, steps of an LSTM",
    "gemm_f32__avx512_1x64": "fully connected layers of one picture, steps of an LSTM",
    "gemm_f32__avx2_6x16": "convolution at level avx2; at avx512 layers of few pixels whose last tile of 7 would be mostly empty",
    "erf_f32": "GELU written out, where it is not found as one",
    "gate_f32": "GRU, RNN, and LSTM with peepholes, projections, lengths or its final cell",
    "gate_f32__scalar_all": "the same with an activation beyond sigmoid, tanh and ReLU",
    "gelu_f32": "feed-forward blocks of transformer encoders",
    "hard_swish_f32": "MobileNetV3",
    "layer_norm_f32": "transformer encoders",
    "lstm_cell_f32": "LSTM",
    "maxpool_f32": "maximum pools: ResNet, SqueezeNet",
    "pack_f32": "products of two tensors: attention",
    "resize_linear_f32": "bilinear resizes: DeepLab, palm and line detectors",
    "sigmoid_f32": "gates and detector scores",
    "softmax_f32": "attention, classifiers",
    "sqrt_f32": "normalizations that are not a layer_norm",
    "sub_f32": "differences of two tensors: preprocessing, normalizations",
    "tanh_f32": "LSTM",
    "winograd_f32": "3 x 3 convolutions of stride 1 under \"optimize\": \"speed\": ResNet",
}
# Functions of one number that no model of the benches spends time in.
FUNCTIONS = ["abs", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh", "elu", "exp", "floor", "log", "neg", "round", "sign",
             "sin", "sinh", "softplus", "tan"]
USES.update({f"{op}_{dtype}": "element by element, wherever a model has it" for op in FUNCTIONS for dtype in ("f32", "i32", "i64")})
USES.update({"mod_f32": "rests of floats", "fmod_f32": "rests of floats", "pow_f32": "powers that are no products and roots",
             "prelu_f32": "PReLU and leaky ReLU: face landmarks, YOLO"})
WINDOW = "depthwise {0} x {0} at stride {1}: {2}"
NETWORKS = {("3", "1"): "MobileNet V1 to V3", ("3", "2"): "MobileNet V1 to V3", ("5", "1"): "MobileNetV3, BlazeFace", ("5", "2"): "MobileNetV3, BlazeFace"}


def units():
    return sorted(p for p in (layers.ROOT / "kernels/cpu").rglob("*__*.cc") if p.stem.split("__")[1].split("_")[0] in LEVELS)


def level_of(row):
    return row.split("__")[1].split("_")[0]


def use_of(row):
    if window := re.search(r"_w(\d)s(\d)$", row):
        return WINDOW.format(*window.groups(), NETWORKS[window.groups()])
    fits = [start for start in USES if row.startswith(start + "__") or row == start]
    if not fits:
        sys.exit(f"document.py: say in USES what {row} is for")
    return USES[max(fits, key=len)]


def bytes_of(source, scratch):
    """Code and constants of the unit's object."""
    arch = LEVELS[level_of(source.stem)]
    flags = FLAGS["common"] + FLAGS["class"]["kernel"] + FLAGS["arch"][arch]["common"] + FLAGS["arch"][arch]["isa"][level_of(source.stem)]
    obj = Path(scratch) / (source.stem + ".o")
    include = ["-I", layers.ROOT, "-I", layers.ROOT / "runtime/include", "-Wno-psabi"]
    subprocess.run([COMPILERS[arch], *flags, *include, "-c", source, "-o", obj], check=True)
    sections = subprocess.run(["readelf", "-SW", obj], check=True, capture_output=True, text=True).stdout
    return sum(int(size, 16) for size in re.findall(r"\] \.(?:text|rodata)\S*\s+PROGBITS\s+\S+ \S+ (\S+)", sections))


def serves(row, level):
    """Levels of x86-64, as in op-registry/core/level.h."""
    order = ["scalar", "avx2", "avx512"]
    return order.index(level_of(row)) <= order.index(level)


def shares(row, about, times):
    """(best share of the peak and its layer, median share) over the layers in which the row is within 10 % of the best that its level has."""
    peak = float(about["peak_" + ("avx2" if level_of(row) == "scalar" else level_of(row))].split()[0])
    found = []
    for layer, ns in times.items():
        if row in ns and ns[row] <= 1.1 * min(t for other, t in ns.items() if serves(other, level_of(row))):
            found.append((layers.macs(layer) / ns[row] / peak, layer))
    best = max(found)
    return best[0], best[1], statistics.median(share for share, layer in found if layers.macs(layer) >= min(TYPICAL_MACS, layers.macs(best[1])))


def layer_text(layer):
    if layer.op == "fully_connected":
        return f"{layer.height} x {layer.c_in} to {layer.c_out}"
    kernel = f"{layer.kernel} x {layer.kernel}" + (f", stride {layer.stride}" if layer.stride > 1 else "")
    channels = f"{layer.c_in} channels" if layer.op == "depthwise" else f"{layer.c_in} to {layer.c_out}"
    return f"{kernel}, {layer.height} x {layer.width}, {channels}"


def page():
    about, times = layers.read_table()
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(2) as pool:
        sizes = dict(zip([u.stem for u in units()], pool.map(lambda u: bytes_of(u, scratch), units())))
    timed = {row for ns in times.values() for row in ns}
    lines = ["# Micro-kernels", "",
             "Written by `benchmarks/costs/document.py`; do not edit. A library holds only those rows that its models select.", "",
             "*Bytes*: code and constants of the object, gcc 12, the flags of `cmake/unit_flags.json`. *Best*, *typical*: multiply-adds of a whole layer as a "
             f"share of the register-only peak of the row's level, one thread ({about['cpu']}; avx2 {about['peak_avx2']}, avx512 {about['peak_avx512']}; "
             "scalar rows against avx2's): of the layer that suits the row best, and the median of the layers of at least "
             f"{TYPICAL_MACS / 1e6:g} million in which it is within 10 % of the fastest of its level. "
             "Layers and times: `benchmarks/results/kernel_costs.csv`. Depthwise and elementwise kernels are bound by loads and stores, not by multiply-adds. "
             "AArch64 rows are judged by modelled cycles: `benchmarks/arm_model`.", "",
             "| row | level | bytes | best | of layer | typical | what it helps |", "|---|---|--:|--:|---|--:|---|"]
    for row, size in sizes.items():
        told = ["", "", ""]
        if row in timed:
            best, layer, typical = shares(row, about, times)
            told = [f"{best:.0%}", layer_text(layer), f"{typical:.0%}"]
        lines.append(f"| `{row}` | {level_of(row)} | {size} | {' | '.join(told)} | {use_of(row)} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    text = page()
    if args.check:
        if PAGE.read_text() != text:
            sys.exit("docs/kernels.md is not what benchmarks/costs/document.py writes: run it")
    else:
        PAGE.write_text(text)


if __name__ == "__main__":
    main()
