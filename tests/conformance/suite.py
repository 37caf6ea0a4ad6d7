# SPDX-License-Identifier: Apache-2.0
"""The cases of ONNX's backend suite, which of them are not ours to run, and which inputs Adze wants to know when a model is imported."""
import dataclasses
import pathlib

import numpy as np
import onnx
from onnx import numpy_helper
from onnx.backend.test.loader import load_model_tests

# "real" is left out: its models are downloads.
KINDS = ["node", "pytorch-converted", "pytorch-operator", "simple"]

CONTROL_FLOW = {"If", "Loop", "Scan"}
LOSSES = {"NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss"}
TRAINING_DOMAINS = {"ai.onnx.preview.training", "ai.onnx.training"}
QUANTIZATION = {"QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "ConvInteger", "MatMulInteger", "QLinearConv", "QLinearMatMul"}


def is_training(node):
    modes = [a for a in node.attribute if a.name == "training_mode" and a.i != 0]
    # Since opset 12 the mode of Dropout is an input; the suite gives it only to switch training on.
    drops = node.op_type == "Dropout" and len(node.input) > 2 and node.input[2] != ""
    return node.op_type in LOSSES or node.domain in TRAINING_DOMAINS or bool(modes) or drops


# The rules of exclusion, in order: the first that holds of a model names the kind. (nodes, types) -> bool; types are those of the graph's inputs
# and outputs.
RULES = [
    ("training", lambda nodes, types: any(is_training(n) for n in nodes)),
    ("strings", lambda nodes, types: any(t.tensor_type.elem_type == onnx.TensorProto.STRING for t in types)),
    ("sequences", lambda nodes, types: any(t.WhichOneof("value") != "tensor_type" for t in types)),
    ("sequences", lambda nodes, types: any("Sequence" in n.op_type or "Optional" in n.op_type for n in nodes)),
    ("control flow", lambda nodes, types: any(n.op_type in CONTROL_FLOW for n in nodes)),
    ("quantization", lambda nodes, types: any(n.op_type in QUANTIZATION for n in nodes)),
]

# The suite feeds everything as an input, so as to test kernels. Exporters write these as constants, and Adze plans and packs by them on the
# build machine: where a model is refused for one of them, it is tried once more with the case's own values as constants. By op: which inputs.
SHAPES = {
    "AffineGrid": [1],
    "BlackmanWindow": [0],
    "CenterCropPad": [1],
    "Clip": [1, 2],
    "Col2Im": [1, 2],
    "Compress": [1],
    "ConstantOfShape": [0],
    "CumSum": [1],
    "DFT": [1, 2],
    "Dropout": [1, 2],
    "Expand": [1],
    "HammingWindow": [0],
    "HannWindow": [0],
    "MelWeightMatrix": [0, 1, 2, 3, 4],
    "MaxUnpool": [2],
    "OneHot": [1, 2],
    "Pad": [1, 2, 3],
    "Range": [0, 1, 2],
    "Reshape": [1],
    "Resize": [1, 2, 3],
    "STFT": [1, 3],
    "Slice": [1, 2, 3, 4],
    "Split": [1],
    "Squeeze": [1],
    "Tile": [1],
    "TopK": [1],
    "Trilu": [1],
    "Unsqueeze": [1],
    "Upsample": [1],
    **{f"Reduce{what}": [1] for what in ["L1", "L2", "LogSum", "LogSumExp", "Max", "Mean", "Min", "Prod", "Sum", "SumSquare"]},
}
WEIGHTS = {
    "BatchNormalization": [1, 2, 3, 4],
    "Conv": [1, 2],
    "ConvTranspose": [1, 2],
    "GRU": [1, 2, 3],
    "Gemm": [1, 2],
    "GroupNormalization": [1, 2],
    "InstanceNormalization": [1, 2],
    "LSTM": [1, 2, 3, 7],
    "LayerNormalization": [1, 2],
    "PRelu": [1],
    "RNN": [1, 2, 3],
}


@dataclasses.dataclass
class Case:
    kind: str
    name: str
    folder: pathlib.Path
    rtol: float
    atol: float

    def model(self):
        return onnx.load(self.folder / "model.onnx")

    def data_sets(self):
        """[(inputs, outputs)] as arrays."""
        return [(read_arrays(d, "input"), read_arrays(d, "output")) for d in sorted(self.folder.glob("test_data_set_*"))]


def read_arrays(folder, what):
    files = sorted(folder.glob(f"{what}_*.pb"), key=lambda p: int(p.stem.split("_")[1]))
    return [numpy_helper.to_array(onnx.load_tensor(f)) for f in files]


# NumPy has no name for it, so the suite stores its bits as uint16, and adze-run takes and writes two bytes.
BFLOAT16 = np.dtype("V2")


def as_declared(arrays, infos):
    """Values in the dtype of the model's inputs or outputs."""
    pairs = zip(arrays, infos)
    return [a.view(BFLOAT16) if v.type.tensor_type.elem_type == onnx.TensorProto.BFLOAT16 else a for a, v in pairs]


def numbers(array):
    """Of any dtype, to be compared."""
    return (array.view("<u2").astype("<u4") << 16).view("<f4") if array.dtype == BFLOAT16 else array


def cases():
    found = [Case(kind, t.name, pathlib.Path(t.model_dir), t.rtol, t.atol) for kind in KINDS for t in load_model_tests(kind=kind) if t.model_dir]
    return sorted(found, key=lambda c: (KINDS.index(c.kind), c.name))


def exclusion(model):
    """The kind of exclusion, or None."""
    nodes = [n for n in model.graph.node] + [n for f in model.functions for n in f.node]
    types = [v.type for v in list(model.graph.input) + list(model.graph.output)]
    return next((kind for kind, holds in RULES if holds(nodes, types)), None)


def fed(model):
    """The graph's inputs that get data: IR versions before 4 list constants among them."""
    stored = {t.name for t in model.graph.initializer}
    return [v for v in model.graph.input if v.name not in stored]


def known_at_import(model):
    """Positions among the fed inputs of those that Adze wants as constants, and of those that these are computed from (not from their shapes)."""
    names = {n.input[i] for n in model.graph.node for table in (SHAPES, WEIGHTS) for i in table.get(n.op_type, []) if i < len(n.input)}
    for n in reversed(model.graph.node):
        if names.intersection(n.output) and n.op_type not in ("Shape", "Size"):
            names.update(n.input)
    return [i for i, v in enumerate(fed(model)) if v.name in names]


def with_constants(model, inputs, positions):
    """A copy of the model in which these inputs are constants."""
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    values = {fed(model)[i].name: inputs[i] for i in positions}
    changed.graph.initializer.extend(numpy_helper.from_array(np.asarray(v), name) for name, v in values.items())
    kept = [v for v in model.graph.input if v.name not in values]
    del changed.graph.input[:]
    changed.graph.input.extend(kept)
    return changed
