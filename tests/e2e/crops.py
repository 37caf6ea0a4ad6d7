# SPDX-License-Identifier: Apache-2.0
"""What the end-to-end tests share: the cropper, the real models, and crops made once per (models, profile)."""
import os
import pathlib
import subprocess

import numpy as np
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]

TFLITE = ["mobilenet_v1_025_224_float", "resnet8_cifar_float", "yunet_120x160_float", "mediapipe_face_short_range", "anomaly_toycar_int8"]
ONNX = ["mnist_cntk", "ultraface_rfb_320_raw", "squeezenet_fp16", "yunet_n_320"]
MODELS = TFLITE + ONNX
PROFILES = {"linux-x64-avx2": ["avx2"], "linux-x64-avx512": ["avx512"], "linux-x64": ["avx512", "avx2", "scalar"], "linux-arm64": ["neon"]}

CROPPER = os.environ.get("ADZE_CROPPER", str(ROOT / "build/bin/cropper"))
MODELS_DIR = pathlib.Path(os.environ["ADZE_MODELS"]) if os.environ.get("ADZE_MODELS") else None
WORK = pathlib.Path(os.environ.get("ADZE_TEST_DIR", ROOT / "build/e2e"))


def model_path(name):
    """The foreign file of a real model; skips the test, counted in the summary, where there are none."""
    if MODELS_DIR is None:
        pytest.skip("ADZE_MODELS is not set")
    for pattern in (f"tflite/{name}.tflite", f"onnx/{name}.onnx"):
        if (MODELS_DIR / pattern).exists():
            return MODELS_DIR / pattern
    raise FileNotFoundError(f"{name} is not in {MODELS_DIR}")


def run(*argv, expect=0, **kwargs):
    """Runs a command, checks its exit code, returns the completed process with its text."""
    done = subprocess.run([str(a) for a in argv], capture_output=True, text=True, **kwargs)
    assert done.returncode == expect, f"{argv}\nexit {done.returncode}, expected {expect}\n{done.stdout}\n{done.stderr}"
    return done


_crops = {}


def crop(names, profile):
    """The folder of the crop of real models `names` for `profile`, made once."""
    key = (tuple(names), profile)
    if key not in _crops:
        out = WORK / "crops" / profile / ("-".join(names) if len(names) < 3 else f"{len(names)}-models")
        run(CROPPER, "crop", "--models", *[model_path(n) for n in names], "--profile", profile, "-o", out)
        _crops[key] = out
    return _crops[key]


def crop_files(paths, profile, out, expect=0):
    return run(CROPPER, "crop", "--models", *paths, "--profile", profile, "-o", out, expect=expect)


def emulator(profile):
    return ["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"] if profile == "linux-arm64" else []


def cpu_offers(level):
    flags = pathlib.Path("/proc/cpuinfo").read_text()
    return {"avx512": "avx512vl", "avx2": "avx2"}.get(level, "") in flags


def run_model(out, adze, inputs, profile, tmp, *more, expect=0):
    """Runs adze-run of a crop; returns its outputs."""
    argv = [*emulator(profile), out / "build/adze-run", adze]
    for i, value in enumerate(inputs):
        np.save(tmp / f"in{i}.npy", value)
        argv += ["--input", tmp / f"in{i}.npy"]
    run(*argv, "--output-dir", tmp / "out", *more, expect=expect)
    return [np.load(p) for p in sorted((tmp / "out").glob("*.npy"), key=lambda p: int("".join(c for c in p.stem if c.isdigit())))]

