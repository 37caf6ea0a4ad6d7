# SPDX-License-Identifier: Apache-2.0
"""Stores a Net as ONNX: NCHW, operators as PyTorch's exporter writes them."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET, IR_VERSION = 17, 8


def save(path, name, nodes, constants, inputs, outputs):
    """`inputs` and `outputs`: name -> shape, float32."""
    info = lambda ports: [helper.make_tensor_value_info(k, TensorProto.FLOAT, v) for k, v in ports.items()]
    graph = helper.make_graph(nodes, name, info(inputs), info(outputs), [numpy_helper.from_array(np.ascontiguousarray(v), k) for k, v in constants.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="adze")
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString())


class Writer:
    def __init__(self, net):
        self.net, self.nodes, self.constants = net, [], {}
        self.names = {net.input: net.input, net.output: "logits"}
        self.flat = set()  # tensors already [1, channels]

    def node(self, op, inputs, output, **attributes):
        self.nodes.append(helper.make_node(op, inputs, [output], output, **attributes))
        return output

    def constant(self, name, value):
        self.constants[name] = value
        return name

    def activate(self, step, x, output):
        if step.activation == "relu6":
            zero, six = self.constant("zero", np.float32(0)), self.constant("six", np.float32(6))
            self.node("Clip", [x, zero, six], output)
        else:
            self.node({"relu": "Relu", "hard_swish": "HardSwish"}[step.activation], [x], output)

    def step(self, s):
        output = self.names.get(s.output, s.output)
        inputs = [self.names.get(i, i) for i in s.inputs]
        raw = output + "_raw" if s.activation else output
        window = dict(kernel_shape=[s.kernel] * 2, strides=[s.stride] * 2, pads=[s.pad] * 4)
        if s.kind in ("conv", "depthwise"):
            w = s.weights.transpose(3, 2, 0, 1) if s.kind == "conv" else s.weights.transpose(2, 0, 1)[:, None]
            groups = 1 if s.kind == "conv" else len(s.bias)
            names = [self.constant(s.output + ".weight", w), self.constant(s.output + ".bias", s.bias)]
            self.node("Conv", inputs + names, raw, group=groups, dilations=[1, 1], **window)
        elif s.kind == "dense":
            if s.inputs[0] not in self.flat:
                inputs = [self.node("Flatten", inputs, s.output + "_flat", axis=1)]
            names = [self.constant(s.output + ".weight", s.weights.T), self.constant(s.output + ".bias", s.bias)]
            self.node("Gemm", inputs + names, raw, alpha=1.0, beta=1.0, transB=1)
            self.flat.add(s.output)
        elif s.kind == "max_pool":
            self.node("MaxPool", inputs, raw, **window)
        elif s.kind == "hard_sigmoid":
            self.node("HardSigmoid", inputs, raw, alpha=1 / 6, beta=0.5)
        elif s.kind == "softmax":
            self.node("Softmax", inputs, raw, axis=-1)
        else:
            self.node({"mean": "GlobalAveragePool", "add": "Add", "multiply": "Mul"}[s.kind], inputs, raw)
        if s.activation:
            self.activate(s, raw, output)


def write(net, path):
    writer = Writer(net)
    for s in net.steps:
        writer.step(s)
    h, w, c = net.shapes[net.input]
    save(path, net.name, writer.nodes, writer.constants, {net.input: [1, c, h, w]}, {"logits": [1, net.shapes[net.output][2]]})
