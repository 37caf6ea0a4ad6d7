// SPDX-License-Identifier: Apache-2.0
// Where every byte of a library went. The parts always add up to the whole: what nobody claims stands in rows of its own.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cropper/plan/plan.h"
#include "cropper/size/elf_file.h"
#include "cropper/size/link_map.h"

namespace adze::size {

struct Entry {
  std::string name;  // in parentheses: not a row, op, unit... but what the linker or the compiler added
  uint64_t bytes = 0;
};

struct Report {
  std::string library;
  std::string by;
  std::string arch;
  uint64_t alloc_bytes = 0;
  uint64_t file_bytes = 0;
  std::vector<Entry> entries;  // largest first; their sum is alloc_bytes
};

// "row", "op", "dtype", "level", "unit", "section", "model".
const std::vector<std::string>& ReportKeys();

// Bytes of each unit ("src/..." path as in crop.json) and of the linker's and compiler's own parts.
std::vector<Entry> BytesByUnit(const ElfFile& elf, const std::vector<Placement>& map);

// By section: from the file alone. Any other key needs `plan` and `map`.
Report SectionReport(const ElfFile& elf);
Report PlanReport(const ElfFile& elf, const std::vector<Placement>& map, const plan::Plan& plan, const std::string& by);

// `source` is a library or a crop's folder. Throws plan::InputError where the key needs a crop's folder.
Report MakeReport(const std::string& source, const std::string& by);

std::string ReportText(const Report& report);
std::string ReportMarkdown(const Report& report);
nlohmann::json ReportJson(const Report& report);

}  // namespace adze::size
