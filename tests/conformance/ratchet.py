# SPDX-License-Identifier: Apache-2.0
"""Runs ONNX's backend suite, prints its counts, and holds them to what was reached: passed.txt names every case that passed, failures.md gives a
reason for every other one. Needs the packages of requirements.txt.

    python tests/conformance/ratchet.py            checks; exit 4 where a case that passed fails, or a new one passes and is not in the list
    python tests/conformance/ratchet.py --update   writes both files; what has passed and fails now is refused all the same
"""
import collections
import concurrent.futures
import os
import pathlib
import sys
import tempfile

import ledger
import runner
import suite

HERE = pathlib.Path(__file__).resolve().parent


def run_all(cases):
    jobs = int(os.environ.get("ADZE_JOBS", "2"))
    with tempfile.TemporaryDirectory() as work, concurrent.futures.ThreadPoolExecutor(jobs) as pool:

        def one(case):
            folder = pathlib.Path(work) / case.kind / case.name
            folder.mkdir(parents=True)
            return runner.run(case, folder)

        return list(pool.map(one, cases))


def key(case):
    return f"{case.kind}/{case.name}"


def counts(results):
    """COUNT lines: what scripts/test shows."""
    lines = []
    for kind in suite.KINDS:
        of_kind = [r for r in results if r.case.kind == kind]
        passed, failed = ([r for r in of_kind if r.outcome == o] for o in (runner.PASSED, runner.FAILED))
        excluded = collections.Counter(r.reason for r in of_kind if r.outcome == runner.EXCLUDED)
        constants = sum(r.with_constants for r in passed)
        rate = 100 * len(passed) / max(1, len(passed) + len(failed))
        why = ", ".join(f"{n} {what}" for what, n in sorted(excluded.items()))
        lines.append(f"COUNT onnx {kind}: {len(passed)} passed ({constants} of them with inputs made constants), {len(failed)} failed: "
                     f"{rate:.1f} %; {sum(excluded.values())} excluded" + (f" ({why})" if why else ""))
    return lines


def ledger_of(results):
    rows = [ledger.Row(key(r.case), r.outcome, r.reason) for r in results]
    return ledger.Ledger(HERE, "What ONNX's backend suite finds that Adze does not do", "tests/conformance/ratchet.py", counts(results), rows)


def main():
    return ledger.main(__doc__, lambda: ledger_of(run_all(suite.cases())))


if __name__ == "__main__":
    sys.exit(main())
