// SPDX-License-Identifier: Apache-2.0
// The map file of GNU ld: which object put how many bytes where.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace adze::size {

// One input section as the linker placed it.
struct Placement {
  std::string section;  // the input section's name: ".text.f"
  uint64_t address = 0;
  uint64_t bytes = 0;  // before strings were merged: may reach past the output section
  std::string object;  // as on the linker's command line
};

// In the order of the map. Text that is no GNU ld map gives none.
std::vector<Placement> ParseLinkMap(const std::string& text);

}  // namespace adze::size
