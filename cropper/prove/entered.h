// SPDX-License-Identifier: Apache-2.0
// Which functions of a program run: each is noticed at its first instruction, once, so that a run takes hardly longer. Nothing is compiled or
// linked for it: natively breakpoints are set by ptrace, under qemu-user its log of translated code is read (QEMU_LOG=in_asm).
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace adze::prove {

// Where a function lies in a program that is loaded where it was linked (-no-pie).
struct CodeRange {
  uint64_t address = 0;
  uint64_t bytes = 0;
};

// Runs argv to its end, whatever its exit code, and returns the indices of `ranges` that it entered. `emulator`: as in profiles; empty: natively, on
// x86-64 only. Throws std::runtime_error if this machine cannot tell.
std::set<size_t> RangesEntered(const std::vector<std::string>& emulator, const std::vector<std::string>& argv,
                               const std::vector<CodeRange>& ranges, const std::string& scratch);

}  // namespace adze::prove
