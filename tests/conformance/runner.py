# SPDX-License-Identifier: Apache-2.0
"""Runs one case, compared as the suite compares."""
import dataclasses

import numpy as np
import onnx
import suite
from programs import EXCLUDED, FAILED, PASSED, Failure, convert, execute, first_line


@dataclasses.dataclass
class Result:
    case: suite.Case
    outcome: str
    reason: str = ""  # one line, the same on every machine
    with_constants: bool = False


def differs(got, want, case):
    """Says how, or "" where the suite finds them alike."""
    if got.dtype != want.dtype:
        return f"has dtype {got.dtype}, not {want.dtype}"
    if got.shape != want.shape:
        return f"has shape {list(got.shape)}, not {list(want.shape)}"
    try:
        np.testing.assert_allclose(suite.numbers(got), suite.numbers(want), rtol=case.rtol, atol=case.atol)
    except AssertionError:
        return "differs"
    return ""


def run(case, folder):
    """`folder` is the case's own, empty."""
    model = case.model()
    kind = suite.exclusion(model)
    if kind:
        return Result(case, EXCLUDED, kind)
    try:
        return Result(case, PASSED, with_constants=run_model(case, model, folder))
    except Failure as failure:
        return Result(case, FAILED, str(failure))


def run_model(case, model, folder):
    adze = folder / "model.adze"
    data_sets = case.data_sets()
    refusal = convert(case.folder / "model.onnx", adze)
    constants = suite.known_at_import(model) if refusal else []
    for number, (inputs, outputs) in enumerate(data_sets):
        inputs, outputs = suite.as_declared(inputs, suite.fed(model)), suite.as_declared(outputs, model.graph.output)
        if constants:
            path = folder / "constant.onnx"
            onnx.save(suite.with_constants(model, inputs, constants), path)
            refusal = convert(path, adze)
        if refusal:
            raise Failure(first_line(refusal, 3))
        compare(case, outputs, execute(adze, [v for i, v in enumerate(inputs) if i not in constants], folder / str(number)))
    return bool(constants)


def compare(case, wanted, got):
    if len(got) != len(wanted):
        raise Failure(f"{len(got)} outputs, not {len(wanted)}")
    for i, (g, w) in enumerate(zip(got, wanted)):
        if how := differs(g, w, case):
            raise Failure(f"output {i} {how}")
