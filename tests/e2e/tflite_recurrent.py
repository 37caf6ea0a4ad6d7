# SPDX-License-Identifier: Apache-2.0
"""TFLite models of one recurrent operator each, written with the schema of ai-edge-litert: every option and optional input in some model."""
import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

T, B, I, H, P = 4, 2, 3, 5, 4
TANH, RELU, RELU6, NONE = 4, 1, 3, 0


class Model:
    """One operator; tensors in the order of its inputs, None where it has none."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.graph = schema.SubGraphT()
        self.graph.tensors, self.graph.inputs, self.graph.outputs = [], [], []
        self.buffers = [schema.BufferT()]

    def tensor(self, shape, variable=False, buffer=0):
        t = schema.TensorT()
        t.shape, t.type, t.buffer, t.isVariable = list(shape), schema.TensorType.FLOAT32, buffer, variable
        t.name = f"t{len(self.graph.tensors)}".encode()
        t.hasRank = True
        self.graph.tensors.append(t)
        return len(self.graph.tensors) - 1

    def x(self, *shape):
        self.graph.inputs.append(self.tensor(shape))
        return self.graph.inputs[-1]

    def y(self, *shape):
        self.graph.outputs.append(self.tensor(shape))
        return self.graph.outputs[-1]

    def weights(self, *shape):
        buffer = schema.BufferT()
        buffer.data = np.frombuffer(self.random.uniform(-1, 1, shape).astype(np.float32).tobytes(), np.uint8)
        self.buffers.append(buffer)
        return self.tensor(shape, buffer=len(self.buffers) - 1)

    def state(self, *shape):
        return self.tensor(shape, variable=True)

    def done(self, code, inputs, outputs, kind, options):
        op, opcode, model = schema.OperatorT(), schema.OperatorCodeT(), schema.ModelT()
        op.opcodeIndex, op.inputs, op.outputs = 0, [-1 if i is None else i for i in inputs], outputs
        op.builtinOptionsType, op.builtinOptions = kind, options
        opcode.builtinCode, opcode.deprecatedBuiltinCode, opcode.version = code, code, 1
        self.graph.operators = [op]
        model.version, model.subgraphs, model.operatorCodes, model.buffers = 3, [self.graph], [opcode], self.buffers
        builder = flatbuffers.Builder(1024)
        builder.Finish(model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def fill(options, values):
    for name, value in values.items():
        setattr(options, name, value)
    return options


def lstm_inputs(m, inputs, cifg=False, peepholes=False, projection=False, bias=False, norm=False, has_norm=True):
    """Inputs 1 to 23 (to 17 without states) of a full LSTM."""
    out = P if projection else H
    gates = lambda *shape: [None if cifg and g == 0 else m.weights(*shape) for g in range(4)]
    part = gates(H, inputs) + gates(H, out)
    part += [m.weights(H) if peepholes and not (cifg and g == 0) else None for g in range(3)]
    part += gates(H)
    part += [m.weights(out, H) if projection else None, m.weights(out) if projection and bias else None]
    return part, out, (gates(H) if norm else [None] * 4) if has_norm else []


VARIANTS = {
    "plain": {},
    "cifg": {"cifg": True},
    "peepholes": {"peepholes": True},
    "cifg_peepholes": {"cifg": True, "peepholes": True},
    "projection": {"projection": True},
    "projection_bias_peepholes": {"projection": True, "bias": True, "peepholes": True},
    "norm": {"norm": True},
    "norm_cifg_peepholes_projection": {"norm": True, "cifg": True, "peepholes": True, "projection": True, "bias": True},
}


def lstm(single, time_major, variant, **options):
    m = Model(3)
    x = m.x(*((B, I) if single else (T, B, I) if time_major else (B, T, I)))
    part, out, norm = lstm_inputs(m, I, **variant)
    inputs = [x] + part + [m.state(B, out), m.state(B, H)] + norm
    y = m.y(*((B, out) if single else (T, B, out) if time_major else (B, T, out)))
    values = {"fusedActivationFunction": TANH, "cellClip": 0.0, "projClip": 0.0, **options}
    if single:
        return m.done(16, inputs, [y], 14, fill(schema.LSTMOptionsT(), {**values, "kernelType": 0}))
    return m.done(44, inputs, [y], 71, fill(schema.UnidirectionalSequenceLSTMOptionsT(), {**values, "timeMajor": time_major}))


def basic_lstm():
    m = Model(4)
    inputs = [m.x(B, I), m.state(B, H), m.weights(4 * H, I + H), m.weights(4 * H), m.state(B, H)]
    outputs = [m.y(B, H), m.y(B, H), m.tensor((B, I + H)), m.tensor((B, 4 * H))]
    options = {"fusedActivationFunction": TANH, "cellClip": 0.0, "projClip": 0.0, "kernelType": 1}
    return m.done(16, inputs, outputs, 14, fill(schema.LSTMOptionsT(), options))


def both_lstm(variant, merge, time_major, aux="", **options):
    """aux: "" none, "weights" with weights of its own, "backward" what the backward direction reads."""
    m = Model(5)
    shape = lambda n: (T, B, n) if time_major else (B, T, n)
    x = m.x(*shape(I))
    forward, out, _ = lstm_inputs(m, I, has_norm=False, **variant)
    backward, _, _ = lstm_inputs(m, I, has_norm=False, **variant)
    inputs = [x] + forward + backward + [m.state(B, out), m.state(B, H), m.state(B, out), m.state(B, H)]
    inputs += [m.x(*shape(I)) if aux else None] + [m.weights(H, I) if aux == "weights" else None for _ in range(8)]
    outputs = [m.y(*shape(2 * out))] if merge else [m.y(*shape(out)), m.y(*shape(out))]
    values = {"fusedActivationFunction": TANH, "cellClip": 0.0, "projClip": 0.0, "mergeOutputs": merge, "timeMajor": time_major, **options}
    return m.done(52, inputs, outputs, 69, fill(schema.BidirectionalSequenceLSTMOptionsT(), values))


def rnn(single, time_major, activation):
    m = Model(6)
    x = m.x(*((B, I) if single else (T, B, I) if time_major else (B, T, I)))
    inputs = [x, m.weights(H, I), m.weights(H, H), m.weights(H), m.state(B, H)]
    y = m.y(*((B, H) if single else (T, B, H) if time_major else (B, T, H)))
    if single:
        return m.done(24, inputs, [y], 7, fill(schema.RNNOptionsT(), {"fusedActivationFunction": activation}))
    return m.done(35, inputs, [y], 31, fill(schema.SequenceRNNOptionsT(), {"fusedActivationFunction": activation, "timeMajor": time_major}))


def both_rnn(merge, time_major, aux):
    m = Model(7)
    shape = lambda n: (T, B, n) if time_major else (B, T, n)
    x = m.x(*shape(I))
    inputs = [x]
    for _ in range(2):
        inputs += [m.weights(H, I), m.weights(H, H), m.weights(H), m.state(B, H)]
    inputs += [m.x(*shape(I)) if aux else None] + [m.weights(H, I) if aux == "weights" else None for _ in range(2)]
    outputs = [m.y(*shape(2 * H))] if merge else [m.y(*shape(H)), m.y(*shape(H))]
    options = {"fusedActivationFunction": TANH, "mergeOutputs": merge, "timeMajor": time_major}
    return m.done(46, inputs, outputs, 70, fill(schema.BidirectionalSequenceRNNOptionsT(), options))


def svdf(rank, bias, activation):
    m = Model(8)
    units, memory = 3, 4
    inputs = [m.x(B, I), m.weights(units * rank, I), m.weights(units * rank, memory), m.weights(units) if bias else None, m.state(B, memory * units * rank)]
    return m.done(27, inputs, [m.y(B, units)], 6, fill(schema.SVDFOptionsT(), {"rank": rank, "fusedActivationFunction": activation}))


def models():
    """(name, file) of all."""
    for name, variant in VARIANTS.items():
        yield f"lstm_{name}", lstm(True, False, variant)
        yield f"sequence_lstm_{name}", lstm(False, name == "plain", variant)
    yield "sequence_lstm_clips", lstm(False, True, VARIANTS["projection"], cellClip=0.3, projClip=0.2)
    yield "sequence_lstm_relu", lstm(False, False, VARIANTS["peepholes"], fusedActivationFunction=RELU6)
    yield "basic_lstm", basic_lstm()
    yield "both_lstm_merged", both_lstm({}, True, True)
    yield "both_lstm_apart", both_lstm(VARIANTS["projection_bias_peepholes"], False, False, cellClip=0.5)
    yield "both_lstm_aux", both_lstm(VARIANTS["cifg"] | {"cifg": False}, True, True, "weights")
    yield "both_lstm_backward", both_lstm({}, False, False, "backward")
    for activation in (NONE, RELU, TANH):
        yield f"rnn_{activation}", rnn(True, False, activation)
        yield f"sequence_rnn_{activation}", rnn(False, activation == RELU, activation)
    yield "both_rnn_merged", both_rnn(True, True, "")
    yield "both_rnn_aux", both_rnn(False, False, "weights")
    yield "both_rnn_backward", both_rnn(False, True, "backward")
    yield "svdf", svdf(1, True, NONE)
    yield "svdf_rank_2", svdf(2, False, RELU)
