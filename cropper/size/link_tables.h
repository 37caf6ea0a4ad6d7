// SPDX-License-Identifier: Apache-2.0
// The tables that GNU ld adds to a shared library, and where sections and headers lie in its file.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cropper/size/link_model.h"

namespace adze::size {

// A section of the library, made of sections of objects.
struct Output {
  uint64_t bytes = 0, align = 1;
  bool in_file = true, writable = false, note = false;
};

struct DynamicNeeds {
  std::vector<std::string> exported;
  std::set<std::string> imported;
  std::set<std::string> called;  // through .plt
  std::set<std::string> slots;   // targets with an address in .got
  uint64_t addresses = 0;        // whole addresses in data
};

// All that is not in `outputs`: loaded tables, headers, gaps, sections that are in the file only.
std::vector<Claim> TableClaims(const DynamicNeeds& needs, const std::map<std::string, Output>& outputs, const LinkOptions& options);

}  // namespace adze::size
