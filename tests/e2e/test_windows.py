# SPDX-License-Identifier: Apache-2.0
"""Sliding windows, attribute by attribute, against onnxruntime and ai-edge-litert: where padding goes, what an average divides by, what a transposed
convolution reaches."""
import itertools

import pytest
from single_ops import adze_outputs, assert_close, check_onnx, check_tflite, litert_outputs, random, tflite_model

CONVOLUTIONS = [  # input, weights, attributes
    ((1, 4, 11), (6, 4, 3), dict(pads=[2, 1], strides=[2])),
    ((2, 4, 9), (8, 2, 3), dict(group=2, strides=[2], auto_pad="SAME_LOWER")),
    ((1, 6, 20), (6, 1, 5), dict(group=6, auto_pad="SAME_UPPER", strides=[3])),
    ((1, 1, 600), (5, 1, 400), dict(strides=[50])),  # more row pointers than one call takes
    ((1, 2, 500), (3, 2, 350), dict(pads=[170, 90])),
    ((1, 1, 21), (2, 1, 350), dict(pads=[329, 0])),  # parts of the kernel that read nothing but padding
    ((1, 3, 17, 19), (4, 3, 15, 14), dict(pads=[3, 2, 1, 4])),
    ((1, 40, 9, 9), (4, 40, 3, 3), dict(pads=[1, 1, 1, 1])),
    ((1, 3, 6, 7, 5), (4, 3, 3, 2, 3), dict(pads=[1, 0, 2, 1, 1, 0], strides=[2, 1, 2])),
    ((2, 4, 7, 6, 6), (6, 2, 2, 3, 3), dict(group=2, dilations=[3, 1, 2])),
]

TRANSPOSED = [  # input, weights [C, M / group, kernel], attributes
    ((1, 3, 6), (3, 5, 4), dict(strides=[3], pads=[1, 0])),
    ((1, 4, 5, 7), (4, 6, 2, 2), dict(strides=[2, 2])),
    ((1, 16, 8, 8), (16, 20, 4, 4), dict(strides=[2, 2], pads=[1, 1, 1, 1])),
    ((2, 4, 5, 7), (4, 6, 3, 3), dict(strides=[2, 2], pads=[1, 1, 1, 1], output_padding=[1, 1])),
    ((1, 4, 5, 7), (4, 6, 3, 3), dict(strides=[2, 3], pads=[0, 1, 1, 0], output_padding=[1, 0])),
    ((1, 4, 5, 7), (4, 6, 3, 3), dict(strides=[2, 2], auto_pad="SAME_UPPER")),
    ((1, 4, 5, 7), (4, 6, 3, 3), dict(strides=[2, 2], auto_pad="SAME_LOWER")),
    ((1, 4, 5, 7), (4, 6, 3, 3), dict(strides=[3, 2], output_shape=[14, 16])),
    ((1, 4, 5, 7), (4, 6, 3, 3), dict(strides=[3, 2], output_shape=[14, 13], auto_pad="SAME_UPPER")),
    ((1, 4, 5, 7), (4, 3, 3, 2), dict(group=2, strides=[1, 2], dilations=[2, 3])),
    ((1, 6, 5, 7), (6, 1, 4, 4), dict(group=6, strides=[2, 2], pads=[1, 1, 1, 1])),
    ((1, 4, 5, 6), (4, 3, 2, 1), dict(strides=[3, 3])),  # outputs that nothing reaches
    ((1, 4, 5, 6), (4, 3, 5, 5), dict(strides=[2, 2], dilations=[2, 2], pads=[3, 0, 2, 1])),
    ((1, 4, 4, 4), (4, 2, 7, 7), dict(pads=[6, 5, 5, 4], strides=[2, 2], output_padding=[1, 1])),
    ((1, 3, 3, 4, 5), (3, 2, 3, 2, 4), dict(strides=[2, 1, 3], pads=[1, 0, 1, 0, 1, 2])),
    ((2, 4, 2, 3, 3), (4, 1, 2, 3, 3), dict(group=2, strides=[3, 2, 2], output_padding=[1, 0, 1])),
]


@pytest.mark.parametrize("shape,weights,attributes", CONVOLUTIONS, ids=str)
def test_convolution(shape, weights, attributes, tmp_path):
    check_onnx("Conv", [random(shape), (random(weights, 1),), (random(weights[:1], 2),)], attributes, tmp_path)


@pytest.mark.parametrize("shape,weights,attributes", TRANSPOSED, ids=str)
def test_transposed_convolution(shape, weights, attributes, tmp_path):
    channels = weights[1] * attributes.get("group", 1)
    check_onnx("ConvTranspose", [random(shape), (random(weights, 1),), (random((channels,), 2),)], attributes, tmp_path)


@pytest.mark.parametrize("activation,params", [("", []), ("Relu", []), ("Clip", [-0.5, 1.5]), ("Tanh", []), ("Sigmoid", []), ("LeakyRelu", [0.1]),
                                               ("HardSigmoid", [0.3, 0.4])])
def test_fused_convolution(activation, params, tmp_path):
    attributes = dict(pads=[1, 1, 1, 1], **(dict(activation=activation) if activation else {}), **(dict(activation_params=params) if params else {}))
    inputs = [random((1, 3, 6, 7)), (random((4, 3, 3, 3), 1),), (random((4,), 2),)]
    check_onnx("FusedConv", inputs + [random((1, 4, 6, 7), 3)], attributes, tmp_path, domain="com.microsoft")


@pytest.mark.parametrize("opset", [11, 19])
def test_average_divides_by_what_ceil_mode_and_count_include_pad_say(opset, tmp_path):
    """The padding that rounding up adds is never counted; that of the file is, where count_include_pad says so."""
    for ceil, count, pads in itertools.product([0, 1], [0, 1], [[0, 0, 0, 0], [1, 1, 1, 1], [1, 0, 0, 1]]):
        for size in (6, 7):
            attributes = dict(kernel_shape=[3, 3], strides=[2, 2], ceil_mode=ceil, count_include_pad=count, pads=pads)
            check_onnx("AveragePool", [random((1, 2, size, size))], attributes, tmp_path, opset=opset)


@pytest.mark.parametrize("pad", ["SAME_UPPER", "SAME_LOWER", "VALID"])
def test_same_pads_the_odd_element_after_or_before(pad, tmp_path):
    for op, size in itertools.product(["AveragePool", "MaxPool", "LpPool"], [6, 7]):
        check_onnx(op, [random((1, 2, size, size + 1))], dict(kernel_shape=[2, 3], strides=[1, 2], auto_pad=pad), tmp_path)


@pytest.mark.parametrize("op,shape,attributes", [
    ("MaxPool", (1, 3, 20), dict(kernel_shape=[3], dilations=[2], pads=[1, 2])),
    ("MaxPool", (1, 3, 20), dict(kernel_shape=[4], dilations=[3], strides=[6], ceil_mode=1)),
    ("MaxPool", (2, 3, 11, 9), dict(kernel_shape=[3, 2], dilations=[2, 3], strides=[1, 2], pads=[1, 0, 1, 1])),
    ("MaxPool", (1, 2, 6, 7, 8), dict(kernel_shape=[2, 3, 2], strides=[2, 1, 2], pads=[1, 1, 0, 0, 1, 1])),
    ("AveragePool", (2, 3, 11, 9), dict(kernel_shape=[3, 2], dilations=[2, 3], strides=[1, 2], pads=[1, 1, 1, 1], count_include_pad=0)),
    ("AveragePool", (2, 3, 11, 9), dict(kernel_shape=[3, 2], dilations=[2, 3], strides=[1, 2], pads=[1, 1, 1, 1], count_include_pad=1)),
    ("AveragePool", (1, 2, 6, 7, 8), dict(kernel_shape=[3, 3, 2], strides=[2, 1, 2], pads=[1, 1, 0, 0, 1, 1], ceil_mode=1)),
    ("LpPool", (1, 2, 9), dict(kernel_shape=[3], p=1, pads=[1, 1])),
    ("LpPool", (1, 2, 9, 8), dict(kernel_shape=[3, 2], p=3, strides=[2, 2], pads=[1, 0, 1, 1])),
    ("GlobalAveragePool", (2, 3, 7), {}),
    ("GlobalMaxPool", (2, 3, 4, 5, 6), {}),
    ("GlobalLpPool", (2, 3, 4, 5), dict(p=3)),
], ids=str)
def test_pool(op, shape, attributes, tmp_path):
    check_onnx(op, [random(shape)], attributes, tmp_path, opset=19)


@pytest.mark.parametrize("shape,attributes", [
    ((2, 3, 7, 8), dict(kernel_shape=[3, 2], strides=[2, 1], pads=[1, 0, 1, 1])),
    ((2, 3, 9, 8), dict(kernel_shape=[2, 3], dilations=[3, 2], storage_order=1)),
    ((2, 3, 9), dict(kernel_shape=[3], strides=[2], ceil_mode=1)),
], ids=str)
def test_indices_of_maxima(shape, attributes, tmp_path):
    check_onnx("MaxPool", [random(shape)], attributes, tmp_path, outputs=2)


def test_max_unpool(tmp_path):
    import numpy as np

    indices = np.arange(2 * 3 * 4 * 6).reshape(2, 3, 2, 2, 2, 3)[:, :, :, 1, :, 1].copy()
    check_onnx("MaxUnpool", [random((2, 3, 2, 2)), indices], dict(kernel_shape=[2, 3], strides=[2, 3]), tmp_path)


@pytest.mark.parametrize("attributes,windows", [({}, 25), (dict(pads=[1, 0, 1, 1], strides=[2, 1], dilations=[1, 2]), 16)], ids=str)
def test_col2im(attributes, windows, tmp_path):
    import numpy as np

    check_onnx("Col2Im", [random((2, 12, windows)), (np.array([6, 7]),), (np.array([2, 3]),)], attributes, tmp_path)


SAME, VALID = 0, 1


@pytest.mark.parametrize("padding", [SAME, VALID])
@pytest.mark.parametrize("kernel,stride", [((2, 2), (2, 2)), ((3, 3), (2, 2)), ((4, 4), (2, 2)), ((3, 2), (1, 3)), ((2, 2), (3, 3))])
def test_tflite_transpose_conv(kernel, stride, padding, tmp_path):
    import numpy as np

    x, w = random((1, 5, 6, 4)), random((3, *kernel, 4), 1)
    # SAME: any size that the stride takes back to the input's: the largest, and one less.
    for less in (0, 1) if padding == SAME and min(stride) > 1 else (0,):
        out = [d * s - less if padding == SAME else (d - 1) * s + k for d, s, k in zip(x.shape[1:3], stride, kernel)]
        shape = (1, *out, 3)
        inputs = [(np.array(shape, np.int32),), (w,), x]
        content = tflite_model(67, "TransposeConvOptions", inputs, shape, padding=padding, strideH=stride[0], strideW=stride[1])
        check_tflite(content, [x], tmp_path, f"TRANSPOSE_CONV {kernel} {stride} {padding}")


@pytest.mark.parametrize("padding", [SAME, VALID])
def test_tflite_conv_3d(padding, tmp_path):
    x, w, b = random((1, 5, 6, 7, 4)), random((2, 3, 3, 4, 5), 1), random((5,), 2)
    sizes = [(d + s - 1) // s if padding == SAME else (d - k) // s + 1 for d, s, k in zip(x.shape[1:4], (2, 1, 2), w.shape[:3])]
    content = tflite_model(132, "Conv3DOptions", [x, (w,), (b,)], (1, *sizes, 5), padding=padding, strideD=2, strideH=1, strideW=2,
                           dilationDFactor=1, dilationHFactor=1, dilationWFactor=1, fusedActivationFunction=1)
    check_tflite(content, [x], tmp_path, f"CONV_3D {padding}")


@pytest.mark.parametrize("padding", [SAME, VALID])
def test_tflite_conv_3d_transpose(padding, tmp_path):
    import numpy as np

    x, w = random((1, 3, 4, 5, 4)), random((2, 3, 3, 5, 4), 1)
    sizes = [d * s if padding == SAME else (d - 1) * s + k for d, s, k in zip(x.shape[1:4], (2, 1, 2), w.shape[:3])]
    shape = (1, *sizes, 5)
    content = tflite_model(141, "Conv3DOptions", [(np.array(shape, np.int32),), (w,), x], shape, padding=padding, strideD=2, strideH=1, strideW=2,
                           dilationDFactor=1, dilationHFactor=1, dilationWFactor=1)
    check_tflite(content, [x], tmp_path, f"CONV_3D_TRANSPOSE {padding}")


@pytest.mark.parametrize("code", [1, 17])
def test_tflite_same_pools(code, tmp_path):
    for size, kernel, stride in itertools.product([6, 7], [2, 3], [1, 2]):
        x = random((1, size, size + 1, 3))
        out = [(d + stride - 1) // stride for d in x.shape[1:3]]
        content = tflite_model(code, "Pool2DOptions", [x], (1, *out, 3), padding=SAME, strideH=stride, strideW=stride, filterHeight=kernel, filterWidth=kernel)
        check_tflite(content, [x], tmp_path, f"pool {code} of {size} by {kernel} step {stride}")


@pytest.mark.parametrize("padding", [SAME, VALID])
def test_convolution_2d_transpose_bias(padding, tmp_path):
    """MediaPipe's custom op, which LiteRT does not have, is a TRANSPOSE_CONV of the size that its padding says."""
    import struct

    import numpy as np

    x, w, b = random((1, 5, 6, 4)), random((3, 3, 2, 4), 1), random((3,), 2)
    shape = (1, 10, 18, 3) if padding == SAME else (1, 11, 17, 3)
    custom = tflite_model(32, None, [x, (w,), (b,)], shape, custom=("Convolution2DTransposeBias", struct.pack("<iii", padding + 1, 3, 2)))
    known = tflite_model(67, "TransposeConvOptions", [(np.array(shape, np.int32),), (w,), x, (b,)], shape, padding=padding, strideH=2, strideW=3)
    assert_close(adze_outputs(custom, ".tflite", [x], tmp_path), litert_outputs(known, [x]), "Convolution2DTransposeBias")
