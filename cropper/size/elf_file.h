// SPDX-License-Identifier: Apache-2.0
// What an ELF file of any architecture says: section sizes, symbols, needed libraries, the crop manifest.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "op-registry/core/level.h"
#include "op-registry/core/row.h"

namespace adze::size {

struct Section {
  std::string name;
  uint64_t address = 0;
  uint64_t bytes = 0;       // in memory
  uint64_t file_bytes = 0;  // 0 for .bss
  bool alloc = false;       // loaded on the device
  bool writable = false;
  uint64_t offset = 0;  // in the file
};

// A table of the ELF format itself: "ELF header", "program headers", "section headers".
struct HeaderTable {
  std::string name;
  uint64_t offset = 0;
  uint64_t bytes = 0;
};

struct Symbol {
  std::string name;
  bool defined = false;
  bool dynamic = false;  // of .dynsym
  bool weak = false;
  uint64_t bytes = 0;      // of the function or object
  std::string needs_from;  // for an undefined one with a version: the library that offers it, "libc.so.6"
};

// A program header of type LOAD.
struct Segment {
  uint64_t offset = 0;
  uint64_t file_bytes = 0;
  uint64_t bytes = 0;  // in memory
  uint64_t align = 0;
  bool writable = false;
  bool executable = false;
};

struct ElfFile {
  std::string path;
  uint64_t file_bytes = 0;
  std::string arch;  // "x86_64", "aarch64", or "machine <n>"
  std::vector<Section> sections;
  std::vector<HeaderTable> headers;
  std::vector<Symbol> symbols;
  std::vector<std::string> needed;  // DT_NEEDED
  std::string note;                 // descriptor of the Adze note; empty: none
  bool linked = false;              // a shared library or a program; else an object
  bool is_64_bit = true;
  std::vector<Segment> segments;  // ascending by offset
  bool executable_stack = false;
  bool text_relocations = false;       // code is patched when it is loaded
  std::vector<std::string> run_paths;  // DT_RPATH, DT_RUNPATH

  uint64_t AllocBytes() const;
  const Section* Find(const std::string& name) const;
};

// Throws plan::InputError naming the file if it is no ELF file or damaged.
ElfFile ReadElf(const std::string& path);

// One row as the manifest of a library holds it.
struct ManifestRow {
  RowKind kind;
  std::string name;
  std::string op;
  std::vector<DType> types;
  Level level;
};

struct Manifest {
  std::string crop_id;  // 32 hexadecimal digits
  std::vector<Level> levels;
  std::vector<uint8_t> row_bytes;  // as select() reads them
  std::vector<ManifestRow> rows;
};

// Checks every length in the descriptor: the library may come from anywhere. Throws plan::InputError.
Manifest ReadManifest(const ElfFile& elf);
Manifest ParseManifest(const std::string& descriptor, const std::string& path);

}  // namespace adze::size
