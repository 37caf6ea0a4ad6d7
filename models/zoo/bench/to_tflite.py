# SPDX-License-Identifier: Apache-2.0
"""Stores a Net as TFLite: NHWC; symmetric padding becomes SAME where that means the same, else PAD and VALID (XNNPACK joins the two)."""
import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as s

ACTIVATIONS = {"": s.ActivationFunctionType.NONE, "relu": s.ActivationFunctionType.RELU, "relu6": s.ActivationFunctionType.RELU6}
TYPES = {"float32": s.TensorType.FLOAT32, "int32": s.TensorType.INT32}


class Writer:
    def __init__(self, net):
        self.net, self.model, self.graph = net, s.ModelT(), s.SubGraphT()
        self.model.version, self.model.description, self.model.buffers, self.model.operatorCodes = 3, net.name, [s.BufferT()], []
        self.graph.tensors, self.graph.operators = [], []
        self.codes, self.ids, self.flat = {}, {}, set()

    def tensor(self, name, shape, data=None, dtype="float32"):
        t = s.TensorT()
        t.name, t.shape, t.type, t.buffer = name, list(shape), TYPES[dtype], 0
        if data is not None:
            buffer = s.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(data, dtype).tobytes(), np.uint8)
            self.model.buffers.append(buffer)
            t.buffer = len(self.model.buffers) - 1
        self.graph.tensors.append(t)
        return len(self.graph.tensors) - 1

    def operator(self, code, inputs, output, options=None, **fields):
        """`options`: the class name of the operator's options without its T."""
        if code not in self.codes:
            c = s.OperatorCodeT()
            c.builtinCode = c.deprecatedBuiltinCode = code
            c.version = 1
            self.codes[code] = len(self.model.operatorCodes)
            self.model.operatorCodes.append(c)
        o = s.OperatorT()
        o.opcodeIndex, o.inputs, o.outputs = self.codes[code], inputs, [output]
        if options:
            o.builtinOptionsType, o.builtinOptions = getattr(s.BuiltinOptions, options), getattr(s, options + "T")()
            for key, value in fields.items():
                setattr(o.builtinOptions, key, value)
        self.graph.operators.append(o)
        return output

    def shape_of(self, name):
        shape = self.net.shapes[name]
        return (1, shape[2]) if name in self.flat else (1, *shape)

    def padded(self, x, step):
        """The input tensor and the padding mode under which the window sees `step.pad` on all sides."""
        h, w, c = self.net.shapes[step.inputs[0]]
        total = max((-(-h // step.stride) - 1) * step.stride + step.kernel - h, 0)
        if step.pad == 0 or total == 2 * step.pad:
            return x, s.Padding.SAME if step.pad else s.Padding.VALID
        # Zero is also right before the max pool: what it reads has passed a rectifier.
        amounts = self.tensor(step.output + "/pads", (4, 2), [[0, 0], [step.pad] * 2, [step.pad] * 2, [0, 0]], "int32")
        y = self.tensor(step.output + "/padded", (1, h + 2 * step.pad, w + 2 * step.pad, c))
        return self.operator(s.BuiltinOperator.PAD, [x, amounts], y, "PadOptions"), s.Padding.VALID

    def step(self, step):
        inputs = [self.ids[i] for i in step.inputs]
        if step.kind == "dense" or step.kind == "softmax":
            self.flat.add(step.output)
        shape = self.shape_of(step.output)
        hard_swish = step.activation == "hard_swish"
        activation = ACTIVATIONS["" if hard_swish else step.activation]
        raw = self.tensor(step.output + ("/raw" if hard_swish else ""), shape)
        constant = lambda suffix, value: self.tensor(step.output + suffix, value.shape, value)
        if step.kind in ("conv", "depthwise"):
            x, padding = self.padded(inputs[0], step)
            window = dict(padding=padding, strideH=step.stride, strideW=step.stride, dilationHFactor=1, dilationWFactor=1)
            if step.kind == "conv":
                names = [constant("/w", step.weights.transpose(3, 0, 1, 2)), constant("/b", step.bias)]
                self.operator(s.BuiltinOperator.CONV_2D, [x] + names, raw, "Conv2DOptions", fusedActivationFunction=activation, **window)
            else:
                names = [constant("/w", step.weights[None]), constant("/b", step.bias)]
                self.operator(s.BuiltinOperator.DEPTHWISE_CONV_2D, [x] + names, raw, "DepthwiseConv2DOptions", depthMultiplier=1,
                              fusedActivationFunction=activation, **window)
        elif step.kind == "dense":
            names = [constant("/w", step.weights.T), constant("/b", step.bias)]
            self.operator(s.BuiltinOperator.FULLY_CONNECTED, inputs + names, raw, "FullyConnectedOptions", fusedActivationFunction=activation)
        elif step.kind == "max_pool":
            x, padding = self.padded(inputs[0], step)
            self.operator(s.BuiltinOperator.MAX_POOL_2D, [x], raw, "Pool2DOptions", padding=padding, strideH=step.stride, strideW=step.stride,
                          filterHeight=step.kernel, filterWidth=step.kernel)
        elif step.kind == "mean":
            axes = self.tensor(step.output + "/axes", (2,), [1, 2], "int32")
            self.operator(s.BuiltinOperator.MEAN, inputs + [axes], raw, "ReducerOptions", keepDims=True)
        elif step.kind == "hard_sigmoid":
            shifted = self.tensor(step.output + "/shifted", shape)
            self.operator(s.BuiltinOperator.ADD, inputs + [constant("/three", np.full(1, 3, np.float32))], shifted, "AddOptions",
                          fusedActivationFunction=ACTIVATIONS["relu6"])
            self.operator(s.BuiltinOperator.MUL, [shifted, constant("/sixth", np.full(1, 1 / 6, np.float32))], raw, "MulOptions")
        elif step.kind == "softmax":
            self.operator(s.BuiltinOperator.SOFTMAX, inputs, raw, "SoftmaxOptions", beta=1.0)
        else:
            code, options = {"add": (s.BuiltinOperator.ADD, "AddOptions"), "multiply": (s.BuiltinOperator.MUL, "MulOptions")}[step.kind]
            self.operator(code, inputs, raw, options, fusedActivationFunction=activation)
        self.ids[step.output] = raw
        if hard_swish:
            self.ids[step.output] = self.operator(s.BuiltinOperator.HARD_SWISH, [raw], self.tensor(step.output, shape), "HardSwishOptions")


def write(net, path):
    writer = Writer(net)
    writer.ids[net.input] = writer.tensor(net.input, (1, *net.shapes[net.input]))
    for step in net.steps:
        writer.step(step)
    writer.graph.inputs, writer.graph.outputs = [writer.ids[net.input]], [writer.ids[net.output]]
    writer.model.subgraphs = [writer.graph]
    builder = flatbuffers.Builder(1 << 20)
    builder.Finish(writer.model.Pack(builder), b"TFL3")
    path.write_bytes(bytes(builder.Output()))
