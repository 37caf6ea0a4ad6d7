# SPDX-License-Identifier: Apache-2.0
"""Models with open dims: declared in the list, planned for each shape, resized at run time."""
import json

import numpy as np
import onnx
import onnxruntime
import pytest
from crops import CROPPER, run
from onnx import TensorProto, helper

PROFILE = "linux-x64-avx2"


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """x [batch, 3, width] -> conv of one dim's worth as a matrix product, softmax over what is open."""
    w = np.random.default_rng(1).standard_normal((3, 4), dtype=np.float32)
    nodes = [helper.make_node("Transpose", ["x"], ["t"], perm=[0, 2, 1]), helper.make_node("MatMul", ["t", "w"], ["m"]),
             helper.make_node("Softmax", ["m"], ["y"], axis=1)]
    graph = helper.make_graph(nodes, "open", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 3, "width"])],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["batch", "width", 4])],
                              [helper.make_tensor("w", TensorProto.FLOAT, w.shape, w.tobytes(), raw=True)])
    path = tmp_path_factory.mktemp("open") / "open.onnx"
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)]), path)
    return path


def crop_list(model, folder, *shapes):
    folder.mkdir(exist_ok=True)
    (folder / "models.txt").write_text("\n".join([str(model), *("  " + s for s in shapes)]) + "\n")
    run(CROPPER, "crop", "--models", folder / "models.txt", "--profile", PROFILE, "-o", folder / "out")
    return folder / "out"


def exports(out):
    return run("nm", "-D", "--defined-only", out / "build/libadze.so").stdout


def test_open_dims_are_told_with_what_to_write(model, tmp_path):
    refused = run(CROPPER, "crop", "--models", model, "--profile", PROFILE, "-o", tmp_path / "out", expect=3).stderr
    assert "its shape ['batch', 3, 'width'] is open" in refused and "'batch = 1' and 'width = 1'" in refused
    refused = run(CROPPER, "inspect", model, "--shape", "batch=1", "depth=2", "width", expect=3).stderr
    assert "'width' declares no shape" in refused
    refused = run(CROPPER, "inspect", model, "--shape", "batch=1", "width=2", "depth=2", expect=3).stderr
    assert "no input has a dim of the name 'depth'" in refused and "x ['batch', 3, 'width']" in refused


def test_every_declared_shape_runs_and_no_other(model, tmp_path):
    out = crop_list(model, tmp_path / "range", "batch = 1..2", "width = 4..20/8")
    assert "adze_resize" in exports(out)
    assert "verified" in run(CROPPER, "verify", out).stdout
    assert "0 slack" in run(CROPPER, "prove", out).stdout
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    tool, adze = out / "build/adze-run", out / "models/open.adze"
    for batch in (1, 2):
        for width in (4, 12, 20):
            x = np.random.default_rng(width).standard_normal((batch, 3, width), dtype=np.float32)
            np.save(tmp_path / "x.npy", x)
            run(tool, adze, "--shape", f"x={batch},3,{width}", "--input", tmp_path / "x.npy", "--output-dir", tmp_path / "o")
            np.testing.assert_allclose(np.load(tmp_path / "o/output_0.npy"), session.run(None, {"x": x})[0], atol=1e-6)
    refused = run(tool, adze, "--shape", "1,3,5", expect=2).stderr
    assert "input 0 'x': dimension 5, want 4" in refused
    # The graphs share the weights; RAM is that of the largest shape.
    record = json.loads((out / "size.json").read_text())["models"][0]
    one = json.loads((crop_list(model, tmp_path / "one", "x = [2, 3, 20]") / "size.json").read_text())["models"][0]
    assert record["constants"] == one["constants"] and record["arena"] == one["arena"]


def test_one_shape_costs_nothing(model, tmp_path):
    out = crop_list(model, tmp_path / "one", "batch = 1", "width = 8")
    assert "adze_resize" not in exports(out)
    refused = run(out / "build/adze-run", out / "models/open.adze", "--shape", "1,3,8", expect=4).stderr
    assert "lacks the feature resize" in refused
    assert "session/resize.cc" not in (out / "plan.json").read_text()
