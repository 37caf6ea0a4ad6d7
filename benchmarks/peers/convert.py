# SPDX-License-Identifier: Apache-2.0
"""Models as ncnn and MNN read them, made with their own converters and kept per model file and version."""
import hashlib
import importlib.metadata
import importlib.util
import pathlib
import shutil
import subprocess
import sys


class Failed(Exception):
    """A converter's failure, in its own words."""


def place(model, out, tool):
    digest = hashlib.sha256(model.read_bytes()).hexdigest()[:12]
    return out / "converted" / f"{model.stem}-{model.suffix[1:]}-{digest}-{tool}-{importlib.metadata.version(tool)}"


def call(argv, cwd, made):
    done = subprocess.run(argv, cwd=cwd, capture_output=True, text=True, errors="replace")
    if done.returncode != 0 or not made.exists():
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise Failed(f"{pathlib.Path(argv[0]).name} ends with {done.returncode}" + (": " + said[-1] if said else ""))


def drop_constant_inputs(proto):
    """Old files list weights among the inputs."""
    constants = {t.name for t in proto.graph.initializer}
    kept = [i for i in proto.graph.input if i.name not in constants]
    found = len(kept) < len(proto.graph.input)
    del proto.graph.input[:]
    proto.graph.input.extend(kept)
    return found


def fixed_weights(model, out):
    """For engines that fold and fuse only what cannot be fed from outside: the file itself, or a copy in which weights are no inputs."""
    if importlib.util.find_spec("onnx") is None:
        return model  # with --here
    import onnx

    made = place(model, out, "onnx") / "model.onnx"
    if made.exists():
        return made
    proto = onnx.load(model)
    if not drop_constant_inputs(proto):
        return model
    made.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(proto, made)
    return made


def plain_onnx(model, made):
    """The file as the converters take it: weights are no inputs; float16 weights and ports are float32; the axis of a Softmax before version 13,
    which both take for the last, is spelled out (outputs are compared afterwards: that version also flattens)."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    proto = onnx.load(model)
    drop_constant_inputs(proto)
    graph = proto.graph
    for tensor in graph.initializer:
        if tensor.data_type == TensorProto.FLOAT16:
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype("float32"), tensor.name))
    if any(o.domain in ("", "ai.onnx") and o.version < 13 for o in proto.opset_import):
        for node in graph.node:
            if node.op_type == "Softmax" and not any(a.name == "axis" for a in node.attribute):
                node.attribute.append(helper.make_attribute("axis", 1))
    for port in [*graph.input, *graph.output, *graph.value_info]:
        if port.type.tensor_type.elem_type == TensorProto.FLOAT16:
            port.type.tensor_type.elem_type = TensorProto.FLOAT
    onnx.save(proto, made)


def to_ncnn(model, ports, out):
    """ONNX only. Returns the path without .param and .bin."""
    folder = place(model, out, "pnnx")
    param = folder / "model.ncnn.param"
    if not param.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        plain_onnx(model, folder / "model.onnx")
        shapes = ",".join(f"[{','.join(map(str, shape))}]f32" for _, shape, _ in ports)
        # fp16=0: by default it stores weights as float16.
        program = pathlib.Path(importlib.util.find_spec("pnnx").submodule_search_locations[0]) / "pnnx"  # not imported: that would want PyTorch
        call([program, "model.onnx", f"inputshape={shapes}", "fp16=0"], folder, param)
        for file in folder.iterdir():
            if file.name not in ("model.ncnn.param", "model.ncnn.bin"):
                file.unlink()
    return folder / "model.ncnn"


def to_mnn(model, out):
    folder = place(model, out, "MNN")
    made = folder / "model.mnn"
    if not made.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        source = model
        if model.suffix == ".onnx":
            source = folder / "model.onnx"
            plain_onnx(model, source)
        # The converter's module itself: the command around it installs a package into whatever Python it finds first and reports each use to its maker.
        # --useOriginRNNImpl: its default for LSTM, a loop, crashes on ours (3.6.1).
        code = "import sys, _tools; _tools.mnnconvert(['mnnconvert'] + sys.argv[1:])"
        framework = {".onnx": "ONNX", ".tflite": "TFLITE"}[model.suffix]
        call([sys.executable, "-c", code, "-f", framework, "--modelFile", source, "--MNNModel", made, "--useOriginRNNImpl"], folder, made)
        (folder / "model.onnx").unlink(missing_ok=True)
    return made
