# SPDX-License-Identifier: Apache-2.0
"""Normalizations and the fused ops of transformer exports, against onnxruntime."""
import numpy as np
import pytest

pytest.importorskip("onnxruntime")
from oracle import OnnxNodes  # noqa: E402

MICROSOFT = "com.microsoft"


def noise(*dims, seed=3):
    return np.random.default_rng(seed).standard_normal(dims).astype(np.float32)


def positive(*dims):
    return np.abs(noise(*dims, seed=4)) + np.float32(0.5)


def test_normalizations(tmp_path):
    x = noise(2, 6, 5, 4)
    x[0, 0] = 0  # no spread, no length
    n = OnnxNodes({"x": x, "scale": positive(6), "bias": noise(6), "mean": noise(6), "var": positive(6)}, 17)
    n.add("instance", "InstanceNormalization", ["x", "scale", "bias"], epsilon=1e-3)
    n.add("batch norm of computed operands", "BatchNormalization", ["x", "scale", "bias", "mean", "var"])
    for axis in (-1, 1, 2):
        shape = x.shape[axis:]
        operands = ["x", n.constant(positive(*shape)), n.constant(noise(*shape))]
        n.add(("layer", axis), "LayerNormalization", operands, outputs=3, axis=axis)
    n.add("mean variance", "MeanVarianceNormalization", ["x"], axes=[0, 2, 3])
    for axis in (-1, 1):
        for p in (1, 2):
            n.add(("lp", axis, p), "LpNormalization", ["x"], axis=axis, p=p)
    for size, beta in ((3, 0.75), (5, 0.5), (5, 0.6), (9, 1.0)):
        n.add(("lrn", size, beta), "LRN", ["x"], size=size, alpha=0.3, beta=beta, bias=1.5)
    n.check(tmp_path)


@pytest.mark.parametrize("opset", [7, 11, 13])
def test_softmaxes_before_and_after_opset_13(opset, tmp_path):
    x = noise(3, 4, 5)
    x[1, 2, 0] = x[1, 2, 4] = 9  # two greatest: the first counts
    n = OnnxNodes({"x": x}, opset)
    for op in ("Softmax", "LogSoftmax", "Hardmax"):
        n.add((op, "default"), op, ["x"])
        for axis in (0, 1, 2) + ((-1, -2) if opset > 10 else ()):
            n.add((op, axis), op, ["x"], axis=axis)
    n.check(tmp_path)


def test_dropout_gives_all_and_its_mask(tmp_path):
    n = OnnxNodes({"x": noise(3, 4)}, 13)
    n.add("dropout", "Dropout", ["x"], outputs=2)
    n.check(tmp_path)


def test_rows_of_transformers(tmp_path):
    width = 8
    n = OnnxNodes({"x": noise(2, 3, width), "skip": noise(2, 3, width, seed=5)}, 17, [MICROSOFT])
    gamma, beta, bias = n.constant(positive(width)), n.constant(noise(width)), n.constant(noise(width, seed=6))
    n.add("rms", "SimplifiedLayerNormalization", ["x", gamma], axis=-1, epsilon=1e-5)
    n.add("skip", "SkipLayerNormalization", ["x", "skip", gamma, beta, bias], domain=MICROSOFT, epsilon=1e-5)
    n.add("skip rms", "SkipSimplifiedLayerNormalization", ["x", "skip", gamma, bias], domain=MICROSOFT, epsilon=1e-5)
    n.add("bias gelu", "BiasGelu", ["x", bias], domain=MICROSOFT)
    n.add("fast gelu", "FastGelu", ["x", bias], domain=MICROSOFT)
    n.add("gelu", "Gelu", ["x"], domain=MICROSOFT)
    n.add("quick gelu", "QuickGelu", ["x"], domain=MICROSOFT, alpha=1.3)
    weights = n.constant(noise(width, 5))
    n.add("matmul", "FusedMatMul", ["x", weights], domain=MICROSOFT, alpha=0.25)
    n.add("matmul turned", "FusedMatMul", ["x", "skip"], domain=MICROSOFT, transB=1)
    n.add("matmul turned left", "FusedMatMul", ["x", "skip"], domain=MICROSOFT, transA=1)
    n.check(tmp_path)


def test_embedding(tmp_path):
    ids, segments = np.int32([[1, 5, 2], [0, 3, 3]]), np.int32([[0, 1, 1], [1, 0, 0]])
    n = OnnxNodes({"ids": ids, "segments": segments}, 17, [MICROSOFT])
    tables = [n.constant(noise(rows, 8, seed=rows)) for rows in (7, 4, 2)]
    rest = [n.constant(positive(8)), n.constant(noise(8))]
    n.add("embed", "EmbedLayerNormalization", ["ids", "segments", *tables, *rest], outputs=2, domain=MICROSOFT)
    n.names.pop()  # the mask's index is nobody's
    n.check(tmp_path)


def test_attention(tmp_path):
    heads, width, steps = 2, 8, 3
    x = {"x": noise(2, steps, width), "k": noise(2, 5, width, seed=5), "v": noise(2, 5, width, seed=6)}
    n = OnnxNodes({**x, "mask": np.int32([[1, 1, 0], [1, 1, 1]])}, 17, [MICROSOFT])
    weights, bias = n.constant(noise(width, 3 * width)), n.constant(noise(3 * width))
    n.add("plain", "Attention", ["x", weights, bias], domain=MICROSOFT, num_heads=heads)
    n.add("scaled", "Attention", ["x", weights, bias], domain=MICROSOFT, num_heads=heads, scale=0.3)
    n.add("causal", "Attention", ["x", weights, bias], domain=MICROSOFT, num_heads=heads, unidirectional=1)
    n.add("masked", "Attention", ["x", weights, bias, "mask"], domain=MICROSOFT, num_heads=heads)
    added = n.constant(noise(1, heads, steps, steps))
    n.add("biased", "Attention", ["x", weights, bias, "", "", added], domain=MICROSOFT, num_heads=heads)
    n.add("many heads", "MultiHeadAttention", ["x", "k", "v"], domain=MICROSOFT, num_heads=heads)
    n.add("many heads, bias", "MultiHeadAttention", ["x", "k", "v", bias], domain=MICROSOFT, num_heads=heads)
    n.check(tmp_path)


def test_rotary_embedding(tmp_path):
    n = OnnxNodes({"x": noise(2, 3, 8), "heads": noise(2, 2, 3, 4)}, 17, [MICROSOFT])
    angles = noise(6, 2)
    caches = [n.constant(np.cos(angles)), n.constant(np.sin(angles))]
    for interleaved in (0, 1):
        for ids in ([[0, 1, 2], [3, 4, 5]], [2]):
            for x in ("x", "heads"):
                given = n.constant(np.int64(ids))
                n.add((x, ids, interleaved), "RotaryEmbedding", [x, given, *caches], domain=MICROSOFT, interleaved=interleaved, num_heads=0)
    n.check(tmp_path)
