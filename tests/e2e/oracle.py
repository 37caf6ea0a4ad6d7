# SPDX-License-Identifier: Apache-2.0
"""Small models against outside runtimes: one graph of many nodes, each an output of its own, is converted and run once."""
import pathlib
import subprocess

import numpy as np
from crops import CROPPER

ADZE_RUN = pathlib.Path(CROPPER).parent / "adze-run"


def run_adze(model, inputs, folder):
    """The outputs of the full runtime for a model file and its inputs in order."""
    argv = []
    for i, value in enumerate(inputs):
        np.save(folder / f"in{i}.npy", value)
        argv += ["--input", folder / f"in{i}.npy"]
    subprocess.run([CROPPER, "convert", model, "-o", folder / "model.adze"], check=True, capture_output=True, text=True)
    subprocess.run([ADZE_RUN, folder / "model.adze", *argv, "--output-dir", folder / "out"], check=True, capture_output=True, text=True)
    files = sorted((folder / "out").glob("output_*.npy"), key=lambda p: int(p.stem.split("_")[1]))
    return [np.load(f) for f in files]


class OnnxNodes:
    """A graph of nodes that share inputs. `inputs`: {name: array}; float32 arrays that are not named as constants are fed."""

    def __init__(self, inputs, opset, domains=()):
        self.inputs, self.opset, self.domains = inputs, opset, domains
        self.constants, self.nodes, self.names = {}, [], []

    def constant(self, value):
        name = f"c{len(self.constants)}"
        self.constants[name] = np.asarray(value)
        return name

    def add(self, label, op, inputs, outputs=1, domain="", **attributes):
        """A node whose outputs are the graph's; `label` is what a failure shows."""
        from onnx import helper

        made = [f"y{len(self.names) + i}" for i in range(outputs)]
        self.names += [(name, label) for name in made]
        self.nodes.append(helper.make_node(op, inputs, made, domain=domain, **attributes))

    def save(self, path):
        import onnx
        from onnx import helper, numpy_helper

        types = {"float32": onnx.TensorProto.FLOAT, "int64": onnx.TensorProto.INT64, "int32": onnx.TensorProto.INT32, "bool": onnx.TensorProto.BOOL}
        given = [helper.make_tensor_value_info(n, types[v.dtype.name], v.shape) for n, v in self.inputs.items()]
        made = [onnx.ValueInfoProto(name=n) for n, _ in self.names]
        graph = helper.make_graph(self.nodes, "g", given, made, [numpy_helper.from_array(v, n) for n, v in self.constants.items()])
        sets = [helper.make_opsetid("", self.opset)] + [helper.make_opsetid(d, 1) for d in self.domains]
        onnx.save(helper.make_model(graph, opset_imports=sets, ir_version=8), path)

    def check(self, folder, limit=1e-5):
        """Adze's outputs are onnxruntime's, within `limit` of each output's range."""
        import onnxruntime

        self.save(folder / "model.onnx")
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        want = session.run(None, self.inputs)
        got = run_adze(folder / "model.onnx", list(self.inputs.values()), folder)
        wrong = [label for (_, label), g, w in zip(self.names, got, want, strict=True) if not agrees(g, w, limit)]
        assert not wrong, f"{len(wrong)} of {len(want)} differ: {wrong}"


def agrees(got, want, limit):
    if got.shape != want.shape or got.dtype != want.dtype:
        return False
    if want.dtype != np.float32:
        return np.array_equal(got, want)
    span = np.nanmax(want, initial=0) - np.nanmin(want, initial=0)
    return np.allclose(got, want, rtol=limit, atol=limit * max(1.0, float(span)), equal_nan=True)
