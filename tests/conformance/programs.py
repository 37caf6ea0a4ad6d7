# SPDX-License-Identifier: Apache-2.0
"""The programs under test: `cropper convert`, and adze-run of the full runtime. Failures have a reason of one line, the same on every machine."""
import os
import pathlib
import re
import subprocess

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
CROPPER = pathlib.Path(os.environ.get("ADZE_CROPPER", ROOT / "build/bin/cropper"))
ADZE_RUN = CROPPER.parent / "adze-run"
SECONDS = 20  # a case takes a hundredth of one

PASSED, FAILED, EXCLUDED = "passed", "failed", "excluded"


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
    said = re.sub(r"^\S*\.(onnx|tflite|adze): ", "", said)
    said = re.sub(r"^node \d+ '[^']*' \(([\w ]+)\): ", r"\1: ", said)
    return re.sub(r"^(input|output) '[^']*': ", r"an \1: ", said)


def convert(path, out):
    code, text = command(CROPPER, "convert", path, "-o", out)
    if code == 0:
        return ""
    if code != 3:
        raise Failure(f"convert ends with {code}: {first_line(text, code)}")
    return text


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
