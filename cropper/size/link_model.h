// SPDX-License-Identifier: Apache-2.0
// What GNU ld makes of objects, without linking them: which sections stay (--gc-sections, COMDAT groups), how they are merged and aligned,
// and the tables that it adds. Says how many bytes each owner gets in each section of the shared library.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cropper/size/byte_map.h"
#include "cropper/size/c_library.h"
#include "cropper/size/object_shape.h"

namespace adze::size {

struct LinkInput {
  std::string owner;  // "src/runtime/session/session_run.cc"
  const ObjectShape* shape = nullptr;
};

struct LinkOptions {
  std::string arch;  // "x86_64" or "aarch64"
  uint64_t page_size = 4096;
  std::string prefix;         // of a crop that has a name of its own: its exports are renamed, and its own calls to them are settled
  std::string compiler_note;  // what each object's .comment holds: "GCC: (Debian 12.2.0-14) 12.2.0"
  Imports imports;
};

// Objects in the order of the link. Symbols that neither they nor `imports` define are taken for the C library's.
std::vector<Claim> ModelLink(const std::vector<LinkInput>& inputs, const LinkOptions& options);

// Bytes of a string table: strings that are the end of another one take no room of their own.
uint64_t StringTableBytes(const std::vector<std::string>& strings);

// Buckets of .gnu.hash for symbols of these names, as `ld -O1` chooses them: the shortest chains.
uint64_t HashBuckets(const std::vector<std::string>& names);

}  // namespace adze::size
