# SPDX-License-Identifier: Apache-2.0
"""Lists name models together: the crop is that of their union, whatever the order and however often a model is named."""
import json
import random

from crops import CROPPER, ROOT, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"


def written(tmp_path, name, models):
    """crop.json and plan.json of a folder that was written but not built."""
    out = tmp_path / name
    run(CROPPER, "crop", "--no-build", "--models", *models, "--profile", "linux-x64-avx2", "-o", out)
    return (out / "crop.json").read_bytes(), (out / "plan.json").read_bytes()


def test_order_and_repetition_change_no_byte(tmp_path):
    lists = {"camera.txt": [CNN, NET], "voice.txt": [NET], "all.txt": [NET, CNN]}
    rng = random.Random(3)
    first = None
    for n in range(6):
        arguments = [*lists, *rng.sample(list(lists), n % 3)]
        rng.shuffle(arguments)
        for name, models in lists.items():
            rng.shuffle(models)
            (tmp_path / name).write_text("".join(f"{m}\n" for m in models) + "# a comment\n" * n)
        got = written(tmp_path, f"out{n}", [tmp_path / a for a in arguments])
        first = first or got
        assert got == first, arguments
    named = {m["file"]: m["named_by"] for m in json.loads(first[0])["models"]}
    assert named == {"models/digits_cnn.adze": ["all.txt", "camera.txt"], "models/digits_net.adze": ["all.txt", "camera.txt", "voice.txt"]}


def test_a_union_is_the_crop_of_its_models(tmp_path):
    for name, model in (("a.txt", CNN), ("b.txt", NET)):
        (tmp_path / name).write_text(f"{model}\n")
    _, union = written(tmp_path, "union", [tmp_path / "a.txt", tmp_path / "b.txt"])
    _, one = written(tmp_path, "one", [tmp_path / "a.txt"])
    ids = lambda plan: {(a["kind"], a["id"]) for a in json.loads(plan)["atoms"]}  # noqa: E731
    assert ids(union) == ids(one) | ids(written(tmp_path, "two", [tmp_path / "b.txt"])[1])
    assert ids(one) != ids(union)


def test_a_depfile_names_what_was_read(tmp_path):
    (tmp_path / "list.txt").write_text(f"{CNN}\n")
    run(CROPPER, "crop", "--no-build", "--models", tmp_path / "list.txt", NET, "--profile", "linux-x64-avx2", "--depfile", tmp_path / "d",
        "-o", tmp_path / "out")
    named = {line.strip(" \\") for line in (tmp_path / "d").read_text().splitlines()[1:]}
    assert {str(tmp_path / "list.txt"), str(CNN), str(NET), str(ROOT / "profiles/linux-x64-avx2.json"),
            str(ROOT / "runtime/session/session_run.cc")} <= named
