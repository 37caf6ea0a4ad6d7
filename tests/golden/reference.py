# SPDX-License-Identifier: Apache-2.0
"""Inputs and outside references of the real models: what other runtimes answer to the same bits."""
import json
import pathlib

import numpy as np


def lcg(shape, dtype, seed=12345, lo=-1.0, hi=1.0):
    """The documented generator: x = 1664525 x + 1013904223 mod 2^32, u = (x >>> 8) / 2^24, value lo + (hi - lo) u in float32."""
    n = int(np.prod(shape))
    u = np.empty(n, np.float64)
    x = seed
    for i in range(n):
        x = (1664525 * x + 1013904223) & 0xFFFFFFFF
        u[i] = (x >> 8) / 2**24
    if np.issubdtype(np.dtype(dtype), np.integer):
        return (lo + np.floor(u * (hi - lo + 1))).astype(dtype).reshape(shape)
    return (lo + (hi - lo) * u).astype(np.float32).astype(dtype).reshape(shape)


class OnnxGolden:
    """Stored answers of ONNX Runtime for one model; outputs over 1 MiB are stored as their first 64 values."""

    def __init__(self, models: pathlib.Path, name: str):
        entries = json.loads((models / "golden/golden_onnx.json").read_text())["models"]
        self.entry = next(e for e in entries if e["name"] == name)
        self.folder = models / "golden"

    def inputs(self):
        return [self._input(i) for i in self.entry["inputs"]]

    def _input(self, i):
        if "file" in i:
            return np.fromfile(self.folder / i["file"], i["dtype"]).reshape(i["shape"])
        g = i["generate"]
        if "value" in g:
            return np.full(i["shape"], g["value"], i["dtype"])
        return lcg(i["shape"], i["dtype"], g["lcg_seed"], g["lo"], g["hi"])

    def outputs(self):
        """(values, count): the first `count` values of each flattened output."""
        for o in self.entry["outputs"]:
            if "file" in o:
                values = np.fromfile(self.folder / o["file"], o["dtype"])
            else:
                values = np.array(next(o[k] for k in ("first", "first64", "head", "values") if k in o)).astype(o["dtype"])
            yield values, o["shape"]


def tflite_reference(path, inputs):
    """Outputs of the TFLite reference kernels (no delegate) for `inputs`, in the model's output order."""
    from ai_edge_litert.interpreter import Interpreter, OpResolverType

    interpreter = Interpreter(str(path), experimental_op_resolver_type=OpResolverType.BUILTIN_REF)
    interpreter.allocate_tensors()
    for detail, value in zip(interpreter.get_input_details(), inputs):
        interpreter.set_tensor(detail["index"], value)
    interpreter.invoke()
    return [interpreter.get_tensor(d["index"]) for d in interpreter.get_output_details()]


def tflite_inputs(path):
    from ai_edge_litert.interpreter import Interpreter

    # Integers of 32 bits and more are places in tables: none is below 0.
    ranges = {np.int8: (-128, 127), np.int32: (0, 7), np.int64: (0, 7)}
    details = Interpreter(str(path)).get_input_details()
    return [lcg(d["shape"], d["dtype"], 12345, *ranges.get(d["dtype"], (-1, 1))) for d in details]


def range_error(got, want):
    """Largest difference over the range of the reference."""
    got, want = got.astype(np.float64).ravel(), want.astype(np.float64).ravel()
    assert np.isfinite(got).all() and np.isfinite(want).all()
    span = max(want.max() - want.min(), 1e-30)
    return np.abs(got[: len(want)] - want).max() / span
