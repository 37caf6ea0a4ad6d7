# SPDX-License-Identifier: Apache-2.0
"""`cropper can-run` on libraries as they lie in the field: stripped, of another architecture, made by an older cropper."""
import json
import shutil

import pytest
from crops import CROPPER, ROOT, crop_files, run
from tiny_onnx import SIGMOID

CNN = ROOT / "models/zoo/digits/digits_cnn.tflite"
NET = ROOT / "models/zoo/digits/digits_net.onnx"
PREFIXES = {"x86_64": "", "aarch64": "aarch64-linux-gnu-"}


def test_a_stripped_library_of_another_architecture(tmp_path):
    crop_files([CNN], "linux-arm64", tmp_path / "arm")
    library = tmp_path / "stripped.so"
    shutil.copy(tmp_path / "arm/build/libadze.so", library)
    run("aarch64-linux-gnu-strip", "--strip-all", "--remove-section=.comment", library)
    assert "symbols" in run("aarch64-linux-gnu-nm", library).stderr
    answer = json.loads(run(CROPPER, "can-run", CNN, library, "--format", "json").stdout)
    assert answer["can_run"] and answer["arch"] == "aarch64"
    assert answer["crop_id"] == json.loads((tmp_path / "arm/crop.json").read_text())["crop_id"]
    answer = json.loads(run(CROPPER, "can-run", NET, library, "--format", "json", expect=4).stdout)
    assert len(answer["missing"]) == 2 and all("(pool2d), level neon: needs op_pool2d" in m for m in answer["missing"]), answer


@pytest.mark.parametrize("arch", list(PREFIXES))
def test_a_library_of_an_older_cropper(tmp_path, arch):
    """The note of tests/golden in a library that holds nothing else."""
    golden = json.loads((ROOT / "tests/golden/manifest_v1.json").read_text())
    numbers = ",".join(str(b) for b in bytes.fromhex("".join(golden["note"])))
    (tmp_path / "old.s").write_text(f'.section .note.adze,"a",%note\n.balign 4\n.byte {numbers}\n')
    library = tmp_path / "old.so"
    run(PREFIXES[arch] + "gcc", "-shared", "-nostdlib", "-s", "-o", library, tmp_path / "old.s")
    # Rows of later versions may serve the digits better; what has no op in the old library is refused for ever.
    (tmp_path / "sigmoid.onnx").write_bytes(SIGMOID)
    answer = json.loads(run(CROPPER, "can-run", tmp_path / "sigmoid.onnx", library, "--format", "json", expect=4).stdout)
    assert answer["arch"] == arch and answer["crop_id"] == golden["crop_id"]
    assert [m.split(": needs ")[0].split(", ")[-1] for m in answer["missing"]] == [f"level {level}" for level in golden["levels"]], answer
