# SPDX-License-Identifier: Apache-2.0
"""`cropper prove`: nothing in a crop is superfluous, and what is planted there is found, with its bytes."""
import json
import re
import shutil

import pytest
from crops import CROPPER, PROFILES, ROOT, crop_files, model_path, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
AVX2 = "linux-x64-avx2"


def prove(out, expect=0):
    return json.loads(run(CROPPER, "prove", out, "--format", "json", expect=expect).stdout)


def slack(proof):
    return {f["name"]: f["bytes"] for f in proof["atoms"] + proof["objects"] if f["slack"]}


@pytest.mark.parametrize("profile", list(PROFILES))
def test_no_slack_in_the_digits_crops(profile, tmp_path):
    crop_files([CNN, NET], profile, tmp_path / "out")
    proof = prove(tmp_path / "out")
    assert slack(proof) == {} and proof["ok"]
    assert len(proof["atoms"]) > 12 and len(proof["objects"]) > 30
    assert proof["questions"] == 2 * len(PROFILES[profile]) + 2
    plan = json.loads((tmp_path / "out/plan.json").read_text())
    assert [(a["kind"], a["id"]) for a in plan["atoms"]] == [(f["kind"], f["name"]) for f in proof["atoms"]]
    for f in proof["atoms"]:
        assert f["how"] and (f["bytes"] > 100 or f["kind"] not in ("op", "kernel", "ukernel")), f


@pytest.mark.parametrize("name,profile", [("mnist_cntk", "linux-arm64"), ("anomaly_toycar_int8", "linux-x64"), ("resnet8_cifar_float", AVX2)])
def test_no_slack_in_crops_of_real_models(name, profile, tmp_path):
    crop_files([model_path(name)], profile, tmp_path / "out")
    assert slack(prove(tmp_path / "out")) == {}


INDEX = json.loads((ROOT / "cropper/index/data/x86_64.json").read_text())["units"]


def planted(tmp_path, change):
    """A crop whose plan was changed before its folder was written."""
    models = ["--models", CNN, NET]
    plan = json.loads(run(CROPPER, "plan", *models, "--profile", AVX2).stdout)
    path, row = change({u["path"] for u in plan["units"]})
    unit = INDEX[path]
    plan["units"].append({"path": path, "isa": unit["isa"], "class": unit["class"]})
    plan["headers"] = sorted({*plan["headers"], *unit["headers"]})
    if row:
        plan["atoms"].append({"kind": "ukernel", "id": row, "because": "planted"})
        plan["units"][-1]["atoms"] = [f"ukernel:{row}"]
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    run(CROPPER, "generate", "--plan", tmp_path / "plan.json", *models, "-o", tmp_path / "out")
    return path, tmp_path / "out"


def test_a_planted_row_is_slack(tmp_path):
    """A micro-kernel that is dearer than the one of its level for every listed model."""
    row = "gemm_f32__scalar_2x16"
    path, out = planted(tmp_path, lambda kept: (f"kernels/cpu/gemm/{row}.cc", row))
    found = slack(prove(out, expect=4))
    assert set(found) == {row} and found[row] > 300, found
    text = run(CROPPER, "prove", out, expect=4).stdout
    assert re.search(rf"SLACK +{found[row]}  ukernel {row}: nothing changes in 4 questions", text), text


def test_a_planted_object_is_slack(tmp_path):
    """A unit that no kept one refers to: the linker leaves it out, the crop compiles it in vain."""
    def spare(kept):
        return next(p for p, u in INDEX.items() if p.startswith("op-registry/ops/") and p not in kept and set(u.get("uses", [])) <= kept), None

    path, out = planted(tmp_path, spare)
    assert slack(prove(out, expect=4)) == {f"src/{path}": 0}


def test_features_are_proven_by_what_they_give(tmp_path):
    profile = json.loads((ROOT / "profiles" / f"{AVX2}.json").read_text())
    profile["name"], profile["features"] = "threaded", {"threads": True, "error_text": False}
    (tmp_path / "threaded.json").write_text(json.dumps(profile))
    crop_files([NET], tmp_path / "threaded.json", tmp_path / "out")
    proof = prove(tmp_path / "out")
    how = {f["name"]: f["how"] for f in proof["atoms"]}
    assert how["threads=on"].startswith("two threads: refused") and "does not link" in how["error_text=off"], how


def test_only_sound_crops_of_models_are_proven(tmp_path):
    crop_files([NET], AVX2, tmp_path / "out")
    shutil.copytree(tmp_path / "out", tmp_path / "edited")
    table = tmp_path / "edited/src/generated/table.cc"
    table.write_text(re.sub(r"adze_softmax_f32__any,", "adze_pool2d_f32__any_max_rectangles,", table.read_text()))
    assert any("table.cc" in f for f in prove(tmp_path / "edited", expect=4)["failures"])
    run(CROPPER, "generate", "--plan", tmp_path / "out/plan.json", "-o", tmp_path / "bare")
    assert "lacks models/digits_net.adze" in run(CROPPER, "prove", tmp_path / "bare", expect=3).stderr
    run(CROPPER, "crop", "--empty", "--profile", AVX2, "-o", tmp_path / "none")
    done = run(CROPPER, "prove", tmp_path / "none", expect=3)
    assert "lists no models" in done.stderr
