# SPDX-License-Identifier: Apache-2.0
"""The pipelines of examples/ci: every command of theirs is run in an app's folder, as their runners do it, and they pass and fail where they should."""
import json
import os
import pathlib
import shutil
import subprocess
import xml.etree.ElementTree

import pytest
import yaml
from crops import CROPPER, ROOT

CI = ROOT / "examples/ci"
ZOO = ROOT / "models/zoo/digits"


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    """What the pipelines' caches hold: an installed cropper. Building it is scripts/quickstart's and test_ship_sdk's business."""
    top = tmp_path_factory.mktemp("prefix")
    (top / "bin").mkdir()
    (top / "bin/cropper").symlink_to(pathlib.Path(CROPPER).resolve())
    shutil.copy(ROOT / "scripts/install-packages", top)
    return top


@pytest.fixture()
def app(tmp_path):
    """An app's repository with one model, before its first baseline."""
    folder = tmp_path / "app"
    shutil.copytree(CI / "ci", folder / "ci")
    for model in ("digits_net.onnx", "digits_cnn.tflite"):
        shutil.copy(ZOO / model, folder)
    (folder / "models.txt").write_text("digits_net.onnx\n")
    return folder


def shell(app, command, env, path):
    environment = {**os.environ, **env, "PATH": os.pathsep.join([*path, os.environ["PATH"]])}
    return subprocess.run(["bash", "-e", "-o", "pipefail", "-c", command], cwd=app, env=environment, capture_output=True, text=True)


def github(app, prefix):
    """Runs the job's steps as GitHub's runner does, to the first that fails: (exit code, all output)."""
    job = yaml.safe_load((CI / "github.yml").read_text())["jobs"]["size"]
    steps = [s["run"] for s in job["steps"] if "run" in s]
    assert steps == ["ci/get-cropper.sh", "ci/size-gate.sh"]
    files = {name: app.parent / name for name in ("GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("")
    env = {k: v for k, v in job["env"].items() if "${{" not in v}
    env.update({name: str(file) for name, file in files.items()}, GITHUB_ACTIONS="true", ADZE_PREFIX=str(prefix))
    output = ""
    for step in steps:
        done = shell(app, step, env, files["GITHUB_PATH"].read_text().split())
        output += done.stdout + done.stderr
        if done.returncode != 0:
            break
    return done.returncode, output, files["GITHUB_STEP_SUMMARY"].read_text()


def gitlab(app, prefix):
    job = yaml.safe_load((CI / "gitlab.yml").read_text())["size"]
    assert len(job["script"]) == 2
    env = {**job["variables"], "ADZE_PREFIX": str(prefix)}
    done = shell(app, "\n".join(job["script"]), env, [])
    return done.returncode, done.stdout + done.stderr, ""


def update(app, prefix):
    done = shell(app, "ci/size-gate.sh --update", {}, [str(prefix / "bin")])
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("runner", [github, gitlab])
def test_pipeline(runner, app, prefix):
    code, output, _ = runner(app, prefix)
    assert code == 3 and "--update makes it" in output, output

    update(app, prefix)
    assert json.loads((app / "ci/sizes/linux-x64.json").read_text())["models"][0]["source"] == "digits_net.onnx"
    code, output, summary = runner(app, prefix)
    assert code == 0 and "0 findings" in output, output
    assert "### Size: ok" in summary or runner is gitlab

    with (app / "models.txt").open("a") as models:
        models.write("digits_cnn.tflite\n")
    code, output, summary = runner(app, prefix)
    assert code == 4 and "dwconv_f32__avx2_w3s2 came" in output, output
    reports = app / "size-report"
    assert xml.etree.ElementTree.parse(reports / "size-junit.xml").getroot().get("failures") != "0"
    assert "dwconv_f32__avx2_w3s2" in (reports / "size.md").read_text() and "</html>" in (reports / "size.html").read_text()
    if runner is github:
        assert "::error file=ci/sizes/linux-x64.json,title=" in output and "### Size: check failed" in summary

    update(app, prefix)
    assert runner(app, prefix)[0] == 0


def test_signed_bytes_pass(app, prefix):
    update(app, prefix)
    with (app / "models.txt").open("a") as models:
        models.write("digits_cnn.tflite\n")
    assert github(app, prefix)[0] == 4
    entries = [{"metric": m, "extra_bytes": 1 << 20, "reason": "the digits of the new form", "by": "kim", "expires": "9999-12-31"}
               for m in ("alloc", "file", "compressed", "ram")]
    (app / "ci/signed.json").write_text(json.dumps({"version": 1, "exceptions": entries}))
    code, output, _ = github(app, prefix)
    assert code == 0 and "signed off: 1,048,576 B of alloc by kim" in output, output


def test_scripts_parse():
    for script in (CI / "ci").glob("*.sh"):
        assert subprocess.run(["bash", "-n", script]).returncode == 0 and os.access(script, os.X_OK)
