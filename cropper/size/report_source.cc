// SPDX-License-Identifier: Apache-2.0
// Reports of what a user names: a folder, a library, an object, an archive.
#include <filesystem>
#include <map>

#include "cropper/plan/profile.h"
#include "cropper/size/report.h"

namespace adze::size {
namespace {

namespace fs = std::filesystem;

constexpr char kMember[] = "member", kSection[] = "section", kRow[] = "row";

std::string Or(const std::string& by, const char* otherwise) { return by.empty() ? otherwise : by; }

std::string ArchOf(const Archive& archive) {
  std::string arch;
  for (const Member& m : archive.members) {
    if (m.is_elf && arch.empty()) arch = m.elf.arch;
    if (m.is_elf && m.elf.arch != arch) return "several architectures";
  }
  return arch.empty() ? "no objects" : arch;
}

}  // namespace

Report ArchiveReport(const Archive& archive, const std::string& by) {
  std::map<std::string, Entry> entries;
  const auto add = [&](const std::string& name, uint64_t bytes, uint64_t file_bytes) {
    Entry& e = entries[name];
    e.name = name;
    e.bytes += bytes;
    e.file_bytes += file_bytes;
  };
  Report r{archive.path, by, ArchOf(archive), 0, archive.file_bytes, {}};
  uint64_t rest = archive.file_bytes - archive.header_bytes - archive.index_bytes;
  for (const Member& m : archive.members) {
    rest -= m.bytes;
    const uint64_t loaded = m.is_elf ? m.elf.AllocBytes() : 0;
    r.alloc_bytes += loaded;
    if (by == kMember) {
      add(m.name, loaded, m.bytes);
    } else if (!m.is_elf) {
      add("(no object)", 0, m.bytes);
    } else {
      for (const Entry& e : SectionReport(m.elf).entries) add(e.name, e.bytes, e.file_bytes);
    }
  }
  add("(archive headers)", 0, archive.header_bytes);
  add("(archive index)", 0, archive.index_bytes);
  add("(padding)", 0, rest);
  for (const auto& entry : entries) {
    if (entry.second.bytes > 0 || entry.second.file_bytes > 0) r.entries.push_back(entry.second);
  }
  SortEntries(&r.entries);
  return r;
}

Report MakeReport(const std::string& source, const std::string& by, const std::string& size_json) {
  const bool folder = fs::is_directory(source);
  const bool json = fs::path(source).extension() == ".json";
  const bool archive = !folder && IsArchive(source);
  if (by == kMember && !archive) throw plan::InputError(source + " is no archive (.a): only those have members");
  if (archive) {
    if (Or(by, kMember) != kMember && by != kSection)
      throw plan::InputError(source +
                             " is an archive: give --by member or --by section; rows are known of the linked library (.so) of a crop");
    return ArchiveReport(ReadArchive(source), Or(by, kMember));
  }
  // An object is not the library that a size.json beside it describes.
  const bool linked = folder || json || !fs::exists(source) || ReadElf(source).linked;
  const bool described = linked && (!size_json.empty() || json || !RecordBeside(source).empty());
  // Built by hand: its map is still there.
  if (folder && !described) return RecordReport(MeasureCrop(source, {}), Or(by, kRow));
  if (!linked && Or(by, kSection) != kSection)
    throw plan::InputError(source + " is an object: give --by section; rows are known of the linked library (.so) of a crop");
  if (!described && Or(by, kSection) == kSection) return SectionReport(ReadElf(source));
  Report r = RecordReport(LoadSizeRecord(source, size_json), Or(by, kRow));
  if (!folder && !json) r.library = source;
  return r;
}

}  // namespace adze::size
