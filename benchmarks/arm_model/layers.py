# SPDX-License-Identifier: Apache-2.0
"""The layers that the gate judges: shapes of MobileNetV1/V2 and ResNet-18, each a model of its own, pictures stored [N, H, W, C].

Channels, kernels and strides are the networks' own: they decide what share of a layer its inner loops are. Where a layer has more pixels than the
emulator runs in a second, it is given fewer rows of them; the loops inside a row stay as they are.
"""
import dataclasses

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


@dataclasses.dataclass(frozen=True)
class Layer:
    name: str
    op: str  # "conv", "depthwise", "add", "clamp"
    size: tuple  # rows, columns, channels of the input
    out: int = 0  # output channels
    kernel: int = 1
    stride: int = 1
    # Floors, on each core: what the whole layer reaches of the multiply-add peak with everything it executes counted, and, where loads and stores bind the
    # hot loops instead, what a loop's vector instructions take of its time. Raise them when the code gets better.
    whole: float = 0.0
    vector: float = 0.0
    # What all loops of a convolution must reach together.
    looping: float = 0.95

    @property
    def extent(self):
        """Rows and columns of the output."""
        pad = self.kernel // 2
        return [(n + 2 * pad - self.kernel) // self.stride + 1 for n in self.size[:2]]

    @property
    def multiply_adds(self):
        """What the layer's definition asks for: padded positions included, padded tiles not."""
        if self.op not in ("conv", "depthwise"):
            return 0
        rows, columns = self.extent
        return rows * columns * self.out * self.kernel**2 * (self.size[2] if self.op == "conv" else 1)

    @property
    def executed_at_least(self):
        """Of those, without the rows of a convolution's kernel above and below the picture."""
        if self.op != "conv":
            return self.multiply_adds
        rows, pad = self.extent[0], self.kernel // 2
        inside = sum(0 <= row * self.stride - pad + i < self.size[0] for row in range(rows) for i in range(self.kernel))
        return self.multiply_adds * inside // (rows * self.kernel)


LAYERS = [
    Layer("conv3x3_64_resnet18", "conv", (14, 56, 64), 64, 3, whole=1.00),
    Layer("conv3x3_s2_128_resnet18", "conv", (16, 28, 128), 256, 3, 2, whole=0.96),
    Layer("conv3x3_512_resnet18", "conv", (7, 7, 512), 128, 3, whole=1.00),
    Layer("conv3x3_s2_stem_mobilenet", "conv", (32, 224, 3), 32, 3, 2, whole=0.71),
    Layer("conv1x1_32_64_mobilenet_v1", "conv", (16, 112, 32), 64, whole=0.79),
    Layer("conv1x1_256_mobilenet_v1", "conv", (14, 28, 256), 256, whole=0.94),
    Layer("conv1x1_512_mobilenet_v1", "conv", (7, 14, 512), 512, whole=0.94),
    Layer("conv1x1_24_144_mobilenet_v2", "conv", (14, 56, 24), 144, whole=0.75),
    Layer("conv1x1_144_24_mobilenet_v2", "conv", (28, 56, 144), 24, whole=0.69),
    Layer("depthwise3x3_128_mobilenet_v1", "depthwise", (28, 56, 128), 128, 3, whole=0.45, vector=0.79),
    Layer("depthwise3x3_s2_128_mobilenet_v1", "depthwise", (29, 56, 128), 128, 3, 2, whole=0.31, vector=0.56),
    Layer("depthwise3x3_144_mobilenet_v2", "depthwise", (28, 56, 144), 144, 3, whole=0.45, vector=0.79),
    Layer("add_64_resnet18", "add", (28, 56, 64), vector=0.62),
    Layer("clamp_96_mobilenet_v2", "clamp", (28, 56, 96), vector=0.69),
]


def constant(rng, name, shape):
    return numpy_helper.from_array(rng.uniform(-1, 1, shape).astype(np.float32), name)


def model_of(layer):
    """The ONNX model of one layer. Its input and output are stored as the layer computes them, so that the transposes around it are only views."""
    rng = np.random.default_rng(1)
    rows, columns, channels = layer.size
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, rows, columns, channels])]
    nodes, constants = [], []
    if layer.op in ("conv", "depthwise"):
        groups = channels if layer.op == "depthwise" else 1
        pad = layer.kernel // 2
        constants += [constant(rng, "w", (layer.out, channels // groups, layer.kernel, layer.kernel)), constant(rng, "b", (layer.out,))]
        constants += [numpy_helper.from_array(np.float32(0), "lo"), numpy_helper.from_array(np.float32(6), "hi")]
        nodes += [
            helper.make_node("Transpose", ["x"], ["nchw"], perm=[0, 3, 1, 2]),
            helper.make_node("Conv", ["nchw", "w", "b"], ["sum"], group=groups, kernel_shape=[layer.kernel] * 2, strides=[layer.stride] * 2, pads=[pad] * 4),
            helper.make_node("Clip", ["sum", "lo", "hi"], ["clamped"]),
            helper.make_node("Transpose", ["clamped"], ["y"], perm=[0, 2, 3, 1]),
        ]
        shape = [1, *layer.extent, layer.out]
    elif layer.op == "add":
        inputs.append(helper.make_tensor_value_info("z", TensorProto.FLOAT, [1, rows, columns, channels]))
        nodes += [helper.make_node("Add", ["x", "z"], ["sum"]), helper.make_node("Relu", ["sum"], ["y"])]
        shape = [1, rows, columns, channels]
    else:
        nodes.append(helper.make_node("Relu", ["x"], ["y"]))
        shape = [1, rows, columns, channels]
    graph = helper.make_graph(nodes, layer.name, inputs, [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def write_models(layers, folder):
    """Writes each layer's model; returns their paths, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{layer.name}.onnx" for layer in layers]
    for layer, path in zip(layers, paths):
        onnx.save(model_of(layer), path)
    return paths
