#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the models every engine is timed on: known architectures with seeded random weights, which is fine for time.

  models/zoo/bench/make.py OUT

writes NAME.onnx, for the convolutional ones also NAME.tflite with the same weights, and macs.json (multiply-accumulates of each, by the definition of its
layers). What is there already is kept. Needs the packages of requirements.txt.
"""
import argparse
import json
import pathlib

import architectures
import sequences
import to_onnx
import to_tflite


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    macs = {}
    for net in architectures.networks():
        for write, suffix in ((to_onnx.write, ".onnx"), (to_tflite.write, ".tflite")):
            path = out / (net.name + suffix)
            if not path.exists():
                part = path.with_suffix(".part")
                write(net, part)
                part.rename(path)
        macs[net.name] = net.macs()
    for name, write in sequences.SEQUENCES.items():
        part = out / (name + ".part")
        macs[name] = write(part)
        part.rename(out / (name + ".onnx"))
    (out / "macs.json").write_text(json.dumps(macs, indent=2) + "\n")
    for name, n in macs.items():
        print(f"{name}: {n / 1e6:.1f} MMAC")


if __name__ == "__main__":
    main()
