# SPDX-License-Identifier: Apache-2.0
"""GridSample and AffineGrid against onnxruntime."""
import numpy as np
import pytest

pytest.importorskip("onnxruntime")
from oracle import OnnxNodes  # noqa: E402


def test_grids(tmp_path):
    random = np.random.default_rng(7)
    x, grid = random.standard_normal((2, 3, 5, 6)).astype(np.float32), random.uniform(-1.6, 1.6, (2, 4, 7, 2)).astype(np.float32)
    solid, points = random.standard_normal((1, 2, 3, 4, 5)).astype(np.float32), random.uniform(-1.6, 1.6, (1, 2, 3, 4, 3)).astype(np.float32)
    n = OnnxNodes({"x": x, "grid": grid, "solid": solid, "points": points}, 20)
    for padding in ("zeros", "border", "reflection"):
        for align in (0, 1):
            for mode in ("nearest", "linear", "cubic"):
                n.add((mode, padding, align), "GridSample", ["x", "grid"], mode=mode, padding_mode=padding, align_corners=align)
                if mode != "cubic":
                    n.add(("solid", mode, padding, align), "GridSample", ["solid", "points"], mode=mode, padding_mode=padding, align_corners=align)
    n.check(tmp_path)


def test_affine_grids(tmp_path):
    random = np.random.default_rng(8)
    n = OnnxNodes({"t": random.standard_normal((2, 2, 3)).astype(np.float32), "u": random.standard_normal((1, 3, 4)).astype(np.float32)}, 20)
    for align in (0, 1):
        n.add(("flat", align), "AffineGrid", ["t", n.constant(np.int64([2, 3, 4, 5]))], align_corners=align)
        n.add(("solid", align), "AffineGrid", ["u", n.constant(np.int64([1, 3, 2, 4, 5]))], align_corners=align)
    n.check(tmp_path)
