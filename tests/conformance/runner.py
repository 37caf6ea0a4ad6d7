# SPDX-License-Identifier: Apache-2.0
"""Runs one case: `cropper convert`, then adze-run of the full runtime, compared as the suite compares."""
import dataclasses
import os
import pathlib
import re
import subprocess

import numpy as np
import onnx
import suite

ROOT = pathlib.Path(__file__).resolve().parents[2]
CROPPER = pathlib.Path(os.environ.get("ADZE_CROPPER", ROOT / "build/bin/cropper"))
ADZE_RUN = CROPPER.parent / "adze-run"
SECONDS = 20  # a case takes a hundredth of one

PASSED, FAILED, EXCLUDED = "passed", "failed", "excluded"


@dataclasses.dataclass
class Result:
    case: suite.Case
    outcome: str
    reason: str = ""  # one line, the same on every machine
    with_constants: bool = False


class Failure(Exception):
    pass


def command(*argv):
    """Exit code and error text."""
    try:
        done = subprocess.run([str(a) for a in argv], capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise Failure(f"{pathlib.Path(argv[0]).name} takes longer than {SECONDS} s") from None
    return done.returncode, done.stderr


def first_line(text, code):
    """What a command said, without paths and names, so that cases of one cause have one reason; a crash has no text."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return f"exit {code} without a word"
    said = re.sub(r"^(cropper|adze-run): ", "", lines[0])
    said = re.sub(r"^\S*\.(onnx|adze): ", "", said)
    said = re.sub(r"^node \d+ '[^']*' \((\w+)\): ", r"\1: ", said)
    return re.sub(r"^(input|output) '[^']*': ", r"an \1: ", said)


def convert(path, out):
    code, text = command(CROPPER, "convert", path, "-o", out)
    if code == 0:
        return ""
    if code != 3:
        raise Failure(f"convert ends with {code}: {first_line(text, code)}")
    return text


def differs(got, want, case):
    """Says how, or "" where the suite finds them alike."""
    if got.dtype != want.dtype:
        return f"has dtype {got.dtype}, not {want.dtype}"
    if got.shape != want.shape:
        return f"has shape {list(got.shape)}, not {list(want.shape)}"
    try:
        np.testing.assert_allclose(got, want, rtol=case.rtol, atol=case.atol)
    except AssertionError:
        return "differs"
    return ""


def run(case, folder):
    """`folder` is the case's own, empty."""
    model = case.model()
    kind = suite.exclusion(model)
    if kind:
        return Result(case, EXCLUDED, kind)
    try:
        return Result(case, PASSED, with_constants=run_model(case, model, folder))
    except Failure as failure:
        return Result(case, FAILED, str(failure))


def run_model(case, model, folder):
    adze = folder / "model.adze"
    data_sets = case.data_sets()
    refusal = convert(case.folder / "model.onnx", adze)
    constants = suite.known_at_import(model) if refusal else []
    for number, (inputs, outputs) in enumerate(data_sets):
        if constants:
            path = folder / "constant.onnx"
            onnx.save(suite.with_constants(model, inputs, constants), path)
            refusal = convert(path, adze)
        if refusal:
            raise Failure(first_line(refusal, 3))
        compare(case, outputs, execute(adze, [v for i, v in enumerate(inputs) if i not in constants], folder / str(number)))
    return bool(constants)


def execute(adze, inputs, folder):
    folder.mkdir()
    argv = []
    for i, value in enumerate(inputs):
        np.save(folder / f"in{i}.npy", value)
        argv += ["--input", folder / f"in{i}.npy"]
    code, text = command(ADZE_RUN, adze, *argv, "--output-dir", folder / "out")
    if code != 0:
        raise Failure(f"adze-run ends with {code}: {first_line(text, code)}")
    files = sorted((folder / "out").glob("output_*.npy"), key=lambda p: int(p.stem.split("_")[1]))
    return [np.load(f) for f in files]


def compare(case, wanted, got):
    if len(got) != len(wanted):
        raise Failure(f"{len(got)} outputs, not {len(wanted)}")
    for i, (g, w) in enumerate(zip(got, wanted)):
        if how := differs(g, w, case):
            raise Failure(f"output {i} {how}")
