# SPDX-License-Identifier: Apache-2.0
"""The gate can fail: slow but right micro-kernels, planted in the crop that it judged, are caught by the rule made for them.

Needs the folder that gate.py --out has left, in ADZE_ARM_MODEL; scripts/test runs both.
"""
import os
import pathlib
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
LAYER = "conv1x1_256_mobilenet_v1"


@pytest.fixture
def crop():
    if "ADZE_ARM_MODEL" not in os.environ:
        pytest.skip("ADZE_ARM_MODEL is not set: run gate.py first")
    return pathlib.Path(os.environ["ADZE_ARM_MODEL"]) / "crop"


def build(crop):
    subprocess.run(["cmake", "--build", str(crop / "build"), "--target", "adze-run"], check=True, capture_output=True)


def judge(crop):
    argv = [sys.executable, str(HERE / "gate.py"), "--crop", str(crop), "--out", str(crop.parent), "--layer", LAYER]
    return subprocess.run(argv, capture_output=True, text=True)


@pytest.mark.parametrize("plant, rule", [("gemm_latency_bound", "of the FMLA peak, 95% is asked"), ("gemm_spills", "stack access")])
def test_planted_kernels_are_caught(crop, plant, rule):
    unit, = (crop / "src/kernels/cpu/gemm").glob("gemm_f32__neon_*.cc")
    kept = unit.read_text()
    try:
        unit.write_text((HERE / f"planted/{plant}.cc.in").read_text().replace("@ROW@", unit.stem))
        build(crop)
        done = judge(crop)
    finally:
        unit.write_text(kept)
        build(crop)
    broken = [line for line in done.stdout.splitlines() if line.startswith("BELOW")]
    assert done.returncode == 1, done.stdout + done.stderr
    assert any(rule in line for line in broken), broken


def test_what_ships_passes_again(crop):
    done = judge(crop)
    assert done.returncode == 0, done.stdout + done.stderr
