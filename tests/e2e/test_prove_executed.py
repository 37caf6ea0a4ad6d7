# SPDX-License-Identifier: Apache-2.0
"""`cropper prove --executed`: nearly every byte of a crop's functions runs over its models and refusals; what does not is told apart."""
import json

import pytest
from crops import CROPPER, ROOT, crop_files, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"


def executed(out):
    return json.loads(run(CROPPER, "prove", out, "--executed", "--format", "json").stdout)


@pytest.mark.parametrize("profile", ["linux-x64-avx2", "linux-arm64"])
def test_nearly_everything_runs(profile, tmp_path):
    crop_files([CNN, NET], profile, tmp_path / "out")
    report = executed(tmp_path / "out")
    assert report["runs"] > report["refusals"] > 40
    assert report["total_bytes"] == sum(report["bytes"].values()) == sum(f["bytes"] for f in report["functions"]) > 20000
    assert report["bytes"]["executed"] > 0.99 * report["total_bytes"] and report["bytes"]["slack"] < 200, report["bytes"]
    use = {f["name"]: f for f in report["functions"]}
    assert use["adze_session_create"]["use"] == use["adze_run"]["use"] == "executed"
    assert use["adze_version"]["use"] == "interface" and use["adze_version"]["reason"]
    assert use["adze::(anonymous namespace)::OutOfMemory"]["use"] == "error path"
    for f in report["functions"]:
        assert (f["use"] in ("executed", "slack")) == (f["reason"] == ""), f
    print(f"COUNT {profile}: {report['bytes']['executed']} of {report['total_bytes']} bytes of functions ran in {report['runs']} runs")


def test_a_planted_function_is_slack(tmp_path):
    """One that is called under a condition which never holds, so that the linker keeps it."""
    crop_files([NET], "linux-x64-avx2", tmp_path / "out")
    source = tmp_path / "out/src/runtime/session/session_info.cc"
    text = source.read_text()
    head = "int32_t adze_input_count(const adze_session* session) {"
    assert text.count(head) == 1
    planted = "volatile int adze_planted_at;\n[[gnu::noinline]] static void Planted() { adze_planted_at = adze_planted_at + 7; }\n"
    source.write_text(text.replace(head, planted + head + "\n  if (reinterpret_cast<size_t>(session) == 1) Planted();\n"))
    found = [f for f in executed(tmp_path / "out")["functions"] if f["name"] == "Planted"]
    assert len(found) == 1 and found[0]["use"] == "slack" and found[0]["bytes"] > 5 and found[0]["unit"].endswith("session_info.cc"), found


def test_threads_are_watched(tmp_path):
    profile = json.loads((ROOT / "profiles/linux-x64-avx2.json").read_text())
    profile["name"], profile["features"]["threads"] = "threaded", True
    (tmp_path / "threaded.json").write_text(json.dumps(profile))
    crop_files([NET], tmp_path / "threaded.json", tmp_path / "out")
    use = {f["name"]: f["use"] for f in executed(tmp_path / "out")["functions"] if "thread_pool" in f["unit"]}
    assert sum(u == "executed" for u in use.values()) >= 3, use
