// SPDX-License-Identifier: Apache-2.0
// What a static library (.a) of any architecture holds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cropper/size/elf_file.h"

namespace adze::size {

struct Member {
  std::string name;  // "select.cc.o"; one that is there before gets " (2)" and so on, as an archive may hold it
  uint64_t bytes = 0;
  bool is_elf = false;  // else `elf` is empty
  ElfFile elf;
};

struct Archive {
  std::string path;
  uint64_t file_bytes = 0;
  std::vector<Member> members;  // in the order of the file
  uint64_t index_bytes = 0;     // tables of symbols and of long names
  uint64_t header_bytes = 0;    // the archive's own and one for each member
};

bool IsArchive(const std::string& path);

// Throws plan::InputError for a damaged archive, and for a thin one, which holds no objects.
Archive ReadArchive(const std::string& path);

}  // namespace adze::size
