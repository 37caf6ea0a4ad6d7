// SPDX-License-Identifier: Apache-2.0
// Walking over an archive with libelf.
#include "cropper/size/archive.h"

#include <libelf.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "cropper/plan/profile.h"
#include "cropper/size/open_file.h"

namespace adze::size {
namespace {

constexpr char kMagic[] = "!<arch>\n", kThinMagic[] = "!<thin>\n";
constexpr uint64_t kMagicBytes = 8, kHeaderBytes = 60;  // of the archive, of each member

std::string MagicOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string magic(kMagicBytes, '\0');
  return in.read(magic.data(), static_cast<std::streamsize>(magic.size())) ? magic : "";
}

// As the header says it: libelf makes do with what is left of a file that was cut.
uint64_t StatedBytes(const OpenFile& file, uint64_t header_at) {
  constexpr int64_t kSizeAt = 48;
  constexpr size_t kDigits = 10;
  char digits[kDigits + 1] = {};
  if (pread(file.descriptor(), digits, kDigits, static_cast<int64_t>(header_at) + kSizeAt) != static_cast<int64_t>(kDigits))
    return UINT64_MAX / 2;
  return std::strtoull(digits, nullptr, 10);
}

bool IsIndex(const std::string& name) { return name == "/" || name == "//" || name == "/SYM64/"; }

}  // namespace

bool IsArchive(const std::string& path) {
  const std::string magic = MagicOf(path);
  return magic == kMagic || magic == kThinMagic;
}

Archive ReadArchive(const std::string& path) {
  if (MagicOf(path) == kThinMagic)
    throw plan::InputError(path + " is a thin archive: its objects are files of their own; give those, or make it without T");
  const OpenFile opened(path);
  Archive archive;
  archive.path = path;
  archive.file_bytes = opened.Bytes();
  archive.header_bytes = kMagicBytes;
  std::map<std::string, int> seen;
  // An empty archive has no members, and no kind for libelf.
  Elf_Cmd command = opened.elf() != nullptr && archive.file_bytes > kMagicBytes ? ELF_C_READ : ELF_C_NULL;
  uint64_t end = kMagicBytes;
  while (command != ELF_C_NULL) {
    Elf* member = elf_begin(opened.descriptor(), command, opened.elf());
    if (member == nullptr) break;
    const Elf_Arhdr* header = elf_getarhdr(member);
    if (header == nullptr || header->ar_name == nullptr) {
      elf_end(member);
      throw plan::InputError(path + " is a damaged archive: " + elf_errmsg(-1));
    }
    const auto bytes = StatedBytes(opened, end);
    std::string name = header->ar_name;
    end += kHeaderBytes + bytes;
    archive.header_bytes += kHeaderBytes;
    try {
      if (end > archive.file_bytes) throw plan::InputError(path + " is a damaged archive: member " + name + " reaches past its end");
      end += end % 2;  // members begin at even places
      if (IsIndex(name)) {
        archive.index_bytes += bytes;
      } else {
        const int nth = ++seen[name];
        const std::string shown = nth == 1 ? name : name + " (" + std::to_string(nth) + ")";
        const bool is_elf = elf_kind(member) == ELF_K_ELF;
        archive.members.push_back({shown, bytes, is_elf, is_elf ? ReadElfOf(member, path + "(" + shown + ")", bytes) : ElfFile()});
      }
    } catch (...) {
      elf_end(member);
      throw;
    }
    command = elf_next(member);
    elf_end(member);
  }
  if (end < archive.file_bytes)
    throw plan::InputError(path + " is a damaged archive: libelf finds no member at byte " + std::to_string(end));
  return archive;
}

}  // namespace adze::size
