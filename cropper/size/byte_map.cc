// SPDX-License-Identifier: Apache-2.0
// Dividing memory by the linker's map, and the file by its section table.
#include "cropper/size/byte_map.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "cropper/plan/profile.h"

namespace adze::size {
namespace {

constexpr char kObjects[] = "adze_objects.dir/";
constexpr char kStartFiles[] = "(compiler start files)";
constexpr char kMerged[] = "(merged strings and constants)";
constexpr char kPadding[] = "(padding)";
constexpr char kUnknown[] = "(unknown)";
constexpr char kHeaders[] = "(ELF headers)";

bool StartsWith(const std::string& s, const std::string& prefix) { return s.compare(0, prefix.size(), prefix) == 0; }

// Sections that no object brings: the linker or the format makes them. "" for all others.
std::string MadeBy(const std::string& section) {
  static const std::pair<const char*, const char*> kMade[] = {{".rela", "(relocations)"},
                                                              {".rel.", "(relocations)"},
                                                              {".relr", "(relocations)"},
                                                              {".gnu.hash", "(dynamic symbols)"},
                                                              {".hash", "(dynamic symbols)"},
                                                              {".dynsym", "(dynamic symbols)"},
                                                              {".dynstr", "(dynamic symbols)"},
                                                              {".gnu.version", "(dynamic symbols)"},
                                                              {".dynamic", "(dynamic table)"},
                                                              {".dynbss", "(dynamic table)"},
                                                              {".plt", "(calls into other libraries)"},
                                                              {".got", "(calls into other libraries)"},
                                                              {".iplt", "(calls into other libraries)"},
                                                              {".igot", "(calls into other libraries)"},
                                                              {".interp", "(dynamic table)"},
                                                              {".note.gnu", "(compiler's notes)"},
                                                              {".comment", "(compiler's notes)"},
                                                              {".eh_frame", "(unwind tables)"},
                                                              {".gcc_except_table", "(unwind tables)"},
                                                              {".symtab", "(symbol table)"},
                                                              {".strtab", "(symbol table)"},
                                                              {".shstrtab", kHeaders},
                                                              {".debug", "(debug information)"},
                                                              {".zdebug", "(debug information)"}};
  for (const auto& [prefix, owner] : kMade) {
    if (StartsWith(section, prefix)) return owner;
  }
  return "";
}

// The linker joins equal strings and constants of all objects: what is left stands under the first, and would move with it.
bool IsMerged(const std::string& section) { return section.find(".str1.") != std::string::npos || StartsWith(section, ".rodata.cst"); }

// The map gives the linker's own sections to whichever object it read first, so the section's name decides.
std::string OwnerOf(const Placement& p) {
  std::string made = MadeBy(p.section);
  if (!made.empty()) return made;
  if (IsMerged(p.section)) return kMerged;
  const size_t at = p.object.find(kObjects);
  if (at == std::string::npos) return kStartFiles;
  const std::string source = p.object.substr(at + sizeof kObjects - 1);
  return source.substr(0, source.rfind(".o"));
}

using Sums = std::map<std::tuple<std::string, std::string, bool, bool>, uint64_t>;

class Divider {
 public:
  void Add(const std::string& owner, const std::string& section, uint64_t bytes, bool alloc, bool in_file) {
    if (bytes > 0) sums_[{owner, section, alloc, in_file}] += bytes;
  }

  void Divide(const Section& section, const std::vector<Placement>& map, bool in_file) {
    if (!section.alloc) {
      const std::string made = MadeBy(section.name);
      Add(made.empty() ? "(not loaded)" : made, section.name, section.bytes, false, in_file);
      return;
    }
    std::vector<const Placement*> inside;
    for (const Placement& p : map) {
      if (p.address >= section.address && p.address - section.address < section.bytes) inside.push_back(&p);
    }
    std::stable_sort(inside.begin(), inside.end(), [](const Placement* a, const Placement* b) { return a->address < b->address; });
    // Merged strings claim more than is left of them: a placement ends where the next one or the section does.
    uint64_t claimed = 0;
    for (size_t i = 0; i < inside.size(); ++i) {
      const uint64_t limit = i + 1 < inside.size() ? inside[i + 1]->address : section.address + section.bytes;
      const uint64_t n = std::min(inside[i]->bytes, limit - inside[i]->address);
      Add(OwnerOf(*inside[i]), section.name, n, true, in_file);
      claimed += n;
    }
    const std::string made = MadeBy(section.name);
    Add(!made.empty() ? made : map.empty() ? kUnknown : kPadding, section.name, section.bytes - claimed, true, in_file);
  }

  std::vector<Claim> Claims() const {
    std::vector<Claim> claims;
    for (const auto& [key, bytes] : sums_)
      claims.push_back({std::get<0>(key), std::get<1>(key), bytes, std::get<2>(key), std::get<3>(key)});
    return claims;
  }

 private:
  Sums sums_;
};

// What of the file no section holds: the format's tables, and gaps.
void AddRest(const ElfFile& elf, Divider* divider) {
  struct Range {
    uint64_t offset, bytes;
    const HeaderTable* table;  // null: a section
  };
  std::vector<Range> ranges;
  for (const HeaderTable& t : elf.headers) ranges.push_back({t.offset, t.bytes, &t});
  for (const Section& s : elf.sections) {
    if (s.file_bytes > 0) ranges.push_back({s.offset, s.file_bytes, nullptr});
  }
  std::stable_sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.offset < b.offset; });
  uint64_t at = 0;
  for (const Range& r : ranges) {
    if (r.offset < at) throw plan::InputError(elf.path + " is a damaged ELF file: two of its parts share bytes");
    if (r.offset > elf.file_bytes || r.bytes > elf.file_bytes - r.offset)
      throw plan::InputError(elf.path + " is a damaged ELF file: a part reaches past its end");
    divider->Add(kPadding, "(between sections)", r.offset - at, false, true);
    if (r.table != nullptr) divider->Add(kHeaders, "(" + r.table->name + ")", r.bytes, false, true);
    at = r.offset + r.bytes;
  }
  divider->Add(kPadding, "(between sections)", elf.file_bytes - at, false, true);
}

}  // namespace

std::vector<Claim> MapBytes(const ElfFile& elf, const std::vector<Placement>& map) {
  Divider divider;
  for (const Section& s : elf.sections) {
    if (s.bytes > 0) divider.Divide(s, map, s.file_bytes > 0);
  }
  AddRest(elf, &divider);
  return divider.Claims();
}

}  // namespace adze::size
