// SPDX-License-Identifier: Apache-2.0
// Every byte of an ELF file, and every byte that it takes when it is loaded, given to exactly one owner.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cropper/size/elf_file.h"
#include "cropper/size/link_map.h"

namespace adze::size {

// Bytes of one owner in one section. Owners in parentheses are what the linker, the compiler and the ELF format add.
struct Claim {
  std::string owner;    // "src/runtime/session/session_run.cc", "(relocations)"
  std::string section;  // ".text"; for the format's own tables and gaps a name in parentheses: "(section headers)"
  uint64_t bytes = 0;
  bool alloc = false;    // counts for the sum of ALLOC sections
  bool in_file = false;  // counts for the file
};

// The sum of claims with `alloc` is elf.AllocBytes(), that of claims with `in_file` is elf.file_bytes, whatever the map says. Without a map
// what is loaded belongs to "(unknown)" where no section's name tells more. Throws plan::InputError for a file whose parts overlap.
std::vector<Claim> MapBytes(const ElfFile& elf, const std::vector<Placement>& map);

}  // namespace adze::size
