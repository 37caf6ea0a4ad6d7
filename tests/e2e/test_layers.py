# SPDX-License-Identifier: Apache-2.0
"""adze-run --layers tells of each node what the trace and `cropper inspect` tell, with times; the library that ships has none of it."""
import json

import numpy as np
from crops import CROPPER, ROOT, crop_files, run

NET = ROOT / "models/zoo/digits/digits_net.onnx"


def test_layers(tmp_path):
    crop_files([NET], "linux-x64-avx2", tmp_path / "crop")
    program, model = tmp_path / "crop/build/adze-run", tmp_path / "crop/models/digits_net.adze"
    run(program, model, "--repeat", "3", "--layers", tmp_path / "layers.json", "--trace", tmp_path / "trace", "--output-dir", tmp_path / "timed")
    run(program, model, "--output-dir", tmp_path / "plain")
    assert np.array_equal(np.load(tmp_path / "timed/output_0.npy"), np.load(tmp_path / "plain/output_0.npy"))

    nodes = json.loads((tmp_path / "layers.json").read_text())
    trace = [line.split("\t") for line in (tmp_path / "trace").read_text().splitlines()]
    assert [[str(n["index"]), n["op"], n["name"], n["kernel"], *n["ukernels"]] for n in nodes] == trace
    assert all(0 < n["min_ms"] <= n["median_ms"] for n in nodes)
    inspected = json.loads(run(CROPPER, "inspect", model, "--format", "json").stdout)
    inspected = inspected[0] if isinstance(inspected, list) else inspected
    assert sum(n["macs"] for n in nodes) == inspected["macs"] > 0
    # The last node reads the ten logits and writes the ten probabilities.
    assert nodes[-1]["bytes"] == 2 * 10 * 4 and nodes[-1]["outputs"] == [{"dtype": "float32", "dims": [1, 10]}]
    assert any(t.get("constant") for n in nodes for t in n["inputs"])
    assert b"layers" not in (tmp_path / "crop/build/libadze.so").read_bytes()
