# SPDX-License-Identifier: Apache-2.0
"""An ONNX model of one node, byte by byte."""


def field(number, data):
    """A short length-delimited field of a protocol buffer."""
    return bytes([number << 3 | 2, len(data)]) + data


# y = sigmoid(x) over four floats.
VALUE = field(2, field(1, b"\x08\x01" + field(2, field(1, b"\x08\x04"))))
GRAPH = field(1, field(1, b"x") + field(2, b"y") + field(4, b"Sigmoid")) + field(11, field(1, b"x") + VALUE) + field(12, field(1, b"y") + VALUE)
SIGMOID = b"\x08\x08" + field(7, GRAPH) + field(8, b"\x10\x0d")
