# SPDX-License-Identifier: Apache-2.0
"""`inspect` and `can-run` on stored, damaged and unsupported models: what they say and how they exit."""
import json

import pytest
from crops import CROPPER, ROOT, crop_files, run

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"


@pytest.fixture(scope="module")
def crop(tmp_path_factory):
    out = tmp_path_factory.mktemp("inspect") / "crop"
    crop_files([CNN], "linux-x64-avx2", out)
    return out


@pytest.fixture
def stored(crop, tmp_path):
    """An .adze whose name does not tell what it is: content must."""
    path = tmp_path / "model.bin"
    path.write_bytes((crop / "models/digits_cnn.adze").read_bytes())
    return path


@pytest.fixture
def unsupported(tmp_path):
    """An ONNX file, sound but for an op that nobody has."""
    path = tmp_path / "strange.onnx"
    data = NET.read_bytes()
    assert b"Softmax" in data or b"MaxPool" in data
    path.write_bytes(data.replace(b"MaxPool", b"MaxPuul").replace(b"\x22\x07Softmax", b"\x22\x07Softmux"))
    return path


def test_inspect_stored(stored):
    foreign = json.loads(run(CROPPER, "inspect", CNN, "--format", "json").stdout)[0]
    report = json.loads(run(CROPPER, "inspect", stored, "--format", "json").stdout)[0]
    for key in ("inputs", "outputs", "nodes", "ops", "dtypes", "macs", "arena_bytes"):
        assert report[key] == foreign[key], key
    assert "graph" not in report


def test_dump_stored(stored):
    dump = run(CROPPER, "inspect", stored, "--dump").stdout
    assert dump == run(CROPPER, "inspect", stored, "--dump").stdout
    for line in ("header: 64 bytes, format 1.0,", "tensor 0 'picture': float32 [1, 8, 8, 1], strides [256, 32, 4, 4], arena+", ": softmax ["):
        assert line in dump, dump
    assert "0x" not in dump.split("\narena: ", 1)[1], "params of every op are decoded"


@pytest.mark.parametrize("command", ["inspect", "can-run"])
@pytest.mark.parametrize("place", ["cut", "graph", "version"])
def test_damaged_stored(crop, stored, command, place):
    data = bytearray(stored.read_bytes())
    if place == "cut":
        del data[-1]
    else:
        data[{"graph": 100, "version": 8}[place]] ^= 2
    stored.write_bytes(data)
    argv = [stored] if command == "inspect" else [stored, crop / "build/libadze.so"]
    words = {"cut": "bytes and needs", "graph": "checksum", "version": "reads up to 1"}[place]
    done = run(CROPPER, command, *argv, expect=3)
    assert str(stored) in done.stderr and words in done.stderr, done.stderr


def test_inspect_reports_all(stored, tmp_path):
    stored.write_bytes(stored.read_bytes()[:100])
    (tmp_path / "cut.tflite").write_bytes(CNN.read_bytes()[:500])
    done = run(CROPPER, "inspect", stored, CNN, tmp_path / "cut.tflite", expect=3)
    assert "model.bin" in done.stderr and "cut.tflite" in done.stderr, done.stderr
    assert str(CNN) in done.stdout


@pytest.mark.parametrize("source", [CNN, NET], ids=["tflite", "onnx"])
def test_can_run_damaged(crop, tmp_path, source):
    model = tmp_path / f"cut{source.suffix}"
    model.write_bytes(source.read_bytes()[: source.stat().st_size // 2])
    done = run(CROPPER, "can-run", model, crop / "build/libadze.so", expect=3)
    assert model.name in done.stderr and "missing:" not in done.stdout, done.stdout
    run(CROPPER, "can-run", tmp_path / "none.onnx", crop / "build/libadze.so", expect=3)


def test_can_run_unsupported(crop, unsupported):
    done = run(CROPPER, "can-run", unsupported, crop / "build/libadze.so", expect=4)
    assert "missing: " in done.stdout and "is not supported" in done.stdout and "change the model" in done.stdout, done.stdout
    report = json.loads(run(CROPPER, "can-run", unsupported, crop / "build/libadze.so", "--format", "json", expect=4).stdout)
    assert not report["can_run"] and all("\n" not in line for line in report["missing"])


def test_can_run_contradiction(crop, tmp_path):
    """A file whose shapes cannot fit is damaged (3); no crop and no change of Adze would make it run, so it is not 'unsupported' (4)."""
    dims, wrong = (b"".join(bytes([0x0A, 2, 8, d]) for d in shape) for shape in ((1, 1, 8, 8), (1, 2, 8, 8)))
    assert NET.read_bytes().count(dims) == 1, "the input's shape"
    (tmp_path / "channels.onnx").write_bytes(NET.read_bytes().replace(dims, wrong))
    done = run(CROPPER, "can-run", tmp_path / "channels.onnx", crop / "build/libadze.so", expect=3)
    assert "channels.onnx: node 0 " in done.stderr and "missing:" not in done.stdout, done.stderr


def test_can_run_takes_the_folder_of_a_crop(crop, stored):
    assert "runs" in run(CROPPER, "can-run", stored, crop).stdout


def test_convert_of_stored(stored, tmp_path):
    done = run(CROPPER, "convert", stored, "-o", tmp_path / "o.adze", expect=3)
    assert "model.bin: is an .adze file already" in done.stderr, done.stderr


def test_convert_and_crop_of_unsupported_and_damaged(unsupported, tmp_path):
    damaged = tmp_path / "cut.onnx"
    damaged.write_bytes(NET.read_bytes()[:200])
    for model in (unsupported, damaged):
        run(CROPPER, "convert", model, "-o", tmp_path / "o.adze", expect=3)
        run(CROPPER, "crop", "--models", model, "--profile", "linux-x64-avx2", "-o", tmp_path / "o", expect=3)
