# SPDX-License-Identifier: Apache-2.0
"""Every way to resize, against onnxruntime: where an output element lies, what it is rounded to, what stands outside."""
import numpy as np
import pytest

pytest.importorskip("onnxruntime")
from oracle import OnnxNodes  # noqa: E402

PLACEMENTS = ["half_pixel", "half_pixel_symmetric", "pytorch_half_pixel", "align_corners", "asymmetric", "tf_crop_and_resize"]
ROUNDINGS = ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"]
ROI = np.float32([0, 0, 0.2, -0.1, 1, 1, 0.9, 1.3])  # of four axes: starts, ends
PICTURE = [1, 3, 7, 10]
# onnxruntime takes a crop of scale 1 for the whole: no case has one.
SCALES = [(2, 2), (0.5, 0.5), (1.7, 0.6), (0.34, 2.6), (3, 1.1)]
SIZES = [(14, 20), (3, 5), (1, 13), (6, 1), (8, 11)]


def picture(*dims):
    values = np.random.default_rng(5).standard_normal(dims or PICTURE)
    return values.astype(np.float32)


def add_resizes(nodes, mode, placement, **attributes):
    attributes.update(mode=mode, coordinate_transformation_mode=placement)
    for scales in SCALES:
        nodes.add((scales, attributes), "Resize", ["x", nodes.roi, nodes.constant(np.float32([1, 1, *scales]))], **attributes)
    for sizes in SIZES:
        nodes.add((sizes, attributes), "Resize", ["x", nodes.roi, "", nodes.constant(np.int64(PICTURE[:2] + list(sizes)))], **attributes)


@pytest.fixture
def resizes():
    nodes = OnnxNodes({"x": picture()}, 19)
    nodes.roi = nodes.constant(ROI)
    return nodes


def test_nearest_in_every_place_and_rounding(resizes, tmp_path):
    for placement in PLACEMENTS:
        for rounding in ROUNDINGS:
            add_resizes(resizes, "nearest", placement, nearest_mode=rounding, extrapolation_value=9.0)
    resizes.check(tmp_path, 0)


def test_linear_in_every_place(resizes, tmp_path):
    for placement in PLACEMENTS:
        add_resizes(resizes, "linear", placement, extrapolation_value=9.0)
    resizes.check(tmp_path)


def test_cubic_in_every_place_with_and_without_the_outside(resizes, tmp_path):
    for placement in PLACEMENTS:
        for outside in (0, 1):
            add_resizes(resizes, "cubic", placement, exclude_outside=outside, cubic_coeff_a=-0.5 if outside else -0.75, extrapolation_value=9.0)
    resizes.check(tmp_path)


def test_antialias_in_every_place(resizes, tmp_path):
    for placement in PLACEMENTS[:-1]:
        for mode in ("linear", "cubic"):
            add_resizes(resizes, mode, placement, antialias=1)
    add_resizes(resizes, "cubic", "half_pixel", antialias=1, exclude_outside=1)
    resizes.check(tmp_path)


def test_axes_ranks_and_the_ratio_that_is_kept(tmp_path):
    dims = {"x": (1, 3, 7, 10), "flat": (6, 9), "line": (1, 4, 11), "solid": (1, 2, 5, 6, 7)}
    nodes = OnnxNodes({name: picture(*d) for name, d in dims.items()}, 19)
    for policy in ("stretch", "not_larger", "not_smaller"):
        for mode in ("nearest", "linear"):
            for axes, sizes in (([2, 3], [9, 17]), ([3, 2], [4, 20])):
                given = nodes.constant(np.int64(sizes))
                nodes.add((policy, mode, axes), "Resize", ["x", "", "", given], mode=mode, axes=axes, keep_aspect_ratio_policy=policy)
    for mode in ("nearest", "linear", "cubic"):
        nodes.add((mode, "flat"), "Resize", ["flat", "", nodes.constant(np.float32([1.6, 0.7]))], mode=mode)
    for scales in ([1, 1, 2.3], [1, 1, 0.4]):
        nodes.add(("nearest line", scales), "Resize", ["line", "", nodes.constant(np.float32(scales))], mode="nearest")
    for mode in ("nearest", "linear"):
        nodes.add((mode, "solid"), "Resize", ["solid", "", nodes.constant(np.float32([1, 1, 1.5, 2, 0.5]))], mode=mode)
    nodes.add("nearest of channels", "Resize", ["x", "", nodes.constant(np.float32([2, 1.5, 1, 1]))], mode="nearest")
    nodes.check(tmp_path)


@pytest.mark.parametrize("opset", [7, 9, 10])
def test_before_opset_11(opset, tmp_path):
    nodes = OnnxNodes({"x": picture()}, opset)
    for mode in ("nearest", "linear"):
        for scales in SCALES:
            if min(scales) < 1 and opset < 10:
                continue  # Upsample only grows
            given = [1.0, 1.0, *scales]
            op = "Resize" if opset == 10 else "Upsample"
            if opset < 9:
                nodes.add((mode, scales), op, ["x"], mode=mode, scales=given)
            else:
                nodes.add((mode, scales), op, ["x", nodes.constant(np.float32(given))], mode=mode)
    nodes.check(tmp_path)
