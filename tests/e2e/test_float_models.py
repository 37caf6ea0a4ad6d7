# SPDX-License-Identifier: Apache-2.0
"""Every real float model of both formats, without control flow and variables: imported, cropped together, verified, compared with outside runtimes."""
import json

import numpy as np
import pytest
import reference
from crops import CROPPER, MODELS_DIR, WORK, cpu_offers, run, run_model

PROFILE, LEVEL = "linux-x64-avx2", "avx2"
# Of the range of an output. One of a single value, or of values that are all nearly equal, has no range; runtimes differ by about 1e-6 in a sigmoid.
LIMIT, FLOOR = 1e-4, 5e-6
# Where the references themselves differ by more: weights in float16 with float16 sums; LiteRT quantizes the activations of dynamic-range models as
# it runs, where Adze computes in float32.
# M-LSD's offsets magnify rounding: onnxruntime with its optimizations and without them differ by 1.2e-4 of the range; the ONNX file keeps scores that
# equal their neighbourhood's maximum, and small ones come and go by a rounding error.
LIMITS = {"mlsd_320_tiny": 2e-3, "mlsd_320_tiny_float": 5e-4, "squeezenet_fp16": 5e-3, "yolox_nano_dynamic": 0.5,
          "dtln_1_dynamic": 0.05, "mobilenet_v2_035_96_embedder_dynamic": 0.05}
# Lists of places by score: nearly equal scores may change their order.
PLACES = {"mlsd_320_tiny", "mlsd_320_tiny_float"}
CONTROL_FLOW = {"If", "Loop", "Scan", "IF", "WHILE", "CALL_ONCE", "VAR_HANDLE"}
QUANTIZED = {"QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "QLinearConv", "MatMulInteger", "ConvInteger"}
# Custom ops that no build of Adze has, and what is said of them.
REFUSED = {"mediapipe_face_landmark_attention": "(custom op TransformLandmarks): this op is not supported"}


def is_float(model):
    """By the manifest: nothing is computed in integers of fewer bits than 32."""
    if model["format"] == "onnx":
        return not (set(model["ops"]) & (CONTROL_FLOW | QUANTIZED))
    names = " ".join(model["quantization"])
    small = {"int4", "int8", "uint8", "int16"} & set(model["activation_dtypes"]) | {"int4"} & set(model["constant_dtypes"])
    return model["subgraphs"] == 1 and not small and "activations" not in names.replace("(float activations", "") and "variable" not in names


def float_models():
    if MODELS_DIR is None:
        return {}
    manifest = json.loads((MODELS_DIR / "MANIFEST.json").read_text())["models"]
    return {m["name"]: MODELS_DIR / m["files"][0]["file"] for m in manifest if m["format"] in ("tflite", "onnx") and is_float(m)}


FLOAT = float_models()
NAMES = sorted(set(FLOAT) - set(REFUSED))
# LiteRT has not MediaPipe's Convolution2DTransposeBias; test_windows.py compares that op with TRANSPOSE_CONV.
WITHOUT_ORACLE = {"mediapipe_selfie"}
needs_models = pytest.mark.skipif(MODELS_DIR is None, reason="ADZE_MODELS is not set")


def inputs_of(name):
    path = FLOAT[name]
    return reference.tflite_inputs(path) if path.suffix == ".tflite" else reference.OnnxGolden(MODELS_DIR, name).inputs()


def wanted(name, inputs):
    path = FLOAT[name]
    if path.suffix == ".tflite":
        return reference.tflite_reference(path, inputs)
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return session.run(None, {i.name: v for i, v in zip(session.get_inputs(), inputs)})


def declared(name):
    """What a list says below an ONNX model with open dims: the shapes of its golden inputs."""
    if FLOAT[name].suffix == ".tflite":
        return []
    import onnx

    graph = onnx.load(FLOAT[name], load_external_data=False).graph
    stored = {t.name for t in graph.initializer}
    fed = [i for i in graph.input if i.name not in stored]
    if all(d.HasField("dim_value") and d.dim_value > 0 for i in fed for d in i.type.tensor_type.shape.dim):
        return []
    return [f'  "{i.name}" = {list(v.shape)}' for i, v in zip(fed, inputs_of(name))]


@pytest.fixture(scope="module")
def crop_of_all():
    """One library for all of them."""
    out = WORK / "float-models"
    out.mkdir(parents=True, exist_ok=True)
    lines = [line for name in NAMES for line in [str(FLOAT[name]), *declared(name)]]
    (out / "models.txt").write_text("\n".join(lines) + "\n")
    run(CROPPER, "crop", "--models", out / "models.txt", "--profile", PROFILE, "-o", out / "crop")
    return out / "crop"


@needs_models
def test_models_are_found():
    assert len(NAMES) > 30


@needs_models
def test_verifies(crop_of_all):
    done = run(CROPPER, "verify", crop_of_all, "--full-dir", WORK / "full" / PROFILE)
    assert done.stdout.count(f".adze at {LEVEL}: equal") == (len(NAMES) if cpu_offers(LEVEL) else 0), done.stdout


@needs_models
@pytest.mark.parametrize("name", [n for n in NAMES if n not in WITHOUT_ORACLE] or ["none"])
def test_agrees(crop_of_all, name, tmp_path):
    inputs = inputs_of(name)
    want = wanted(name, inputs)
    stored = next(m["name"] for m in json.loads((crop_of_all / "plan.json").read_text())["models"] if m["source"].endswith("/" + FLOAT[name].name))
    got = run_model(crop_of_all, crop_of_all / "models" / stored, inputs, PROFILE, tmp_path)
    assert len(got) == len(want)
    for g, w in zip(got, want):
        assert g.shape == w.shape and g.dtype == w.dtype
        if name in PLACES and np.issubdtype(w.dtype, np.integer):
            g, w = (np.array(sorted(v.reshape(-1, v.shape[-1]).tolist())) for v in (g, w))
        g, w = g.astype(np.float64).ravel(), w.astype(np.float64).ravel()
        error, span = np.abs(g - w).max(initial=0), w.max(initial=0) - w.min(initial=0)
        print(f"{name}: off by {error:.1e}, range {span:.1e}")
        assert error <= max(LIMITS.get(name, LIMIT) * span, FLOOR)


@needs_models
@pytest.mark.parametrize("name", sorted(set(REFUSED) & set(FLOAT)) or ["none"])
def test_is_refused_by_name(name, tmp_path):
    assert REFUSED[name] in run(CROPPER, "convert", FLOAT[name], "-o", tmp_path / "m.adze", expect=3).stderr
