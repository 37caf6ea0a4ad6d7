# SPDX-License-Identifier: Apache-2.0
"""ONNX's backend suite against what was reached, and that a wrong answer would be seen."""
import dataclasses
import shutil

import ledger
import numpy as np
import onnx
import pytest
import ratchet
import runner
import suite
from onnx import numpy_helper


@pytest.fixture(scope="module")
def results():
    return ratchet.run_all(suite.cases())


def test_passes_never_fall(results):
    print("\n".join(ratchet.counts(results)))
    lost, new = ratchet.ledger_of(results).judge()
    assert not lost, "passed before, fail now"
    assert not new, "pass and are not listed: run tests/conformance/ratchet.py --update"


def test_list_of_failures_is_fresh(results):
    assert ratchet.ledger_of(results).is_fresh(), "run tests/conformance/ratchet.py --update"


def test_every_exclusion_rule_meets_a_case(results):
    met = {r.reason for r in results if r.outcome == runner.EXCLUDED}
    assert met == {kind for kind, _ in suite.RULES}


def planted(tmp_path, change):
    """The case of Relu with its expected output changed."""
    relu = next(c for c in suite.cases() if c.name == "test_relu")
    case = dataclasses.replace(relu, folder=tmp_path / "case")
    shutil.copytree(relu.folder, case.folder)
    file = case.folder / "test_data_set_0/output_0.pb"
    onnx.save_tensor(numpy_helper.from_array(change(numpy_helper.to_array(onnx.load_tensor(file)))), file)
    (tmp_path / "run").mkdir()
    return runner.run(case, tmp_path / "run")


def nudged(y):
    y = y.copy()
    y.flat[-1] = max(y.flat[-1], 1) * 1.01  # ten times the suite's tolerance
    return y


def test_untouched_case_passes(tmp_path):
    assert planted(tmp_path, lambda y: y).outcome == runner.PASSED


@pytest.mark.parametrize(
    "change, reason",
    [
        (nudged, "output 0 differs"),
        (lambda y: y.astype(np.float16), "output 0 has dtype float32, not float16"),
        (lambda y: y[..., :-1], "output 0 has shape [3, 4, 5], not [3, 4, 4]"),
    ],
)
def test_planted_wrong_output_fails(tmp_path, change, reason):
    result = planted(tmp_path, change)
    assert (result.outcome, result.reason) == (runner.FAILED, reason)


def test_ratchet_sees_lost_and_new_passes():
    assert ledger.judge({"node/a", "node/b"}, {"node/b", "node/c"}) == (["node/a"], ["node/c"])
