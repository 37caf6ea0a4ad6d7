# SPDX-License-Identifier: Apache-2.0
"""Models of one TFLite operator each, several settings an operator. A case is a TensorFlow function with its inputs; what the converter makes of it must
hold the operator that the case is named for."""
import dataclasses
from collections.abc import Callable

import numpy as np
import tensorflow as tf

F, I32, I64, B = np.float32, np.int32, np.int64, np.bool_


@dataclasses.dataclass
class Case:
    op: str  # TFLite's name
    setting: str
    function: Callable  # or a Keras model
    inputs: list  # arrays

    @property
    def name(self):
        return f"{self.op}/{self.setting}"


CASES: list[Case] = []


def values(shape, lo=-2.0, hi=2.0, dtype=F, seed=1):
    """Seeded numbers of a shape; bool: even odds."""
    random = np.random.default_rng(seed)
    if dtype == B:
        return random.random(shape) < 0.5
    if dtype == F:
        return random.uniform(lo, hi, shape).astype(F)
    return random.integers(int(lo), int(hi), shape, endpoint=True).astype(dtype)


def case(op, setting, function, *inputs):
    """Inputs that are shapes stand for seeded numbers."""
    CASES.append(Case(op, setting, function, [v if isinstance(v, np.ndarray) else values(v) for v in inputs]))


def keras(layer, shape):
    """A model of one layer, whose weights are seeded; the converter knows some operators only by their layer."""
    model = tf.keras.Sequential([tf.keras.Input(batch_size=shape[0], shape=shape[1:]), layer])
    for i, weight in enumerate(model.weights):
        weight.assign(values(tuple(weight.shape), -0.5, 0.5, seed=10 + i))
    return model


def unary():
    shapes = {"4d": (2, 3, 5, 7), "vector": (11,), "scalar": ()}
    functions = {
        "ABS": tf.abs, "CEIL": tf.math.ceil, "COS": tf.cos, "ELU": tf.nn.elu, "EXP": tf.exp, "FLOOR": tf.floor, "LOGISTIC": tf.sigmoid,
        "NEG": tf.negative, "RELU": tf.nn.relu, "RELU6": tf.nn.relu6, "ROUND": tf.round, "SIGN": tf.sign, "SIN": tf.sin, "SQUARE": tf.square, "TANH": tf.tanh,
        "RELU_N1_TO_1": lambda x: tf.maximum(-1.0, tf.minimum(x, 1.0)), "RELU_0_TO_1": lambda x: tf.maximum(0.0, tf.minimum(x, 1.0)),
        "HARD_SWISH": lambda x: x * tf.nn.relu6(x + 3.0) * 0.16666667,
    }
    for op, function in functions.items():
        for setting, shape in shapes.items():
            if op in ("HARD_SWISH",) and setting == "scalar":
                continue
            case(op, setting, function, values(shape, -8, 8))
    for op, function in {"LOG": tf.math.log, "RSQRT": tf.math.rsqrt, "SQRT": tf.sqrt}.items():
        for setting, shape in shapes.items():
            case(op, setting, function, values(shape, 0.01, 9))
    case("ROUND", "halves_go_to_even", tf.round, np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5], F))
    for op, function in {"ABS": tf.abs, "NEG": tf.negative, "SIGN": tf.sign}.items():
        case(op, "int32", function, values((3, 5), -9, 9, I32))
    case("LOGICAL_NOT", "matrix", tf.logical_not, values((3, 5), dtype=B))
    case("LEAKY_RELU", "alpha_0.2", lambda x: tf.nn.leaky_relu(x, 0.2), (2, 3, 5))
    case("LEAKY_RELU", "alpha_1.5", lambda x: tf.nn.leaky_relu(x, 1.5), (2, 3, 5))
    case("PRELU", "by_channel", keras(tf.keras.layers.PReLU(shared_axes=[1, 2]), (2, 3, 4, 5)), (2, 3, 4, 5))
    case("PRELU", "by_element", keras(tf.keras.layers.PReLU(), (2, 3, 4, 5)), (2, 3, 4, 5))
    case("GELU", "exact", lambda x: tf.nn.gelu(x, approximate=False), (3, 17))
    case("GELU", "tanh", lambda x: tf.nn.gelu(x, approximate=True), (3, 17))


def binary():
    shapes = {"same": ((2, 3, 5), (2, 3, 5)), "scalar": ((2, 3, 5), ()), "row": ((2, 3, 5), (5,)), "both": ((2, 1, 5), (3, 1)),
              "rank_5": ((2, 1, 2, 1, 3), (1, 4, 1, 2, 3))}
    functions = {"ADD": tf.add, "SUB": tf.subtract, "MUL": tf.multiply, "DIV": tf.divide, "MAXIMUM": tf.maximum, "MINIMUM": tf.minimum,
                 "FLOOR_DIV": tf.math.floordiv, "FLOOR_MOD": tf.math.floormod, "SQUARED_DIFFERENCE": tf.math.squared_difference}
    compare = {"EQUAL": tf.equal, "NOT_EQUAL": tf.not_equal, "LESS": tf.less, "LESS_EQUAL": tf.less_equal, "GREATER": tf.greater,
               "GREATER_EQUAL": tf.greater_equal}
    for op, function in {**functions, **compare}.items():
        for setting, (a, b) in shapes.items():
            if op in ("FLOOR_DIV", "FLOOR_MOD", "SQUARED_DIFFERENCE") and setting == "rank_5":
                continue  # the interpreter takes four dims
            case(op, setting, function, values(a), values(b, seed=2))
    whole = values((3, 4), -7, 7, I32), np.where(values((3, 4), -3, 3, I32, 2) == 0, 2, values((3, 4), -3, 3, I32, 2)).astype(I32)
    for op in ("ADD", "SUB", "MUL", "MAXIMUM", "MINIMUM", "FLOOR_DIV", "FLOOR_MOD"):
        case(op, "int32", functions[op], *whole)
        if op != "FLOOR_DIV":
            case(op, "int64", functions[op], *(v.astype(I64) for v in whole))
    case("DIV", "int32", lambda a, b: tf.raw_ops.Div(x=a, y=b), *whole)
    for op, function in compare.items():
        case(op, "int32", function, *whole)
    case("POW", "float32", tf.pow, values((3, 5), 0.1, 3), values((3, 5), seed=2))
    case("POW", "int32", tf.pow, values((3, 5), 1, 4, I32), values((3, 5), 0, 4, I32, 2))
    case("ATAN2", "quadrants", tf.atan2, values((3, 5)), values((3, 5), seed=2))
    for op, function in {"LOGICAL_AND": tf.logical_and, "LOGICAL_OR": tf.logical_or}.items():
        case(op, "same", function, values((3, 5), dtype=B), values((3, 5), dtype=B, seed=2))
        case(op, "row", function, values((3, 5), dtype=B), values((5,), dtype=B, seed=2))
    case("ADD", "relu", lambda a, b: tf.nn.relu(a + b), (2, 3, 5), (2, 3, 5))
    case("MUL", "relu6", lambda a, b: tf.nn.relu6(a * b), (2, 3, 5), (5,))
    case("ADD_N", "three", lambda a, b, c: tf.add_n([a, b, c]), (2, 5), (2, 5), (2, 5))
    case("BITWISE_XOR", "int32", tf.bitwise.bitwise_xor, *whole)
    case("RIGHT_SHIFT", "int32", tf.bitwise.right_shift, whole[0], np.abs(whole[1]))


def windows():
    x = (1, 9, 11, 3)
    w3, w1, wd = values((3, 3, 3, 5), seed=3), values((1, 1, 3, 8), seed=3), values((3, 3, 3, 2), seed=3)
    bias = values((5,), seed=4)
    for padding in ("SAME", "VALID"):
        for stride in (1, 2):
            case("CONV_2D", f"{padding}_{stride}", lambda x, p=padding, s=stride: tf.nn.conv2d(x, w3, s, p) + bias, x)
            case("DEPTHWISE_CONV_2D", f"{padding}_{stride}", lambda x, p=padding, s=stride: tf.nn.depthwise_conv2d(x, wd, [1, s, s, 1], p), x)
        case("CONV_2D", f"{padding}_dilated", lambda x, p=padding: tf.nn.conv2d(x, w3, 1, p, dilations=2), x)
        case("DEPTHWISE_CONV_2D", f"{padding}_dilated", lambda x, p=padding: tf.nn.depthwise_conv2d(x, wd, [1, 1, 1, 1], p, dilations=[2, 2]), x)
        for stride, size in ((1, 2), (2, 3), (3, 2)):
            case("AVERAGE_POOL_2D", f"{padding}_{size}_{stride}", lambda x, p=padding, s=stride, k=size: tf.nn.avg_pool2d(x, k, s, p), x)
            case("MAX_POOL_2D", f"{padding}_{size}_{stride}", lambda x, p=padding, s=stride, k=size: tf.nn.max_pool2d(x, k, s, p), x)
        for stride, out in ((1, (9, 11)), (2, (18, 22))):
            h, w = out if padding == "SAME" else ((9 - 1) * stride + 3, (11 - 1) * stride + 3)
            case("TRANSPOSE_CONV", f"{padding}_{stride}",
                 lambda x, p=padding, s=stride, h=h, w=w: tf.nn.conv2d_transpose(x, values((3, 3, 4, 3), seed=5), [1, h, w, 4], s, p), x)
        case("CONV_3D", padding, lambda x, p=padding: tf.nn.conv3d(x, values((2, 3, 2, 2, 4), seed=5), [1, 1, 2, 1, 1], p), (1, 4, 5, 6, 2))
    case("CONV_2D", "pointwise_relu6", lambda x: tf.nn.relu6(tf.nn.conv2d(x, w1, 1, "SAME")), x)
    case("CONV_2D", "grouped", lambda x: tf.nn.conv2d(x, values((3, 3, 2, 6), seed=5), 1, "SAME"), (1, 7, 7, 4))
    case("CONV_2D", "tanh", lambda x: tf.tanh(tf.nn.conv2d(x, w1, 1, "SAME")), x)
    case("CONV_3D_TRANSPOSE", "stride_2", lambda x: tf.nn.conv3d_transpose(x, values((2, 2, 2, 3, 2), seed=5), [1, 6, 8, 6, 3], 2), (1, 3, 4, 3, 2))
    case("L2_NORMALIZATION", "last_axis", lambda x: tf.math.l2_normalize(x, -1), (3, 17))
    case("LOCAL_RESPONSE_NORMALIZATION", "radius_2", lambda x: tf.nn.lrn(x, 2, 1.5, 0.3, 0.75), (1, 4, 5, 7))
    for op, resize in {"RESIZE_BILINEAR": tf.raw_ops.ResizeBilinear, "RESIZE_NEAREST_NEIGHBOR": tf.raw_ops.ResizeNearestNeighbor}.items():
        for size in ((18, 22), (5, 4), (10, 30)):
            for align, half in ((False, False), (True, False), (False, True)):
                case(op, f"{size[0]}x{size[1]}_{'align' if align else 'half' if half else 'plain'}",
                     lambda x, r=resize, s=size, a=align, h=half: r(images=x, size=list(s), align_corners=a, half_pixel_centers=h), x)


def products():
    w = values((7, 5), seed=3)
    case("FULLY_CONNECTED", "bias_relu", lambda x: tf.nn.relu(tf.matmul(x, w) + values((5,), seed=4)), (3, 7))
    case("FULLY_CONNECTED", "rank_3", lambda x: tf.matmul(tf.reshape(x, [6, 7]), w), (2, 3, 7))
    for setting, a, b in (("rank_3", (2, 3, 5), (2, 5, 4)), ("rank_4", (2, 2, 3, 5), (2, 2, 5, 4)), ("broadcast", (3, 2, 3, 5), (1, 2, 5, 4))):
        case("BATCH_MATMUL", setting, tf.matmul, a, b)
    case("BATCH_MATMUL", "adjoint_b", lambda a, b: tf.matmul(a, b, transpose_b=True), (2, 3, 5), (2, 4, 5))
    case("BATCH_MATMUL", "adjoint_a", lambda a, b: tf.matmul(a, b, transpose_a=True), (2, 5, 3), (2, 5, 4))
    for axis in (-1,):
        case("SOFTMAX", "matrix", lambda x, a=axis: tf.nn.softmax(x, a), (3, 9))
        case("SOFTMAX", "rank_4", lambda x, a=axis: tf.nn.softmax(x, a), (2, 3, 4, 5))
    case("SOFTMAX", "beta", lambda x: tf.nn.softmax(x * 0.5), (3, 9))
    case("LOG_SOFTMAX", "matrix", lambda x: tf.nn.log_softmax(x), values((3, 9), -20, 20))
    case("CUMSUM", "plain", lambda x: tf.cumsum(x, 1), (2, 5, 3))
    case("CUMSUM", "exclusive_reverse", lambda x: tf.cumsum(x, -1, exclusive=True, reverse=True), (2, 5, 3))


def movement():
    x = (2, 3, 4, 5)
    case("RESHAPE", "minus_one", lambda x: tf.reshape(x, [6, -1]), x)
    for perm in ((0, 2, 1, 3), (3, 2, 1, 0), (0, 3, 1, 2)):
        case("TRANSPOSE", "".join(map(str, perm)), lambda x, p=perm: tf.transpose(x, p), x)
    case("TRANSPOSE", "int64_matrix", tf.transpose, values((3, 5), -9, 9, I64))
    for axis in (0, 1, -1):
        case("CONCATENATION", f"axis_{axis}", lambda a, b, ax=axis: tf.concat([a, b], ax), (2, 3, 4), (2, 3, 4))
        case("PACK", f"axis_{axis}", lambda a, b, ax=axis: tf.stack([a, b], ax), (2, 3), (2, 3))
    for axis in (0, 2):
        case("UNPACK", f"axis_{axis}", lambda x, ax=axis: tf.unstack(x, axis=ax), (2, 3, 4))
    case("SPLIT", "three", lambda x: tf.split(x, 3, 1), (2, 6, 4))
    case("SPLIT_V", "sizes", lambda x: tf.split(x, [1, 3, 2], 1), (2, 6, 4))
    case("SLICE", "inner", lambda x: tf.slice(x, [0, 1, 1], [2, -1, 2]), (2, 3, 4))
    case("STRIDED_SLICE", "steps", lambda x: x[:, 1::2, ::-1], (2, 5, 4))
    case("STRIDED_SLICE", "shrink_new_ellipsis", lambda x: x[1, ..., tf.newaxis, 2:4], (3, 5, 6))
    case("STRIDED_SLICE", "int32", lambda x: x[1:4:2], values((7,), -9, 9, I32))
    case("PAD", "constant", lambda x: tf.pad(x, [[0, 0], [1, 2], [3, 0]]), (2, 3, 4))
    case("PADV2", "value", lambda x: tf.pad(x, [[0, 0], [1, 2], [3, 0]], constant_values=-1.5), (2, 3, 4))
    for mode in ("REFLECT", "SYMMETRIC"):
        case("MIRROR_PAD", mode, lambda x, m=mode: tf.pad(x, [[0, 1], [2, 2], [0, 3]], mode=m), (2, 3, 4))
    case("TILE", "float32", lambda x: tf.tile(x, [2, 1, 3]), (2, 3, 4))
    case("TILE", "int32", lambda x: tf.tile(x, [2, 3]), values((2, 3), -9, 9, I32))
    case("BROADCAST_TO", "bool", lambda x: tf.broadcast_to(x, [2, 3, 4, 5]), values((3, 1, 5), dtype=B))
    case("REVERSE_V2", "axis_1", lambda x: tf.reverse(x, [1]), (2, 3, 4))
    case("REVERSE_SEQUENCE", "batch_0", lambda x: tf.reverse_sequence(x, [2, 4], seq_axis=1, batch_axis=0), (2, 5, 3))
    case("GATHER", "axis_1", lambda x, i: tf.gather(x, i, axis=1), (2, 5, 3), np.array([4, 0, 0, 2], I32))
    case("GATHER", "batch_dims", lambda x, i: tf.gather(x, i, axis=1, batch_dims=1), (2, 5, 3), np.array([[4, 0], [1, 2]], I32))
    case("GATHER_ND", "pairs", tf.gather_nd, (3, 4, 5), np.array([[0, 1], [2, 3]], I32))
    case("SCATTER_ND", "rows", lambda i, u: tf.scatter_nd(i, u, [6, 3]), np.array([[1], [4], [1]], I32), values((3, 3)))
    case("SPACE_TO_DEPTH", "block_2", lambda x: tf.nn.space_to_depth(x, 2), (1, 4, 6, 3))
    case("DEPTH_TO_SPACE", "block_2", lambda x: tf.nn.depth_to_space(x, 2), (1, 2, 3, 12))
    case("SPACE_TO_BATCH_ND", "padded", lambda x: tf.space_to_batch(x, [2, 2], [[0, 0], [1, 1]]), (1, 4, 4, 3))
    case("BATCH_TO_SPACE_ND", "cropped", lambda x: tf.batch_to_space(x, [2, 2], [[0, 0], [1, 0]]), (4, 2, 3, 3))
    case("SELECT_V2", "broadcast", tf.where, values((3, 1), dtype=B), values((3, 4)), values((4,), seed=2))
    case("ONE_HOT", "axis_last", lambda i: tf.one_hot(i, 5, 2.0, -1.0), np.array([0, 4, 2, 7], I32))
    case("FILL", "value", lambda v: tf.fill([2, 3], v), np.array(1.5, F))
    case("MATRIX_DIAG", "vector", tf.linalg.diag, (2, 4))
    case("MATRIX_SET_DIAG", "square", tf.linalg.set_diag, (2, 4, 4), (2, 4))
    for source, target in ((F, I32), (I32, F), (F, B), (B, F), (I64, I32), (I32, I64)):
        case("CAST", f"{np.dtype(source)}_{np.dtype(target)}", lambda x, t=target: tf.cast(x, t), values((3, 5), -3, 3, source))


def reductions():
    functions = {"SUM": tf.reduce_sum, "MEAN": tf.reduce_mean, "REDUCE_MAX": tf.reduce_max, "REDUCE_MIN": tf.reduce_min, "REDUCE_PROD": tf.reduce_prod}
    for op, function in functions.items():
        for setting, axes, keep in (("last", [-1], False), ("keep", [1, 2], True), ("all", None, False), ("outer", [0, 2], False)):
            case(op, setting, lambda x, f=function, a=axes, k=keep: f(x, a, k), (2, 3, 4, 5))
    for op in ("SUM", "REDUCE_MAX", "REDUCE_MIN", "REDUCE_PROD"):
        case(op, "int32", lambda x, f=functions[op]: f(x, [1]), values((2, 5), -4, 4, I32))
    for op, function in {"REDUCE_ANY": tf.reduce_any, "REDUCE_ALL": tf.reduce_all}.items():
        case(op, "axis_1", lambda x, f=function: f(x, 1), values((3, 4), dtype=B))
    for op, function in {"ARG_MAX": tf.argmax, "ARG_MIN": tf.argmin}.items():
        for axis in (0, 2):
            case(op, f"axis_{axis}", lambda x, f=function, a=axis: f(x, a, output_type=tf.int32), (3, 4, 5))
    case("TOPK_V2", "three", lambda x: tf.math.top_k(x, 3), (4, 9))
    case("UNSORTED_SEGMENT_SUM", "three", lambda x: tf.math.unsorted_segment_sum(x, [0, 2, 0, 1], 3), (4, 5))
    case("NON_MAX_SUPPRESSION_V5", "three", lambda b, s: tf.raw_ops.NonMaxSuppressionV5(
        boxes=b, scores=s, max_output_size=3, iou_threshold=0.5, score_threshold=0.1, soft_nms_sigma=0.0, pad_to_max_output_size=True),
        np.array([[0, 0, 1, 1], [0, 0.1, 1, 1.1], [2, 2, 3, 3], [0, 2, 1, 3]], F), np.array([0.9, 0.8, 0.7, 0.6], F))


def sequences():
    layers, shape = tf.keras.layers, (2, 5, 4)
    for setting, layer in (("sequence", layers.LSTM(6, return_sequences=True)), ("last", layers.LSTM(6)),
                           ("both_ways", layers.Bidirectional(layers.LSTM(6, return_sequences=True)))):
        case("UNIDIRECTIONAL_SEQUENCE_LSTM", setting, keras(layer, shape), shape)


for family in (unary, binary, windows, products, movement, reductions, sequences):
    family()


def converted(case):
    """The bytes of the model. Raises AssertionError where it lacks the operator."""
    if isinstance(case.function, tf.keras.Model):
        return tf.lite.TFLiteConverter.from_keras_model(case.function).convert()
    # Named, for the converter sorts inputs as it likes.
    specs = [tf.TensorSpec(v.shape, v.dtype, name=f"in{i}") for i, v in enumerate(case.inputs)]
    return tf.lite.TFLiteConverter.from_concrete_functions([tf.function(case.function).get_concrete_function(*specs)]).convert()
