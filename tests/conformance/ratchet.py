# SPDX-License-Identifier: Apache-2.0
"""Runs ONNX's backend suite, prints its counts, and holds them to what was reached: passed.txt names every case that passed, failures.md gives a
reason for every other one. Needs the packages of requirements.txt.

    python tests/conformance/ratchet.py            checks; exit 4 where a case that passed fails, or a new one passes and is not in the list
    python tests/conformance/ratchet.py --update   writes both files; what has passed and fails now is refused all the same
"""
import argparse
import collections
import concurrent.futures
import os
import pathlib
import sys
import tempfile

import runner
import suite

HERE = pathlib.Path(__file__).resolve().parent
PASSED_FILE, FAILURES_FILE = HERE / "passed.txt", HERE / "failures.md"


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


def stored():
    return set(PASSED_FILE.read_text().split()) if PASSED_FILE.exists() else set()


def judge(before, passed):
    """(lost, new): names that passed and do not now, names that pass and are not listed."""
    return sorted(before - passed), sorted(passed - before)


def failures_text(results):
    """Every case that did not pass, under its reason; generated, in one order on every machine."""
    lines = ["# What ONNX's backend suite finds that Adze does not do", "", "Written by `tests/conformance/ratchet.py --update`.", ""]
    lines += [line.replace("COUNT onnx ", "- ") for line in counts(results)]
    for outcome, title in ((runner.FAILED, "Failed"), (runner.EXCLUDED, "Excluded by rule (suite.py)")):
        by_reason = collections.defaultdict(list)
        for r in results:
            if r.outcome == outcome:
                by_reason[r.reason].append(key(r.case))
        lines += ["", f"## {title}", ""]
        for reason in sorted(by_reason, key=lambda reason: (-len(by_reason[reason]), reason)):
            lines.append(f"- **{reason}** ({len(by_reason[reason])}): {', '.join(sorted(by_reason[reason]))}")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write passed.txt and failures.md")
    arguments = parser.parse_args()
    results = run_all(suite.cases())
    print("\n".join(counts(results)))
    reasons = {key(r.case): r.reason for r in results}
    lost, new = judge(stored(), {key(r.case) for r in results if r.outcome == runner.PASSED})
    for name in lost:
        print(f"passed before, fails now: {name}: {reasons.get(name, 'it is not in the suite any more')}")
    if lost:
        return 4
    if arguments.update:
        PASSED_FILE.write_text("".join(f"{name}\n" for name in sorted(stored() | set(new))))
        FAILURES_FILE.write_text(failures_text(results))
        return 0
    for name in new:
        print(f"passes and is not in {PASSED_FILE.name}: {name}; run this with --update")
    return 4 if new else 0


if __name__ == "__main__":
    sys.exit(main())
