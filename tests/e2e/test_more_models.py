# SPDX-License-Identifier: Apache-2.0
"""Beyond the nine models of every profile and the float models: what else of the real models imports, and the networks of the benchmarks, agree with
outside runtimes."""
import subprocess
import sys

import numpy as np
import pytest
import reference
from crops import CROPPER, MODELS, MODELS_DIR, PROFILES, ROOT, WORK, cpu_offers, crop_files, run_model
from test_float_models import NAMES

# An output of one value, or of values that are all nearly equal, has no range; runtimes differ by about 1e-6 in a sigmoid.
LIMIT, FLOOR = 1e-4, 5e-6


def others():
    if MODELS_DIR is None:
        return [pytest.param(None, marks=pytest.mark.skip("ADZE_MODELS is not set"))]
    return [p for p in sorted(MODELS_DIR.glob("tflite/*.tflite")) + sorted(MODELS_DIR.glob("onnx/*.onnx")) if p.stem not in {*MODELS, *NAMES}]


def expected(path):
    """(inputs, outputs) of the outside runtime."""
    if path.suffix == ".tflite":
        inputs = reference.tflite_inputs(path)
        return inputs, reference.tflite_reference(path, inputs)
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    inputs = [reference.lcg(i.shape, np.float16 if "float16" in i.type else np.float32) for i in session.get_inputs()]
    return inputs, session.run(None, {i.name: v for i, v in zip(session.get_inputs(), inputs)})


def check(path, profile, levels, out, tmp_path, *more):
    crop_files([path], profile, out)
    inputs, want = expected(path)
    for level in levels:
        if not cpu_offers(level):
            print(f"level {level}: not offered by this CPU")
            continue
        got = run_model(out, out / "models" / f"{path.stem}.adze", inputs, profile, tmp_path, "--level", level, *more)
        assert len(got) == len(want)
        for g, w in zip(got, want):
            g, w = g.astype(np.float64).ravel(), w.astype(np.float64).ravel()
            error, span = np.abs(g - w).max(), w.max() - w.min()
            print(f"{path.name} {profile} {level}: off by {error:.1e}, range {span:.1e}")
            assert error <= max(LIMIT * span, FLOOR)


@pytest.mark.parametrize("path", others(), ids=lambda p: getattr(p, "name", "none"))
def test_what_else_imports_agrees(path, tmp_path):
    argv = [CROPPER, "plan", "--models", str(path), "--profile", "linux-x64", "-o", str(tmp_path / "plan.json")]
    done = subprocess.run(argv, capture_output=True, text=True)
    assert done.returncode in (0, 3), done.stderr
    if done.returncode == 3:
        assert path.name in done.stderr
        pytest.skip("not supported today")
    check(path, "linux-x64", PROFILES["linux-x64"], WORK / "more" / path.stem, tmp_path)


@pytest.fixture(scope="session")
def made():
    sys.path.insert(0, str(ROOT / "models/zoo/bench"))
    import architectures
    import sequences
    import to_onnx
    import to_tflite

    folder = WORK / "made"
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in sequences.SEQUENCES.items():
        write(folder / f"{name}.onnx")
    for net in architectures.networks():
        if net.name == "mobilenet_v3_small_224":
            to_onnx.write(net, folder / f"{net.name}.onnx")
            to_tflite.write(net, folder / f"{net.name}.tflite")
    return folder


@pytest.mark.parametrize("name", ["mobilenet_v3_small_224.onnx", "mobilenet_v3_small_224.tflite", "minilm_encoder_128.onnx", "lstm_tagger_32.onnx"])
@pytest.mark.parametrize("profile", ["linux-x64", "linux-arm64"])
def test_made_networks_agree(made, name, profile, tmp_path):
    if profile == "linux-arm64" and name.startswith("minilm"):
        pytest.skip("1.4 G multiply-adds are half a minute under the emulator; its kernels are covered by the LSTM and by parity tests")
    check(made / name, profile, PROFILES[profile], WORK / "made" / profile / name.replace(".", "-"), tmp_path)
