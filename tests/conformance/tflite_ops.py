# SPDX-License-Identifier: Apache-2.0
"""Makes the single-operator models of tflite_cases.py, runs them with Adze and with LiteRT, prints counts, and holds them to what was reached:
tflite/passed.txt names every case that passed, tflite/failures.md gives a reason for every other one. Needs the packages of tflite/requirements.txt.

    python tests/conformance/tflite_ops.py            checks; exit 4 where a case that passed fails, or a new one passes and is not in the list
    python tests/conformance/tflite_ops.py --update   writes both files; what has passed and fails now is refused all the same
"""
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # before TensorFlow is loaded

import pathlib
import sys
import tempfile

import ledger
import numpy as np
import tflite_cases
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from programs import FAILED, PASSED, Failure, convert, execute, first_line

HERE = pathlib.Path(__file__).resolve().parent
# Of the largest number of the wanted output, or of 1 where that is less. Both sum in float32, in their own orders.
TOLERANCE = 1e-5


def wanted(model, case):
    """(inputs in the model's order, LiteRT's outputs): of its own kernels, no delegate."""
    interpreter = Interpreter(model_content=model, experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
    interpreter.allocate_tensors()
    operators = {o["op_name"] for o in interpreter._get_ops_details()}
    assert case.op in operators, f"{case.name}: the converter made {sorted(operators)}"
    details = interpreter.get_input_details()
    order = [0] if len(details) == 1 else [int(d["name"].removeprefix("in").split(":")[0]) for d in details]
    inputs = [case.inputs[i] for i in order]
    for detail, value in zip(details, inputs):
        interpreter.set_tensor(detail["index"], value)
    interpreter.invoke()
    return inputs, [interpreter.get_tensor(d["index"]) for d in interpreter.get_output_details()]


def differs(got, want):
    if got.dtype != want.dtype:
        return f"has dtype {got.dtype}, not {want.dtype}"
    if got.shape != want.shape:
        return f"has shape {list(got.shape)}, not {list(want.shape)}"
    if want.dtype.kind != "f":
        return "" if np.array_equal(got, want) else "differs"
    finite = np.abs(want[np.isfinite(want)])
    allowed = TOLERANCE * max(1.0, float(finite.max()) if finite.size else 1.0)
    return "" if np.allclose(got, want, rtol=0, atol=allowed, equal_nan=True) else "differs"


def check(case, model, inputs, outputs, folder):
    """Throws Failure where Adze refuses the model or gives other outputs."""
    path, adze = folder / "model.tflite", folder / "model.adze"
    path.write_bytes(model)
    if refusal := convert(path, adze):
        raise Failure(first_line(refusal, 3))
    got = execute(adze, inputs, folder / "run")
    if len(got) != len(outputs):
        raise Failure(f"{len(got)} outputs, not {len(outputs)}")
    for i, (g, w) in enumerate(zip(got, outputs)):
        if how := differs(g, w):
            raise Failure(f"output {i} {how}")


def run(case, folder):
    folder.mkdir(parents=True)
    model = tflite_cases.converted(case)
    inputs, outputs = wanted(model, case)
    try:
        check(case, model, inputs, outputs, folder)
    except Failure as failure:
        return ledger.Row(case.name, FAILED, str(failure))
    return ledger.Row(case.name, PASSED)


def run_all():
    with tempfile.TemporaryDirectory() as work:
        rows = [run(case, pathlib.Path(work) / case.name) for case in tflite_cases.CASES]
    passed = sum(r.outcome == PASSED for r in rows)
    operators = {c.op for c in tflite_cases.CASES}
    whole = operators - {r.name.split("/")[0] for r in rows if r.outcome == FAILED}
    counts = [f"COUNT tflite operators: {passed} of {len(rows)} models passed: {100 * passed / len(rows):.1f} %; "
              f"{len(whole)} of {len(operators)} operators in every setting"]
    title = "What single-operator TFLite models find that Adze does not do"
    return ledger.Ledger(HERE / "tflite", title, "tests/conformance/tflite_ops.py", counts, rows)


if __name__ == "__main__":
    sys.exit(ledger.main(__doc__, run_all))
