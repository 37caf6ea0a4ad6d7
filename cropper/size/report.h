// SPDX-License-Identifier: Apache-2.0
// Where every byte of a library went, in one order or another. The parts always add up to the whole, in memory and in the file: what nobody
// claims stands in rows of its own.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cropper/size/archive.h"
#include "cropper/size/elf_file.h"
#include "cropper/size/link_map.h"
#include "cropper/size/size_record.h"

namespace adze::size {

struct Entry {
  std::string name;                      // in parentheses: not a row, op, unit... but what the linker or the compiler added
  uint64_t bytes = 0;                    // loaded
  uint64_t file_bytes = 0;               // in the file
  std::vector<std::string> models = {};  // of a report by model: those that need these bytes; empty: every crop has them
};

// Largest first, in memory, then in the file.
void SortEntries(std::vector<Entry>* entries);

struct Report {
  std::string library;
  std::string by;
  std::string arch;
  uint64_t alloc_bytes = 0;
  uint64_t file_bytes = 0;
  std::vector<Entry> entries;  // largest first; `bytes` add up to alloc_bytes, `file_bytes` to file_bytes
};

// "row", "op", "dtype", "level", "unit", "section", "model".
const std::vector<std::string>& ReportKeys();

// Loaded bytes of each unit ("src/..." path as in crop.json) and of the linker's and compiler's own parts.
std::vector<Entry> BytesByUnit(const ElfFile& elf, const std::vector<Placement>& map);

// What an entry of a report is made of: `part` is a unit, or what the linker or the compiler added; by unit it is a section.
struct Piece {
  std::string group;  // the entry's name
  std::string part;
  uint64_t bytes = 0;
  uint64_t file_bytes = 0;
};
// In the order of the record. The sums over each group are the entries of RecordReport.
std::vector<Piece> Pieces(const SizeRecord& record, const std::string& by);

// By section: from the file alone. Any other key needs a record.
Report SectionReport(const ElfFile& elf);
// By "member" or "section". Loaded: the sum of the members' ALLOC sections, before a linker drops or joins any.
Report ArchiveReport(const Archive& archive, const std::string& by);
Report RecordReport(const SizeRecord& record, const std::string& by);

// `source` is a library, an object, an archive, a size.json or a crop's folder; `size_json` (may be empty) as for LoadSizeRecord. An empty `by` is
// the row; the section of an object or of a library that has no record; the member of an archive. Throws plan::InputError where the key needs a
// record and there is none.
Report MakeReport(const std::string& source, const std::string& by, const std::string& size_json = "");

std::string ReportText(const Report& report);
std::string ReportMarkdown(const Report& report);
nlohmann::json ReportJson(const Report& report);

}  // namespace adze::size
