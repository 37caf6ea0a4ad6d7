# SPDX-License-Identifier: Apache-2.0
"""Every real model on every profile: crops, verifies bit for bit against the full runtime, agrees with an outside runtime."""
import numpy as np
import pytest
import reference
from crops import CROPPER, MODELS, MODELS_DIR, PROFILES, TFLITE, WORK, cpu_offers, crop, model_path, run, run_model


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", MODELS)
def test_crop_verifies(name, profile):
    out = crop([name], profile)
    done = run(CROPPER, "verify", out, "--full-dir", WORK / "full" / profile)
    print(done.stdout)
    reached = "emulator" if profile == "linux-arm64" else "host"
    if profile == "linux-x64-avx512" and not cpu_offers("avx512"):
        pytest.fail("this profile needs a machine with AVX-512")
    assert f"tier reached: {reached}" in done.stdout
    runs = [line for line in done.stdout.splitlines() if f"{name}.adze" in line and "equal" in line]
    assert len(runs) == sum(cpu_offers(level) for level in PROFILES[profile])


def expected(name):
    """(inputs, outputs): what the outside runtime was given and answered."""
    path = model_path(name)
    if name in TFLITE:
        inputs = reference.tflite_inputs(path)
        return inputs, reference.tflite_reference(path, inputs)
    golden = reference.OnnxGolden(MODELS_DIR, name)
    return golden.inputs(), [values for values, _ in golden.outputs()]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", MODELS)
def test_agrees_with_outside_runtime(name, profile, tmp_path):
    inputs, want = expected(name)
    out = crop([name], profile)
    for level in PROFILES[profile]:
        if not cpu_offers(level):
            if profile == "linux-x64-avx512":
                pytest.fail("this profile needs a machine with AVX-512")
            print(f"level {level}: not offered by this CPU, checked statically only")
            continue
        got = run_model(out, out / "models" / f"{name}.adze", inputs, profile, tmp_path, "--level", level)
        assert len(got) == len(want)
        for g, w in zip(got, want):
            if w.dtype == np.int8:
                assert np.array_equal(g.ravel(), w.ravel())
                continue
            error = reference.range_error(g, w)
            print(f"{name} {profile} {level}: {error:.1e} of range")
            assert error <= (5e-3 if name == "squeezenet_fp16" else 1e-4)
            if name == "squeezenet_fp16":
                assert np.array_equal(np.argsort(-g.ravel())[:5], np.argsort(-w.ravel())[:5])


def symbols(out):
    """Row names in the objects of a crop, from its plan."""
    import json

    return {a["id"] for a in json.loads((out / "plan.json").read_text())["atoms"]}


@pytest.mark.parametrize("profile", PROFILES)
def test_dtype_is_part_of_every_key(profile):
    integer, floating = symbols(crop(["anomaly_toycar_int8"], profile)), symbols(crop(["mobilenet_v1_025_224_float"], profile))
    assert any("qs8" in s for s in integer)
    assert not any("_f32" in s for s in integer), integer
    assert not any("qs8" in s for s in floating), floating
    # The linker's word, not ours: text symbols of the unstripped objects.
    for out, absent in ((crop(["anomaly_toycar_int8"], profile), "_f32"), (crop(["mobilenet_v1_025_224_float"], profile), "qs8")):
        nm = run("nm", "-A", *sorted((out / "build").rglob("*.o"))).stdout
        assert "adze_fully_connected" in nm or "adze_conv2d" in nm
        assert not [line for line in nm.splitlines() if f"adze_" in line and absent in line.split()[-1]]
