#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the two small models of the quickstart and writes them beside this script.

Data: the handwritten digits that ship with scikit-learn (1,797 pictures of 8 x 8, values 0..16; UCI Optical Recognition of
Handwritten Digits, CC BY 4.0). Every fifth picture is held out. Training is plain numpy with a fixed seed.

  digits_cnn.tflite   conv 3x3 + depthwise 3x3 stride 2 + conv 1x1 + fully connected + softmax, NHWC
  digits_net.onnx     conv 3x3 + max pool, twice, + Gemm + softmax, NCHW
  manifest.json       inputs, sizes, hashes and the held-out accuracy of the files as written

Needs numpy, scikit-learn, onnx, flatbuffers and ai-edge-litert (for its TFLite schema classes); see requirements.txt.
"""
import hashlib
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
SEED = 20


# ---- layers: each has forward(x) and backward(dy), and lists its parameters with their gradients ----


class Conv:
    """NHWC convolution with explicit padding; `depthwise` applies one filter a channel."""

    def __init__(self, rng, cin, cout, size, stride=1, pad=(0, 0), depthwise=False):
        fan_in = size * size * (1 if depthwise else cin)
        self.shape = (size, size, cin) if depthwise else (size, size, cin, cout)
        self.w = rng.normal(0, np.sqrt(2 / fan_in), self.shape).astype(np.float32)
        self.b = np.zeros(cin if depthwise else cout, np.float32)
        self.size, self.stride, self.pad, self.depthwise = size, stride, pad, depthwise

    def windows(self, x):
        lo, hi = self.pad
        x = np.pad(x, ((0, 0), (lo, hi), (lo, hi), (0, 0)))
        self.padded = x.shape
        v = np.lib.stride_tricks.sliding_window_view(x, (self.size, self.size), axis=(1, 2))
        return v[:, :: self.stride, :: self.stride]  # [N, Ho, Wo, C, kh, kw]

    def forward(self, x):
        self.v = self.windows(x)
        spec = "nhwckl,klc->nhwc" if self.depthwise else "nhwckl,klco->nhwo"
        return np.einsum(spec, self.v, self.w, optimize=True) + self.b

    def backward(self, dy):
        spec = "nhwckl,nhwc->klc" if self.depthwise else "nhwckl,nhwo->klco"
        self.dw = np.einsum(spec, self.v, dy, optimize=True)
        self.db = dy.sum((0, 1, 2))
        spec = "nhwc,klc->nhwckl" if self.depthwise else "nhwo,klco->nhwckl"
        dv = np.einsum(spec, dy, self.w, optimize=True)
        dx = np.zeros(self.padded, np.float32)
        _, ho, wo = dv.shape[:3]
        for k in range(self.size):
            for l in range(self.size):
                rows = slice(k, k + ho * self.stride, self.stride)
                cols = slice(l, l + wo * self.stride, self.stride)
                dx[:, rows, cols] += dv[..., k, l]
        lo, hi = self.pad
        return dx[:, lo : dx.shape[1] - hi, lo : dx.shape[2] - hi]

    def parameters(self):
        return [(self.w, self.dw), (self.b, self.db)]


class Relu:
    def forward(self, x):
        self.on = x > 0
        return x * self.on

    def backward(self, dy):
        return dy * self.on

    def parameters(self):
        return []


class MaxPool2:
    def forward(self, x):
        n, h, w, c = x.shape
        v = x.reshape(n, h // 2, 2, w // 2, 2, c)
        y = v.max((2, 4))
        self.on = v == y[:, :, None, :, None, :]
        return y

    def backward(self, dy):
        d = self.on * dy[:, :, None, :, None, :]
        n, h, _, w, _, c = d.shape
        return d.reshape(n, h * 2, w * 2, c)

    def parameters(self):
        return []


class Dense:
    """Flattens in NCHW order if `nchw`, else in NHWC order."""

    def __init__(self, rng, cin, cout, nchw):
        self.w = rng.normal(0, np.sqrt(1 / cin), (cin, cout)).astype(np.float32)
        self.b = np.zeros(cout, np.float32)
        self.nchw = nchw

    def forward(self, x):
        self.shape = x.shape
        self.x = (x.transpose(0, 3, 1, 2) if self.nchw else x).reshape(len(x), -1)
        return self.x @ self.w + self.b

    def backward(self, dy):
        self.dw, self.db = self.x.T @ dy, dy.sum(0)
        dx = dy @ self.w.T
        n, h, w, c = self.shape
        return dx.reshape(n, c, h, w).transpose(0, 2, 3, 1) if self.nchw else dx.reshape(self.shape)

    def parameters(self):
        return [(self.w, self.dw), (self.b, self.db)]


def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def train(layers, x, t, rng, epochs=40, batch=64, rate=2e-3):
    """Adam on the cross entropy."""
    moments = {}
    step = 0
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for at in range(0, len(x), batch):
            rows = order[at : at + batch]
            y = x[rows]
            for layer in layers:
                y = layer.forward(y)
            d = softmax(y)
            d[np.arange(len(rows)), t[rows]] -= 1
            d = (d / len(rows)).astype(np.float32)
            for layer in reversed(layers):
                d = layer.backward(d)
            step += 1
            for i, layer in enumerate(layers):
                for j, (p, g) in enumerate(layer.parameters()):
                    m, v = moments.get((i, j), (0, 0))
                    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
                    moments[i, j] = m, v
                    p -= (rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)).astype(np.float32)


# ---- writers ----


def write_tflite(path, layers):
    import flatbuffers
    from ai_edge_litert import schema_py_generated as s

    conv, _, dw, _, point, _, dense = layers
    model, graph = s.ModelT(), s.SubGraphT()
    model.version, model.description = 3, "handwritten digits"
    model.buffers, graph.tensors, graph.operators, model.operatorCodes = [s.BufferT()], [], [], []
    codes = {}

    def tensor(name, shape, data=None):
        t = s.TensorT()
        t.name, t.shape, t.type, t.buffer = name, list(shape), s.TensorType.FLOAT32, 0
        if data is not None:
            buffer = s.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(data, np.float32).tobytes(), np.uint8)
            model.buffers.append(buffer)
            t.buffer = len(model.buffers) - 1
        graph.tensors.append(t)
        return len(graph.tensors) - 1

    def operator(code, version, inputs, output, kind, options):
        if code not in codes:
            c = s.OperatorCodeT()
            c.builtinCode = c.deprecatedBuiltinCode = code
            c.version = version
            codes[code] = len(model.operatorCodes)
            model.operatorCodes.append(c)
        o = s.OperatorT()
        o.opcodeIndex, o.inputs, o.outputs = codes[code], inputs, [output]
        o.builtinOptionsType, o.builtinOptions = kind, options
        graph.operators.append(o)
        return output

    def conv_options(cls, stride, **more):
        o = cls()
        o.padding, o.strideH, o.strideW = s.Padding.SAME, stride, stride
        o.fusedActivationFunction = s.ActivationFunctionType.RELU
        o.dilationHFactor = o.dilationWFactor = 1
        for key, value in more.items():
            setattr(o, key, value)
        return o

    x = tensor("picture", (1, 8, 8, 1))
    graph.inputs = [x]
    x = operator(s.BuiltinOperator.CONV_2D, 1,
                 [x, tensor("conv/w", (8, 3, 3, 1), conv.w.transpose(3, 0, 1, 2)), tensor("conv/b", (8,), conv.b)],
                 tensor("conv", (1, 8, 8, 8)), s.BuiltinOptions.Conv2DOptions, conv_options(s.Conv2DOptionsT, 1))
    x = operator(s.BuiltinOperator.DEPTHWISE_CONV_2D, 1,
                 [x, tensor("depthwise/w", (1, 3, 3, 8), dw.w[None]), tensor("depthwise/b", (8,), dw.b)],
                 tensor("depthwise", (1, 4, 4, 8)), s.BuiltinOptions.DepthwiseConv2DOptions,
                 conv_options(s.DepthwiseConv2DOptionsT, 2, depthMultiplier=1))
    x = operator(s.BuiltinOperator.CONV_2D, 1,
                 [x, tensor("point/w", (24, 1, 1, 8), point.w.transpose(3, 0, 1, 2)), tensor("point/b", (24,), point.b)],
                 tensor("point", (1, 4, 4, 24)), s.BuiltinOptions.Conv2DOptions, conv_options(s.Conv2DOptionsT, 1))
    dense_options = s.FullyConnectedOptionsT()
    x = operator(s.BuiltinOperator.FULLY_CONNECTED, 1,
                 [x, tensor("dense/w", (10, 384), dense.w.T), tensor("dense/b", (10,), dense.b)],
                 tensor("dense", (1, 10)), s.BuiltinOptions.FullyConnectedOptions, dense_options)
    softmax_options = s.SoftmaxOptionsT()
    softmax_options.beta = 1.0
    x = operator(s.BuiltinOperator.SOFTMAX, 1, [x], tensor("digit", (1, 10)), s.BuiltinOptions.SoftmaxOptions, softmax_options)
    graph.outputs, model.subgraphs = [x], [graph]
    builder = flatbuffers.Builder(1 << 16)
    builder.Finish(model.Pack(builder), b"TFL3")
    path.write_bytes(bytes(builder.Output()))


def write_onnx(path, layers):
    import onnx
    from onnx import helper, numpy_helper

    conv1, _, _, conv2, _, _, dense = layers
    weights = {
        "w1": conv1.w.transpose(3, 2, 0, 1), "b1": conv1.b,
        "w2": conv2.w.transpose(3, 2, 0, 1), "b2": conv2.b,
        "w3": dense.w, "b3": dense.b,
    }
    pool = {"kernel_shape": [2, 2], "strides": [2, 2]}
    nodes = [
        helper.make_node("Conv", ["picture", "w1", "b1"], ["c1"], "conv1", kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["c1"], ["r1"], "relu1"),
        helper.make_node("MaxPool", ["r1"], ["p1"], "pool1", **pool),
        helper.make_node("Conv", ["p1", "w2", "b2"], ["c2"], "conv2", kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["c2"], ["r2"], "relu2"),
        helper.make_node("MaxPool", ["r2"], ["p2"], "pool2", **pool),
        helper.make_node("Flatten", ["p2"], ["f"], "flatten", axis=1),
        helper.make_node("Gemm", ["f", "w3", "b3"], ["logits"], "dense"),
        helper.make_node("Softmax", ["logits"], ["digit"], "softmax", axis=1),
    ]
    graph = helper.make_graph(
        nodes, "digits_net",
        [helper.make_tensor_value_info("picture", onnx.TensorProto.FLOAT, [1, 1, 8, 8])],
        [helper.make_tensor_value_info("digit", onnx.TensorProto.FLOAT, [1, 10])],
        [numpy_helper.from_array(np.ascontiguousarray(v, np.float32), k) for k, v in weights.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="adze")
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def accuracy(path, x, t):
    """Held-out accuracy of the file itself, run by its format's own runtime."""
    if path.suffix == ".onnx":
        import onnxruntime

        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        answers = [session.run(None, {"picture": p[None].transpose(0, 3, 1, 2)})[0].argmax() for p in x]
    else:
        from ai_edge_litert.interpreter import Interpreter

        interpreter = Interpreter(str(path))
        interpreter.allocate_tensors()
        i, o = interpreter.get_input_details()[0]["index"], interpreter.get_output_details()[0]["index"]
        answers = []
        for p in x:
            interpreter.set_tensor(i, p[None])
            interpreter.invoke()
            answers.append(interpreter.get_tensor(o).argmax())
    return float(np.mean(np.array(answers) == t))


def main():
    from sklearn.datasets import load_digits

    digits = load_digits()
    x = (digits.images / 16).astype(np.float32)[..., None]
    t = digits.target
    held_out = np.arange(len(x)) % 5 == 0
    rng = np.random.default_rng(SEED)

    cnn = [Conv(rng, 1, 8, 3, pad=(1, 1)), Relu(), Conv(rng, 8, 8, 3, stride=2, pad=(0, 1), depthwise=True), Relu(),
           Conv(rng, 8, 24, 1), Relu(), Dense(rng, 384, 10, nchw=False)]
    net = [Conv(rng, 1, 8, 3, pad=(1, 1)), Relu(), MaxPool2(), Conv(rng, 8, 16, 3, pad=(1, 1)), Relu(), MaxPool2(),
           Dense(rng, 64, 10, nchw=True)]
    entries = []
    for name, layers, write, shape in (("digits_cnn.tflite", cnn, write_tflite, [1, 8, 8, 1]),
                                       ("digits_net.onnx", net, write_onnx, [1, 1, 8, 8])):
        train(layers, x[~held_out], t[~held_out], rng)
        write(HERE / name, layers)
        data = (HERE / name).read_bytes()
        entries.append({
            "file": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(),
            "input": {"name": "picture", "dtype": "float32", "shape": shape, "values": "0 (white) to 1 (black)"},
            "output": {"name": "digit", "dtype": "float32", "shape": [1, 10], "values": "probability of each digit"},
            "held_out_pictures": int(held_out.sum()),
            "held_out_accuracy": round(accuracy(HERE / name, x[held_out], t[held_out]), 4),
        })
        print(entries[-1])
    manifest = {
        "made_by": "train.py",
        "data": "scikit-learn load_digits (UCI Optical Recognition of Handwritten Digits, CC BY 4.0)",
        "licence": "Apache-2.0",
        "models": entries,
    }
    (HERE / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
