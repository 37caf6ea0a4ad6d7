// SPDX-License-Identifier: Apache-2.0
// What can be proven of a built crop without running it, on any architecture.
#pragma once

#include <string>
#include <vector>

namespace adze::verify {

struct StaticResult {
  std::vector<std::string> failures;  // empty: proven
  int units = 0, rows = 0;            // what was looked at
};

// Files are those that crop.json records; the library's objects are the plan's units and nothing else, and those recorded when the crop was
// built; its manifest holds the plan's rows and levels, its table unit is the one generated from them; every row's symbol is defined by the
// unit that the plan names for it; NEEDED within {libc, libm}; undefined symbols within what the plan knows; nothing runs at load but the
// compiler's own start code.
StaticResult CheckStatic(const std::string& out);

}  // namespace adze::verify
