# SPDX-License-Identifier: Apache-2.0
"""Models of one op, ONNX and TFLite, run by Adze's full runtime and by an outside runtime."""
import numpy as np
from crops import CROPPER, run

ADZE_RUN = str(CROPPER).rsplit("/", 1)[0] + "/adze-run"


def random(shape, seed=0, dtype=np.float32):
    return np.random.default_rng(seed).uniform(-1, 1, shape).astype(dtype)


def onnx_model(op, inputs, attributes, outputs=1, opset=19, domain=""):
    """`inputs`: arrays; those wrapped in a tuple are constants, None is left out. One node; outputs' shapes are left open."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    names, graph_inputs, initializers = [], [], []
    for i, value in enumerate(inputs):
        name = "" if value is None else f"in{i}"
        names.append(name)
        if isinstance(value, tuple):
            initializers.append(numpy_helper.from_array(value[0], name))
        elif value is not None:
            graph_inputs.append(helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(value.dtype), value.shape))
    results = [f"out{i}" for i in range(outputs)]
    node = helper.make_node(op, names, results, name="node", domain=domain, **attributes)
    infos = [helper.make_tensor_value_info(r, TensorProto.INT64 if i else TensorProto.FLOAT, None) for i, r in enumerate(results)]
    graph = helper.make_graph([node], "one", graph_inputs, infos, initializers)
    sets = [helper.make_opsetid("", opset)] + ([helper.make_opsetid(domain, 1)] if domain else [])
    return helper.make_model(graph, opset_imports=sets, ir_version=9)


def onnxruntime_outputs(model, inputs):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, {i.name: v for i, v in zip(session.get_inputs(), inputs)})


def tflite_model(code, options, inputs, out_shape, custom=None, **fields):
    """`inputs` as in onnx_model; `fields` are the options'."""
    import flatbuffers
    from ai_edge_litert import schema_py_generated as s

    types = {"float32": s.TensorType.FLOAT32, "int32": s.TensorType.INT32}
    model, graph, op, known = s.ModelT(), s.SubGraphT(), s.OperatorT(), s.OperatorCodeT()
    model.version, model.buffers, graph.tensors = 3, [s.BufferT()], []

    def tensor(name, shape, dtype, data=None):
        t = s.TensorT()
        t.name, t.shape, t.type, t.buffer = name, list(shape), types[str(dtype)], 0
        if data is not None:
            buffer = s.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(data).tobytes(), np.uint8)
            model.buffers.append(buffer)
            t.buffer = len(model.buffers) - 1
        graph.tensors.append(t)
        return len(graph.tensors) - 1

    op.inputs, graph.inputs = [], []
    for i, value in enumerate(inputs):
        if value is None:
            op.inputs.append(-1)
            continue
        data = value[0] if isinstance(value, tuple) else None
        op.inputs.append(tensor(f"in{i}", (value if data is None else data).shape, (value if data is None else data).dtype, data))
        if data is None:
            graph.inputs.append(op.inputs[-1])
    op.outputs = [tensor("out", out_shape, "float32")]
    graph.outputs, graph.operators = op.outputs, [op]
    known.builtinCode, known.deprecatedBuiltinCode, known.version = code, min(code, 127), 1
    op.opcodeIndex = 0
    if custom is not None:
        known.customCode, op.customOptions = custom[0], np.frombuffer(custom[1], np.uint8)
    else:
        op.builtinOptionsType, op.builtinOptions = getattr(s.BuiltinOptions, options), getattr(s, options + "T")()
        for key, value in fields.items():
            setattr(op.builtinOptions, key, value)
    model.subgraphs, model.operatorCodes = [graph], [known]
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def litert_outputs(content, inputs):
    from ai_edge_litert.interpreter import Interpreter, OpResolverType

    interpreter = Interpreter(model_content=content, experimental_op_resolver_type=OpResolverType.BUILTIN_REF)
    interpreter.allocate_tensors()
    for detail, value in zip(interpreter.get_input_details(), inputs):
        interpreter.set_tensor(detail["index"], value)
    interpreter.invoke()
    return [interpreter.get_tensor(d["index"]) for d in interpreter.get_output_details()]


def adze_outputs(content, suffix, inputs, tmp):
    """By every level that the CPU has would be the parity tests' work: here the best one and the reference."""
    (tmp / f"m{suffix}").write_bytes(content)
    run(CROPPER, "convert", tmp / f"m{suffix}", "-o", tmp / "m.adze", "--quiet")
    argv = [ADZE_RUN, tmp / "m.adze"]
    for i, value in enumerate(inputs):
        np.save(tmp / f"in{i}.npy", value)
        argv += ["--input", tmp / f"in{i}.npy"]
    run(*argv, "--output-dir", tmp / "out")
    return [np.load(p) for p in sorted((tmp / "out").glob("*.npy"), key=lambda p: int("".join(c for c in p.stem if c.isdigit())))]


def assert_close(got, want, what, limit=1e-5):
    assert len(got) == len(want), what
    for g, w in zip(got, want):
        assert g.shape == w.shape, f"{what}: {g.shape}, expected {w.shape}"
        if g.size == 0:
            continue
        span = max(1e-3, float(np.abs(w).max()))
        worst = float(np.abs(g.astype(np.float64) - w.astype(np.float64)).max())
        assert worst <= limit * span, f"{what}: off by {worst:.2e} of {span:.2e}"


def check_onnx(op, inputs, attributes, tmp, **kwargs):
    model = onnx_model(op, inputs, attributes, **kwargs)
    given = [v for v in inputs if v is not None and not isinstance(v, tuple)]
    assert_close(adze_outputs(model.SerializeToString(), ".onnx", given, tmp), onnxruntime_outputs(model, given), f"{op} {attributes}")


def check_tflite(content, inputs, tmp, what):
    assert_close(adze_outputs(content, ".tflite", inputs, tmp), litert_outputs(content, inputs), what)
