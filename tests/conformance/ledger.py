# SPDX-License-Identifier: Apache-2.0
"""What was reached, and that it never falls: passed.txt names every case that passed, failures.md gives a reason for every other one."""
import argparse
import collections
import dataclasses
import pathlib

from programs import EXCLUDED, FAILED, PASSED


@dataclasses.dataclass
class Row:
    name: str
    outcome: str
    reason: str = ""


def judge(before, passed):
    """(lost, new): names that passed and do not now, names that pass and are not listed."""
    return sorted(before - passed), sorted(passed - before)


@dataclasses.dataclass
class Ledger:
    folder: pathlib.Path
    title: str
    command: str
    counts: list  # COUNT lines: what scripts/test shows
    rows: list

    def stored(self):
        file = self.folder / "passed.txt"
        return set(file.read_text().split()) if file.exists() else set()

    def judge(self):
        return judge(self.stored(), {r.name for r in self.rows if r.outcome == PASSED})

    def failures_text(self):
        """Every case that did not pass, under its reason; generated, in one order on every machine."""
        lines = [f"# {self.title}", "", f"Written by `{self.command} --update`.", ""]
        lines += ["- " + line.split(" ", 2)[2] for line in self.counts]
        for outcome, title in ((FAILED, "Failed"), (EXCLUDED, "Excluded by rule (suite.py)")):
            by_reason = collections.defaultdict(list)
            for r in self.rows:
                if r.outcome == outcome:
                    by_reason[r.reason].append(r.name)
            if not by_reason:
                continue
            lines += ["", f"## {title}", ""]
            for reason in sorted(by_reason, key=lambda reason: (-len(by_reason[reason]), reason)):
                lines.append(f"- **{reason}** ({len(by_reason[reason])}): {', '.join(sorted(by_reason[reason]))}")
        return "\n".join(lines) + "\n"

    def is_fresh(self):
        file = self.folder / "failures.md"
        return file.exists() and file.read_text() == self.failures_text()

    def update(self):
        names = self.stored() | {r.name for r in self.rows if r.outcome == PASSED}
        (self.folder / "passed.txt").write_text("".join(f"{name}\n" for name in sorted(names)))
        (self.folder / "failures.md").write_text(self.failures_text())


def main(text, run):
    """The command around a suite; `run` gives its Ledger. Exit 4 where a case that passed fails, or a new one passes and is not in the list."""
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write passed.txt and failures.md")
    arguments = parser.parse_args()
    ledger = run()
    print("\n".join(ledger.counts))
    reasons = {r.name: r.reason for r in ledger.rows}
    lost, new = ledger.judge()
    for name in lost:
        print(f"passed before, fails now: {name}: {reasons.get(name, 'it is not in the suite any more')}")
    if lost:
        return 4
    if arguments.update:
        ledger.update()
        return 0
    for name in new:
        print(f"passes and is not listed: {name}; run this with --update")
    return 4 if new else 0
