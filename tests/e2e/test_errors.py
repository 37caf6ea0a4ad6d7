# SPDX-License-Identifier: Apache-2.0
"""Wrong use and damaged input: the exit code and a message that names the file, the place and the remedy."""
import json
import pathlib
import shutil

import numpy as np
import pytest
from crops import CROPPER, ROOT, crop, crop_files, model_path, run, run_model

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
PROFILE = "linux-x64-avx2"


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    out = tmp_path_factory.mktemp("digits") / "crop"
    crop_files([CNN], PROFILE, out)
    return out


def fails(code, *argv, words):
    done = run(CROPPER, *argv, expect=code)
    for word in words:
        assert word in done.stderr, done.stderr
    return done.stderr


def test_missing_list(tmp_path):
    fails(3, "crop", "--models", tmp_path / "none.txt", "--profile", PROFILE, "-o", tmp_path / "o", words=["none.txt"])


def test_empty_list(tmp_path):
    (tmp_path / "list.txt").write_text("# nothing but a comment\n\n")
    fails(3, "crop", "--models", tmp_path / "list.txt", "--profile", PROFILE, "-o", tmp_path / "o", words=["list.txt", "no model"])


def test_a_model_given_twice(tmp_path):
    """Within one list or one command line; two lists may name the same model (test_unions.py)."""
    (tmp_path / "list.txt").write_text(f"{CNN}\n{CNN}\n")
    fails(3, "plan", "--models", CNN, CNN, "--profile", PROFILE, words=[CNN.name, "twice"])
    fails(3, "plan", "--models", tmp_path / "list.txt", "--profile", PROFILE, words=[CNN.name, "already listed in line 1"])


def test_models_of_one_name(tmp_path):
    """Two files of one name both stay, and the order in which they are given changes nothing."""
    for folder, source in (("a", CNN), ("b", NET)):
        (tmp_path / folder).mkdir()
        shutil.copy(source, tmp_path / folder / "same.bin")
    models = [tmp_path / "a/same.bin", tmp_path / "b/same.bin"]
    plans = [run(CROPPER, "plan", "--models", *order, "--profile", PROFILE).stdout for order in (models, models[::-1])]
    assert plans[0] == plans[1]
    assert [m["name"] for m in json.loads(plans[0])["models"]] == ["same.adze", "same_2.adze"]


def test_list_names_all_missing_models(tmp_path):
    (tmp_path / "list.txt").write_text("a.tflite\nb.onnx\n")
    fails(3, "crop", "--models", tmp_path / "list.txt", "--profile", PROFILE, "-o", tmp_path / "o", words=["a.tflite", "b.onnx"])


def test_unknown_profile_key(tmp_path):
    text = (ROOT / "profiles" / f"{PROFILE}.json").read_text().replace('"levels"', '"lewels": [], "levels"', 1)
    (tmp_path / "p.json").write_text(text)
    fails(3, "crop", "--models", CNN, "--profile", tmp_path / "p.json", "-o", tmp_path / "o", words=["p.json", "lewels", "levels"])


def test_unknown_profile(tmp_path):
    fails(3, "crop", "--models", CNN, "--profile", "linux-z80", "-o", tmp_path / "o", words=["linux-z80", "linux-x64-avx2"])


def test_usage():
    assert run(CROPPER, "crop", expect=2).stderr
    assert run(CROPPER, "chop", expect=2).stderr


@pytest.mark.parametrize("name", ["with space", "quo'te\"s", "semi;colon", "dollar$(touch x)", "hash # sign", "back\\slash", "-dash", "ünï"])
def test_odd_paths(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    model = folder / f"{name}.tflite"
    shutil.copy(CNN, model)
    # Quotes take a path literally (a '#' starts a comment elsewhere); a path that holds a quote itself needs none.
    (folder / "list.txt").write_text(f"{model.name}\n" if '"' in name else f'"{model.name}"\n')
    run(CROPPER, "crop", "--models", folder / "list.txt", "--profile", PROFILE, "-o", folder / "out", cwd=tmp_path)
    assert (folder / "out/build/libadze.so").exists()
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("argv", [("convert", CNN, "-o", ""), ("plan", "--models", "", "--profile", PROFILE), ("size", ""), ("verify", ""),
                                  ("crop", "--models", CNN, "--profile", PROFILE, "-o", ""), ("can-run", CNN, ""), ("inspect", CNN, "")])
def test_empty_arguments(argv):
    """An unset variable of a script is no path: joined to a file's name it would be the root folder."""
    done = run(CROPPER, *argv, expect=2)
    assert "is empty" in done.stderr, done.stderr


@pytest.mark.parametrize("command", ["convert", "plan", "crop"])
@pytest.mark.parametrize("place", ["folder", "file/below", "/proc/adze"])
def test_output_that_cannot_be_written(tmp_path, command, place):
    argv = [command, CNN] if command == "convert" else [command, "--models", CNN, "--profile", PROFILE]
    if command == "crop" and place == "folder":
        place = "file"  # a folder is what crop writes
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine")
    fails(3, *argv, "-o", tmp_path / place, words=[str(tmp_path / place)])
    assert (tmp_path / "file").read_text() == "mine" and not list((tmp_path / "folder").iterdir())


def test_jobs():
    done = run(CROPPER, "crop", "--models", CNN, "--profile", PROFILE, "-o", "x", "-j", "-3", expect=2)
    assert "0 to 1024" in done.stderr, done.stderr


@pytest.mark.parametrize("text", ["{}", "[1", "7", '{"version": "x"}', '{"version": 1, "units": [3], "files": "x"}',
                                  '{"version": 1, "units": {}, "files": {"a": 1}, "models": []}', '{"version": 1, "units": {}, "files": {}, "models": [7]}'])
@pytest.mark.parametrize("command", ["verify", "crop"])
def test_damaged_crop_json(digits, tmp_path, command, text):
    out = tmp_path / "crop"
    shutil.copytree(digits, out)
    (out / "crop.json").write_text(text)
    argv = ["--models", CNN, "--profile", PROFILE, "-o", out] if command == "crop" else [out]
    fails(3, command, *argv, words=[str(out / "crop.json"), "crop again"])


def test_output_folder_that_is_no_crop_is_kept(tmp_path):
    (tmp_path / "o").mkdir()
    (tmp_path / "o/precious.txt").write_text("mine")
    fails(3, "crop", "--models", CNN, "--profile", PROFILE, "-o", tmp_path / "o", words=["crop.json"])
    assert (tmp_path / "o/precious.txt").read_text() == "mine"


@pytest.mark.parametrize("source", [CNN, NET])
def test_truncated_foreign_model(tmp_path, source):
    cut = tmp_path / f"cut{source.suffix}"
    cut.write_bytes(source.read_bytes()[: source.stat().st_size // 2])
    fails(3, "convert", cut, "-o", tmp_path / "x.adze", words=[cut.name])


def test_model_outside_the_crop(digits, tmp_path):
    """P5: refused at load with every missing row, the crop's id and the line to add."""
    run(CROPPER, "convert", NET, "-o", tmp_path / "net.adze")
    done = run(digits / "build/adze-run", tmp_path / "net.adze", "--output-dir", tmp_path, expect=4)
    crop_id = json.loads((digits / "crop.json").read_text())["crop_id"]
    assert done.stderr.strip().splitlines() == [
        f"adze-run: {tmp_path}/net.adze: not in this crop: 2 nodes of model 'digits_net' lack, at level avx2",
        "  node 1 'pool1' (pool2d): the op for float32",
        "  node 3 'pool2' (pool2d): the op for float32",
        f"this library is crop {crop_id}; add this line, the model's path, to its model list and crop again:",
        "  digits_net.adze",
    ]


def field(number, data):
    """A length-delimited field of a protocol buffer."""
    size = len(data)
    return bytes([number << 3 | 2]) + (bytes([size]) if size < 128 else bytes([size & 127 | 128, size >> 7 & 127 | 128, size >> 14])) + data


def test_a_long_refusal_is_whole(digits, tmp_path):
    count = 1500
    value = lambda name: field(1, name) + field(2, field(1, b"\x08\x01" + field(2, field(1, b"\x08\x04"))))
    nodes = b"".join(field(1, field(1, b"v%d" % i) + field(2, b"v%d" % (i + 1)) + field(3, b"%060d" % i) + field(4, b"Sigmoid")) for i in range(count))
    graph = nodes + field(11, value(b"v0")) + field(12, value(b"v%d" % count))
    (tmp_path / "long.onnx").write_bytes(b"\x08\x08" + field(7, graph) + field(8, b"\x10\x0d"))
    run(CROPPER, "convert", tmp_path / "long.onnx", "-o", tmp_path / "long.adze")
    done = run(digits / "build/adze-run", tmp_path / "long.adze", "--output-dir", tmp_path, expect=4)
    assert done.stderr.count("(sigmoid): the op for float32\n") == count and "add this line" in done.stderr, done.stderr[-300:]


def test_damaged_and_newer_files(digits, tmp_path):
    good = bytearray((digits / "models/digits_cnn.adze").read_bytes())
    cases = {"truncated": (good[: len(good) // 3], "damaged"), "flipped": (good[:200] + bytes([good[200] ^ 1]) + good[201:], "damaged"),
             "newer": (good[:8] + b"\xff\x00" + good[10:], "newer")}
    for name, (data, word) in cases.items():
        (tmp_path / name).write_bytes(data)
        done = run(digits / "build/adze-run", tmp_path / name, "--output-dir", tmp_path, expect=3)
        assert word in done.stderr, (name, done.stderr)


def test_wrong_input_at_run(digits, tmp_path):
    model = digits / "models/digits_cnn.adze"
    for value, words in ((np.zeros((1, 8, 8, 2), np.float32), ["picture"]), (np.zeros((1, 8, 8, 1), np.int8), ["picture", "float32"])):
        np.save(tmp_path / "in.npy", value)
        done = run(digits / "build/adze-run", model, "--input", tmp_path / "in.npy", "--output-dir", tmp_path / "o", expect=3)
        for word in words:
            assert word in done.stderr, done.stderr
    done = run(digits / "build/adze-run", model, "--input", tmp_path, "--output-dir", tmp_path / "o", expect=3)
    assert f"{tmp_path}: it is a folder" in done.stderr, done.stderr


def test_unsupported_cpu(digits, tmp_path):
    """An old CPU under the emulator: refused at load, no illegal instruction."""
    if shutil.which("qemu-x86_64") is None:
        pytest.fail("qemu-user is missing")
    done = run("qemu-x86_64", "-cpu", "Nehalem", digits / "build/adze-run", digits / "models/digits_cnn.adze", "--output-dir", tmp_path, expect=4)
    assert "avx2" in done.stderr


def test_can_run(digits):
    assert run(CROPPER, "can-run", CNN, digits / "build/libadze.so").returncode == 0
    done = run(CROPPER, "can-run", NET, digits / "build/libadze.so", expect=4)
    assert "pool2d" in done.stdout + done.stderr


def test_can_run_on_foreign_architecture(tmp_path):
    crop_files([CNN], "linux-arm64", tmp_path / "arm")
    run(CROPPER, "can-run", CNN, tmp_path / "arm/build/libadze.so")
    run(CROPPER, "can-run", NET, tmp_path / "arm/build/libadze.so", expect=4)


def test_why(digits):
    done = run(CROPPER, "why", digits, "gemm_f32__avx2_6x16")
    for word in ("digits_cnn", "conv2d", "gemm_f32__avx2_6x16.cc"):
        assert word in done.stdout, done.stdout
    run(CROPPER, "why", digits, "no_such_row", expect=3)
    for name in ("digits_cnn", "digits_cnn.adze", "digits_cnn.tflite", "conv2d", "dense"):
        done = run(CROPPER, "why", digits, name)
        assert "gemm_f32__avx2_" in done.stdout, done.stdout


def test_every_object_and_symbol_has_a_chain(digits):
    """`why` knows a chain for whatever was built, the generated table and local functions included."""
    objects = sorted((digits / "build/CMakeFiles/adze_objects.dir").rglob("*.o"))
    symbols = {line.split()[-1] for line in run("nm", "--defined-only", *objects).stdout.splitlines() if " " in line}
    kept = {p.relative_to(digits).as_posix() for p in (digits / "src").rglob("*.cc") if "tools" not in p.parts}
    assert len(objects) == len(kept) > 30 and "src/generated/table.cc" in kept and len(symbols) > 100
    for name in [*objects, *sorted(kept), *sorted(s for s in symbols if not s.startswith("."))[::4], "adze_run", "adze::ResolveNode"]:
        found = json.loads(run(CROPPER, "why", digits, name, "--format", "json").stdout)
        assert found["chains"] and all(c["units"] for c in found["chains"]) and found["unit"] and found["bytes"] > 0, found


def test_why_not(digits):
    done = run(CROPPER, "why-not", digits, "sigmoid_f32__any")
    assert "no listed model has a node of op sigmoid" in done.stdout, done.stdout
    found = json.loads(run(CROPPER, "why-not", digits, "dwconv_f32__avx2", "--format", "json").stdout)
    assert found["kind"] == "row" and "where dwconv_f32__avx2_w3s2 costs" in found["reasons"][0], found
    fails(3, "why-not", digits, "sigmoid_f32__anny", words=["near it: sigmoid_f32__any"])
    fails(3, "why-not", digits, "softmax", words=["cropper why"])
