// SPDX-License-Identifier: Apache-2.0
// A file that libelf has open, for the readers of ELF files and archives.
#pragma once

#include <libelf.h>

#include <cstdint>
#include <string>

#include "cropper/size/elf_file.h"

namespace adze::size {

class OpenFile {
 public:
  // Throws plan::InputError if it cannot be read.
  explicit OpenFile(const std::string& path);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  Elf* elf() const { return elf_; }  // may be null: a file of no kind that libelf knows
  int descriptor() const { return fd_; }
  uint64_t Bytes() const;

 private:
  std::string path_;
  int fd_ = -1;
  Elf* elf_ = nullptr;
};

// `path` is for messages, `bytes` the size of this file. Throws plan::InputError if it is damaged.
ElfFile ReadElfOf(Elf* elf, const std::string& path, uint64_t bytes);

}  // namespace adze::size
