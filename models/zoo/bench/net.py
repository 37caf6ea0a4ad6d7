# SPDX-License-Identifier: Apache-2.0
"""A convolutional network as a list of steps, written once and stored in both formats by to_onnx and to_tflite.

Shapes are [height, width, channels], batch 1. Weights are drawn from the network's own seeded generator: normal with variance gain / fan_in, where gain 2
before a rectifier and 1 before nothing keep activations of the same size from layer to layer; batch normalization is taken as folded, so each
convolution has a bias. `pad` is the same on all four sides, as PyTorch's is.
"""
import dataclasses

import numpy as np


@dataclasses.dataclass
class Step:
    kind: str  # conv, depthwise, dense, max_pool, mean, add, multiply, hard_sigmoid, softmax
    inputs: list
    output: str
    activation: str = ""  # "", relu, relu6, hard_swish
    kernel: int = 1
    stride: int = 1
    pad: int = 0
    weights: np.ndarray = None  # conv: [kh, kw, in, out]; depthwise: [kh, kw, channels]; dense: [in, out]
    bias: np.ndarray = None


class Net:
    def __init__(self, name, seed, input_shape):
        self.name, self.rng = name, np.random.default_rng(seed)
        self.input, self.steps, self.shapes = "image", [], {"image": tuple(input_shape)}

    @property
    def output(self):
        return self.steps[-1].output

    def _append(self, shape, kind, inputs, **more):
        name = f"{kind}{len(self.steps)}"
        self.shapes[name] = shape
        self.steps.append(Step(kind, inputs, name, **more))
        return name

    def _draw(self, shape, fan_in, gain):
        return self.rng.normal(0, np.sqrt(gain / fan_in), shape).astype(np.float32)

    def _bias(self, n):
        return self.rng.normal(0, 0.05, n).astype(np.float32)

    def _window(self, x, kernel, stride, pad):
        h, w, _ = self.shapes[x]
        return (h + 2 * pad - kernel) // stride + 1, (w + 2 * pad - kernel) // stride + 1

    def conv(self, x, channels, kernel=1, stride=1, activation="", gain=None):
        pad, cin = kernel // 2, self.shapes[x][2]
        gain = gain or (2 if activation else 1)
        w = self._draw((kernel, kernel, cin, channels), kernel * kernel * cin, gain)
        shape = (*self._window(x, kernel, stride, pad), channels)
        return self._append(shape, "conv", [x], activation=activation, kernel=kernel, stride=stride, pad=pad, weights=w, bias=self._bias(channels))

    def depthwise(self, x, kernel=3, stride=1, activation="", gain=None):
        pad, c = kernel // 2, self.shapes[x][2]
        w = self._draw((kernel, kernel, c), kernel * kernel, gain or (2 if activation else 1))
        shape = (*self._window(x, kernel, stride, pad), c)
        return self._append(shape, "depthwise", [x], activation=activation, kernel=kernel, stride=stride, pad=pad, weights=w, bias=self._bias(c))

    def max_pool(self, x, kernel, stride, pad):
        return self._append((*self._window(x, kernel, stride, pad), self.shapes[x][2]), "max_pool", [x], kernel=kernel, stride=stride, pad=pad)

    def mean(self, x):
        """Over height and width, which stay as 1 x 1."""
        return self._append((1, 1, self.shapes[x][2]), "mean", [x])

    def dense(self, x, channels, activation=""):
        """Of a 1 x 1 picture or of a dense layer's output."""
        cin = self.shapes[x][2]
        w = self._draw((cin, channels), cin, 2 if activation else 1)
        return self._append((1, 1, channels), "dense", [x], activation=activation, weights=w, bias=self._bias(channels))

    def add(self, x, y, activation=""):
        return self._append(self.shapes[x], "add", [x, y], activation=activation)

    def multiply(self, x, y):
        return self._append(self.shapes[x], "multiply", [x, y])

    def hard_sigmoid(self, x):
        return self._append(self.shapes[x], "hard_sigmoid", [x])

    def softmax(self, x):
        return self._append(self.shapes[x], "softmax", [x])

    def macs(self):
        total = 0
        for s in self.steps:
            if s.weights is not None:
                h, w, _ = self.shapes[s.output]
                total += h * w * s.weights.size
        return total
