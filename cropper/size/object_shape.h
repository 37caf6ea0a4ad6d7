// SPDX-License-Identifier: Apache-2.0
// What a linker must know of an object to lay it out: sections, symbols, references; no code. Small enough to keep for every unit of every
// toolchain, and read from the object where there is one.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace adze::size {

enum class ReferenceKind : uint8_t {
  kPlain,     // settled by the linker
  kCall,      // goes through .plt where the target is another library's or may be replaced
  kGot,       // needs a slot in .got
  kGotOrNot,  // the linker rewrites the instruction where the target is the library's own
  kAddress,   // a whole address in memory: one dynamic relocation each
};

struct Reference {
  ReferenceKind kind = ReferenceKind::kPlain;
  int section = -1;  // of the same object; -1: `symbol`
  std::string symbol;
  uint64_t count = 1;
};

struct ObjectSection {
  std::string name;
  uint64_t bytes = 0, align = 1;
  bool writable = false, executable = false, in_file = true, note = false;
  std::string group;                 // signature of its COMDAT group: one of all objects' is kept; "": none
  uint64_t entry_bytes = 0;          // of a section whose equal entries are merged; 0: not merged
  bool strings = false;              // entries end with a zero
  std::vector<std::string> entries;  // of a merged section
  std::vector<Reference> references;
};

struct ObjectSymbol {
  std::string name;
  int section = -1;
  bool weak = false;
  bool exported = false;  // default visibility: shown by a shared library, and replaceable
};

struct ObjectShape {
  std::vector<ObjectSection> sections;  // those that are loaded, empty ones left out
  std::vector<ObjectSymbol> symbols;    // global and defined
};

// Reads a relocatable ELF file of x86_64 or aarch64. Throws plan::InputError.
ObjectShape ReadObjectShape(const std::string& path);

nlohmann::json ObjectShapeToJson(const ObjectShape& shape);
// Throws std::exception for anything else than what ObjectShapeToJson gives.
ObjectShape ObjectShapeFromJson(const nlohmann::json& json);

}  // namespace adze::size
