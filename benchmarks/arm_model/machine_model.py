# SPDX-License-Identifier: Apache-2.0
"""Modelled cycles of basic blocks, by llvm-mca 19. Never measured: no such machine is at hand.

A loop's number is the steady state of its body repeated, with what one round must wait for from the last. Straight code between loops is given the time
of its busiest unit: out-of-order cores overlap it with what comes before and after. Caches hit and branches are foreseen. llvm-mca issues up to 8 (N1) or
16 (V2) micro-operations a cycle but does not limit instructions, of which the cores' optimization guides let 4 or 8 in: that bound is added.
"""
import dataclasses
import json
import re
import subprocess

ITERATIONS = 100


@dataclasses.dataclass(frozen=True)
class Core:
    name: str  # as -mcpu takes it
    decode: int  # instructions a cycle


# LLVM 19 models these two; its A76, A77, A78 and X1 are the A57's model, at half the multiply-adds.
CORES = [Core("neoverse-n1", 4), Core("neoverse-v2", 8)]


@dataclasses.dataclass(frozen=True)
class Cycles:
    repeated: float  # one round of a loop
    straight: float  # once, between other code
    units: float  # the busiest unit alone, of a core that decodes anything at once


def assembly(instructions):
    """Text for llvm-mca. Where a branch goes, or which page an adrp means, changes no cycle."""
    return [re.sub(r"0x[0-9a-f]+ <[^>]*>", ".Lelsewhere", i.text) for i in instructions]


class Model:
    def __init__(self, core):
        self.core = core
        self.known = {}

    def learn(self, sequences):
        """Models many instruction sequences, each a list of lines, in one call of the tool."""
        wanted = [s for s in dict.fromkeys(tuple(s) for s in sequences) if s not in self.known]
        if not wanted:
            return
        text = [".Lelsewhere:"]
        for at, lines in enumerate(wanted):
            text += [f"# LLVM-MCA-BEGIN {at}", *lines, "# LLVM-MCA-END"]
        argv = ["llvm-mca-19", "-mtriple=aarch64-linux-gnu", f"-mcpu={self.core.name}", f"-iterations={ITERATIONS}", "-json", "-"]
        done = subprocess.run(argv, input="\n".join(text) + "\n", capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(argv)}\n{done.stderr[:2000]}")
        regions = json.loads(done.stdout)["CodeRegions"]
        if len(regions) != len(wanted):
            raise RuntimeError(f"llvm-mca-19 answered {len(regions)} of {len(wanted)} regions")
        for region in regions:
            lines = wanted[int(region["Name"])]
            summary = region["SummaryView"]
            cycles = summary["TotalCycles"] / summary["Iterations"]
            units, decode = summary["BlockRThroughput"], len(lines) / self.core.decode
            self.known[lines] = Cycles(max(cycles, decode), max(units, decode), units)

    def cycles(self, lines):
        self.learn([lines])
        return self.known[tuple(lines)]

    def peak_cycles(self, multiply_adds):
        """What that many FMLA of 4 floats take at the least."""
        return multiply_adds * self.cycles(["fmla v0.4s, v1.4s, v2.4s"]).units
