# SPDX-License-Identifier: Apache-2.0
"""LSTM, GRU, RNN and SVDF of both formats against their own runtimes: one model of many layers each, made here, every option in some layer."""
import pathlib

import numpy as np
import onnx
import pytest
import tflite_recurrent
from crops import CROPPER, WORK, run
from onnx import TensorProto, helper, numpy_helper

ADZE_RUN = pathlib.Path(CROPPER).parent / "adze-run"
STEPS, BATCH, INPUTS, HIDDEN = 5, 3, 4, 6
GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}

# name: (op, attributes, inputs beyond X, W and R). lens: two of three sequences are short; full_lens: all have all steps.
LAYERS = {
    "lstm_plain": ("LSTM", {}, "b"),
    "lstm_no_bias": ("LSTM", {}, ""),
    "lstm_gate_order_and_final_cell": ("LSTM", {}, "b h c"),
    "lstm_only_h": ("LSTM", {}, "b h"),
    "lstm_reverse": ("LSTM", {"direction": "reverse"}, "b h c"),
    "lstm_both": ("LSTM", {"direction": "bidirectional"}, "b h c"),
    "lstm_both_with_lengths": ("LSTM", {"direction": "bidirectional"}, "b lens h c"),
    "lstm_reverse_with_lengths": ("LSTM", {"direction": "reverse"}, "b lens"),
    "lstm_full_lengths": ("LSTM", {}, "b full_lens"),
    "lstm_peepholes": ("LSTM", {}, "b p"),
    "lstm_peepholes_both": ("LSTM", {"direction": "bidirectional"}, "b lens h c p"),
    "lstm_clip": ("LSTM", {"clip": 0.3}, "b p"),
    "lstm_input_forget": ("LSTM", {"input_forget": 1}, "b h c p"),
    "lstm_functions": ("LSTM", {"activations": ["HardSigmoid", "Softsign", "ScaledTanh"], "activation_alpha": [0.3, 0.7], "activation_beta": [0.4, 1.2]}, "b"),
    "lstm_more_functions": ("LSTM", {"activations": ["Affine", "Relu", "Softplus"], "activation_alpha": [0.2], "activation_beta": [0.1]}, "b"),
    "lstm_functions_both": ("LSTM", {"direction": "bidirectional", "activations": ["Sigmoid", "Elu", "Tanh", "Sigmoid", "LeakyRelu", "Relu"],
                                     "activation_alpha": [0.6, 0.2]}, "b"),
    "gru_plain": ("GRU", {}, "b"),
    "gru_linear_before_reset": ("GRU", {"linear_before_reset": 1}, "b h"),
    "gru_both": ("GRU", {"direction": "bidirectional"}, "b h"),
    "gru_both_with_lengths": ("GRU", {"direction": "bidirectional", "linear_before_reset": 1}, "b lens h"),
    "gru_reverse_with_lengths": ("GRU", {"direction": "reverse"}, "b lens"),
    "gru_clip": ("GRU", {"clip": 0.3, "linear_before_reset": 1}, "b"),
    "gru_functions": ("GRU", {"activations": ["HardSigmoid", "ThresholdedRelu"], "activation_alpha": [0.3, 0.1], "activation_beta": [0.4]}, "b h"),
    "rnn_plain": ("RNN", {}, "b"),
    "rnn_both_with_lengths": ("RNN", {"direction": "bidirectional"}, "b lens h"),
    "rnn_reverse_relu": ("RNN", {"direction": "reverse", "activations": ["Relu"]}, "b h"),
    "rnn_clip": ("RNN", {"clip": 0.3}, "b"),
}


def onnx_model(path):
    """All layers on one input; what each gives is an output."""
    random = np.random.default_rng(5)
    values, nodes, outputs = {}, [], []

    def constant(name, shape):
        values[name] = random.uniform(-1, 1, shape).astype(np.float32)
        return name

    for name, (op, attributes, more) in LAYERS.items():
        directions, gates = 2 if attributes.get("direction") == "bidirectional" else 1, GATES[op]
        inputs = ["x", constant(name + "_w", (directions, gates * HIDDEN, INPUTS)),
                  constant(name + "_r", (directions, gates * HIDDEN, HIDDEN)), "", "", "", "", ""]
        for kind in more.split():
            if kind == "b":
                inputs[3] = constant(name + "_b", (directions, 2 * gates * HIDDEN))
            elif kind.endswith("lens"):
                inputs[4] = kind
            elif kind == "p":
                inputs[7] = constant(name + "_p", (directions, 3 * HIDDEN))
            else:
                inputs[{"h": 5, "c": 6}[kind]] = constant(f"{name}_{kind}0", (directions, BATCH, HIDDEN))
        while not inputs[-1]:
            inputs.pop()
        made = [f"{name}_{what}" for what in ("Y", "Yh", "Yc")[:3 if op == "LSTM" and name != "lstm_plain" else 2]]
        outputs += made
        nodes.append(helper.make_node(op, inputs, made, name=name, hidden_size=HIDDEN, **attributes))
    values["full_lens"] = np.full(BATCH, STEPS, np.int32)
    graph = helper.make_graph(
        nodes, "recurrent",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, (STEPS, BATCH, INPUTS)), helper.make_tensor_value_info("lens", TensorProto.INT32, (BATCH,))],
        [helper.make_tensor_value_info(o, TensorProto.FLOAT, None) for o in outputs], [numpy_helper.from_array(v, n) for n, v in values.items()])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8), path)
    return outputs


def run_adze(path, inputs, folder, *more):
    run(CROPPER, "convert", path, "-o", folder / "model.adze", "--quiet")
    argv = []
    for i, value in enumerate(inputs):
        np.save(folder / f"in{i}.npy", value)
        argv += ["--input", folder / f"in{i}.npy"]
    run(ADZE_RUN, folder / "model.adze", *argv, "--output-dir", folder / "out", *more)
    return [np.load(folder / "out" / f"output_{i}.npy") for i in range(len(list((folder / "out").glob("output_*.npy"))))]


def check(names, got, want):
    assert len(got) == len(want)
    wrong = [f"{n}: {g.shape} off by {np.abs(g - w).max() if g.shape == w.shape else w.shape}" for n, g, w in zip(names, got, want)
             if g.shape != w.shape or np.abs(g - w).max() > 2e-6 * max(1, np.abs(w).max())]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("lengths", [(5, 2, 1), (5, 5, 5)])
def test_onnx_layers(tmp_path, lengths):
    import onnxruntime

    outputs = onnx_model(tmp_path / "model.onnx")
    random = np.random.default_rng(9)
    inputs = {"x": random.uniform(-2, 2, (STEPS, BATCH, INPUTS)).astype(np.float32), "lens": np.array(lengths, np.int32)}
    want = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"]).run(outputs, inputs)
    check(outputs, run_adze(tmp_path / "model.onnx", list(inputs.values()), tmp_path), want)


def test_tflite_layers(tmp_path):
    """A fresh interpreter: its states are zeros, as ours are in every run."""
    from ai_edge_litert.interpreter import Interpreter

    random = np.random.default_rng(9)
    for name, content in tflite_recurrent.models():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "model.tflite").write_bytes(content)
        interpreter = Interpreter(model_path=str(folder / "model.tflite"))
        interpreter.allocate_tensors()
        inputs = []
        for detail in interpreter.get_input_details():
            inputs.append(random.uniform(-2, 2, detail["shape"]).astype(np.float32))
            interpreter.set_tensor(detail["index"], inputs[-1])
        interpreter.invoke()
        want = [interpreter.get_tensor(d["index"]) for d in interpreter.get_output_details()]
        check([name] * len(want), run_adze(folder / "model.tflite", inputs, folder), want)
