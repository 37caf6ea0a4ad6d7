# SPDX-License-Identifier: Apache-2.0
"""An encoder of MiniLM's size and an LSTM tagger, as PyTorch's exporter decomposes them, with random weights; ONNX only."""
import numpy as np
from onnx import helper
from to_onnx import save

LAYERS, SEQUENCE, HIDDEN, HEADS, INNER = 6, 128, 384, 12, 1536


class Graph:
    def __init__(self, seed):
        self.rng, self.nodes, self.constants, self.count = np.random.default_rng(seed), [], {}, 0

    def constant(self, value, name="constant"):
        name = f"{name}_{len(self.constants)}"
        self.constants[name] = value
        return name

    def scalar(self, value):
        return self.constant(np.float32(value), "scalar")

    def shape(self, *dims):
        return self.constant(np.array(dims, np.int64), "shape")

    def node(self, op, *inputs, **attributes):
        self.count += 1
        output = f"{op.lower()}_{self.count}"
        self.nodes.append(helper.make_node(op, list(inputs), [output], output, **attributes))
        return output

    def linear(self, x, cin, cout, gain=1.0):
        w = self.rng.normal(0, np.sqrt(gain / cin), (cin, cout)).astype(np.float32)
        b = self.rng.normal(0, 0.02, cout).astype(np.float32)
        return self.node("Add", self.constant(b, "bias"), self.node("MatMul", x, self.constant(w, "weight")))

    def layer_norm(self, x, n):
        centred = self.node("Sub", x, self.node("ReduceMean", x, axes=[-1]))
        variance = self.node("ReduceMean", self.node("Pow", centred, self.scalar(2)), axes=[-1])
        scaled = self.node("Div", centred, self.node("Sqrt", self.node("Add", variance, self.scalar(1e-12))))
        gamma = self.constant(self.rng.normal(1, 0.1, n).astype(np.float32), "gamma")
        beta = self.constant(self.rng.normal(0, 0.1, n).astype(np.float32), "beta")
        return self.node("Add", self.node("Mul", scaled, gamma), beta)

    def gelu(self, x):
        phi = self.node("Add", self.node("Erf", self.node("Div", x, self.scalar(np.sqrt(2)))), self.scalar(1))
        return self.node("Mul", self.node("Mul", x, phi), self.scalar(0.5))


def encoder(path):
    g, size = Graph(6), HIDDEN // HEADS
    x = "embeddings"
    for _ in range(LAYERS):
        def heads(perm):
            return g.node("Transpose", g.node("Reshape", g.linear(x, HIDDEN, HIDDEN), g.shape(1, SEQUENCE, HEADS, size)), perm=perm)

        q, k, v = heads([0, 2, 1, 3]), heads([0, 2, 3, 1]), heads([0, 2, 1, 3])
        weights = g.node("Softmax", g.node("Div", g.node("MatMul", q, k), g.scalar(np.sqrt(size))), axis=-1)
        y = g.node("Transpose", g.node("MatMul", weights, v), perm=[0, 2, 1, 3])
        y = g.linear(g.node("Reshape", y, g.shape(1, SEQUENCE, HIDDEN)), HIDDEN, HIDDEN)
        x = g.layer_norm(g.node("Add", y, x), HIDDEN)
        y = g.linear(g.gelu(g.linear(x, HIDDEN, INNER)), INNER, HIDDEN, 2.0)
        x = g.layer_norm(g.node("Add", y, x), HIDDEN)
    g.nodes[-1].output[0] = "hidden_states"
    save(path, "minilm_encoder_128", g.nodes, g.constants, {"embeddings": [1, SEQUENCE, HIDDEN]}, {"hidden_states": [1, SEQUENCE, HIDDEN]})
    # Four projections and the two of the inner layer; scores and their sums.
    return LAYERS * SEQUENCE * (4 * HIDDEN * HIDDEN + 2 * HIDDEN * INNER + 2 * SEQUENCE * HIDDEN)


def lstm(path, steps=32, features=64, hidden=128, tags=16):
    g = Graph(7)
    draw = lambda *shape: g.rng.normal(0, np.sqrt(1 / shape[-1]), shape).astype(np.float32)
    names = [g.constant(draw(1, 4 * hidden, features), "W"), g.constant(draw(1, 4 * hidden, hidden), "R"),
             g.constant(g.rng.normal(0, 0.1, (1, 8 * hidden)).astype(np.float32), "B")]
    g.nodes.append(helper.make_node("LSTM", ["sequence", *names], ["lstm_out"], "lstm", hidden_size=hidden))
    y = g.node("Squeeze", "lstm_out", g.shape(1))
    y = g.node("Reshape", y, g.shape(steps, hidden))
    y = g.node("Gemm", y, g.constant(draw(tags, hidden) * 3, "weight"), g.constant(draw(tags), "bias"), alpha=1.0, beta=1.0, transB=1)
    g.nodes[-1].output[0] = "tags"
    save(path, "lstm_tagger_32", g.nodes, g.constants, {"sequence": [steps, 1, features]}, {"tags": [steps, tags]})
    return steps * (4 * hidden * (features + hidden) + hidden * tags)


SEQUENCES = {"minilm_encoder_128": encoder, "lstm_tagger_32": lstm}
