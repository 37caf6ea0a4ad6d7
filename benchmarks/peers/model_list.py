# SPDX-License-Identifier: Apache-2.0
"""The models of the bench and their inputs."""
import json
import os
import pathlib
import subprocess
import sys

import numpy as np

import ours

# Real ones, found in the folder that ADZE_MODELS names; the others come from models/zoo/bench.
REAL = ["mobilenet_v1_025_224_float", "resnet8_cifar_float", "yunet_120x160_float", "mediapipe_face_short_range", "mnist_cntk",
        "ultraface_rfb_320_raw", "squeezenet_fp16", "yunet_n_320"]


def real_models():
    """name -> {format: file}"""
    folder = os.environ.get("ADZE_MODELS")
    if not folder:
        return {}
    places = {name: {kind: pathlib.Path(folder) / kind / f"{name}.{kind}" for kind in ("onnx", "tflite")} for name in REAL}
    found = {name: {kind: f for kind, f in files.items() if f.exists()} for name, files in places.items()}
    return {name: files for name, files in found.items() if files}


def made_models(out):
    """Makes them on first use. name -> {format: file}"""
    folder = out / "models"
    if not (folder / "macs.json").exists():
        subprocess.run([sys.executable, ours.ROOT / "models/zoo/bench/make.py", folder], check=True, stdout=subprocess.DEVNULL)
    files = {name: {kind: folder / f"{name}.{kind}" for kind in ("onnx", "tflite")} for name in json.loads((folder / "macs.json").read_text())}
    return {name: {kind: f for kind, f in kinds.items() if f.exists()} for name, kinds in files.items()}


def ports(model):
    """[(name, shape, dtype)] of a file's inputs, and the names of its outputs, in its order."""
    if model.suffix == ".onnx":
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        kinds = {"tensor(float)": "float32", "tensor(float16)": "float16"}
        return [(i.name, list(i.shape), kinds[i.type]) for i in session.get_inputs()], [o.name for o in session.get_outputs()]
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(str(model))
    inputs = [(d["name"], [int(n) for n in d["shape"]], np.dtype(d["dtype"]).name) for d in interpreter.get_input_details()]
    return inputs, [d["name"] for d in interpreter.get_output_details()]


def feed(files, folder):
    """Seeded inputs as .npy, per format, each in its file's layout. The files of a model differ by NCHW and NHWC."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(1)
    first = "onnx" if "onnx" in files else "tflite"
    arrays = [rng.uniform(-1, 1, shape).astype(dtype) for _, shape, dtype in ports(files[first])[0]]
    saved = {}
    for kind in files:
        saved[kind] = []
        for i, array in enumerate(arrays):
            if kind != first and array.ndim == 4:
                array = np.ascontiguousarray(array.transpose(0, 2, 3, 1))
            np.save(folder / f"{kind}{i}.npy", array)
            saved[kind].append(str(folder / f"{kind}{i}.npy"))
    return saved
