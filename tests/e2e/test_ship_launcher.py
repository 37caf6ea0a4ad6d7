# SPDX-License-Identifier: Apache-2.0
"""Compiler launchers of the user pass through to crops; long work shows how far it is, on terminals only."""
import os
import pty
import re
import shutil
import subprocess

import pytest
from crops import CROPPER, ROOT, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"


def crop(out, *more, **env):
    models = ["--models", CNN] if "--empty" not in more else []
    return run(CROPPER, "crop", *models, "--profile", "linux-x64-avx2", "-o", out, *more, env={**os.environ, **env})


@pytest.fixture()
def launcher(tmp_path):
    """A launcher as distcc and sccache are: it is given the compiler and its arguments; this one counts."""
    script = tmp_path / "count"
    script.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/calls\nexec ccache "$@" 2>/dev/null || exec "$@"\n')
    script.chmod(0o755)
    return script


def calls(launcher):
    path = launcher.parent / "calls"
    return [line for line in path.read_text().splitlines() if " -c " in line and "/src/" in line] if path.exists() else []


def test_from_the_environment(launcher, tmp_path):
    crop(tmp_path / "out", CMAKE_CXX_COMPILER_LAUNCHER=str(launcher))
    objects = list((tmp_path / "out/build").rglob("*.o"))
    assert len(calls(launcher)) == len(objects) > 30
    assert "ccache" not in calls(launcher)[0].split()[0]
    # A launcher that comes later takes over the folder.
    crop(tmp_path / "later")
    assert len(calls(launcher)) == len(objects)
    crop(tmp_path / "later", CMAKE_CXX_COMPILER_LAUNCHER=str(launcher))
    assert len(calls(launcher)) == 2 * len(objects)
    assert (tmp_path / "out/build/libadze.so").read_bytes() == (tmp_path / "later/build/libadze.so").read_bytes()


def test_from_the_cache(launcher, tmp_path):
    run(CROPPER, "crop", "--no-build", "--models", CNN, "--profile", "linux-x64-avx2", "-o", tmp_path / "out")
    run("cmake", "-G", "Ninja", "-S", tmp_path / "out", "-B", tmp_path / "out/build", f"-DCMAKE_CXX_COMPILER_LAUNCHER={launcher}")
    crop(tmp_path / "out")
    assert len(calls(launcher)) > 30


def test_none(tmp_path):
    """An empty launcher turns the automatic ccache off."""
    crop(tmp_path / "out", "--empty", CMAKE_CXX_COMPILER_LAUNCHER="")
    assert "ccache" not in run("ninja", "-C", tmp_path / "out/build", "-t", "commands", "libadze.so").stdout


def on_a_terminal(*argv, expect=0):
    """What a command writes to a terminal that is its stderr."""
    ours, its = pty.openpty()
    with subprocess.Popen([str(a) for a in argv], stdout=subprocess.DEVNULL, stderr=its) as process:
        os.close(its)
        text = b""
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:
                break
            if not chunk:
                break
            text += chunk
    os.close(ours)
    assert process.returncode == expect, text
    return text.decode()


def test_progress(tmp_path):
    args = [CROPPER, "crop", "--models", CNN, "--profile", "linux-x64-avx2", "-o"]
    shown = on_a_terminal(*args, tmp_path / "a")
    steps = [(int(k), int(n)) for k, n in re.findall(r"step (\d+) of (\d+)", shown)]
    assert len(steps) > 30 and steps[-1][0] == steps[-1][1] and "converting digits_cnn" in shown
    assert shown.endswith("\r\x1b[K")
    assert on_a_terminal(*args, tmp_path / "b", "--quiet") == ""
    # `prove` builds first; a crop that was changed is as far as it goes here.
    shutil.rmtree(tmp_path / "a/build")
    (tmp_path / "a/NOTICE").write_text("changed")
    assert f"building {tmp_path}/a: step {len(steps)} of {len(steps)}..." in on_a_terminal(CROPPER, "prove", tmp_path / "a", expect=4)
    assert run(*args, tmp_path / "c").stderr == ""
    for command in ("inspect", "convert", "plan", "generate", "crop", "verify", "prove", "size", "audit", "why", "why-not", "can-run"):
        assert "--quiet" in run(CROPPER, command, "--help").stdout, command
