# SPDX-License-Identifier: Apache-2.0
"""Single-operator TFLite models against LiteRT: what was reached, and that a wrong answer would be seen."""
import numpy as np
import pytest
import tflite_cases
import tflite_ops
from programs import Failure


@pytest.fixture(scope="module")
def results():
    return tflite_ops.run_all()


def test_passes_never_fall(results):
    print("\n".join(results.counts))
    lost, new = results.judge()
    assert not lost, "passed before, fail now"
    assert not new, "pass and are not listed: run tests/conformance/tflite_ops.py --update"


def test_list_of_failures_is_fresh(results):
    assert results.is_fresh(), "run tests/conformance/tflite_ops.py --update"


def test_names_are_unique():
    names = [c.name for c in tflite_cases.CASES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("change, reason", [(lambda y: y, ""), (lambda y: y + np.float32(1e-3), "output 0 differs"), (lambda y: y[..., :-1], "has shape")])
def test_planted_wrong_output_fails(tmp_path, change, reason):
    case = next(c for c in tflite_cases.CASES if c.name == "ADD/same")
    model = tflite_cases.converted(case)
    inputs, outputs = tflite_ops.wanted(model, case)
    if not reason:
        return tflite_ops.check(case, model, inputs, outputs, tmp_path)
    with pytest.raises(Failure, match=reason):
        tflite_ops.check(case, model, inputs, [change(y) for y in outputs], tmp_path)
