// SPDX-License-Identifier: Apache-2.0
// What the abstract syntax tree says of a unit: everything its code refers to, folded away or not, and the types of what it defines. The
// only part that needs LLVM.
#pragma once

#include <map>
#include <set>
#include <string>

#include "cropper/indexer/build_index.h"

namespace adze::indexer {

// A variable or function with external linkage that the unit defines.
struct AstDefinition {
  bool is_constant = false;  // a variable of const type
  std::string type;          // "adze::Kernel"; for functions "function"
  std::string type_file;     // where that type is declared, relative to the root; "" if it is no struct
  int line = 0;              // in the unit's file
};

struct AstUnit {
  std::map<std::string, AstDefinition> definitions;  // by linker symbol
  std::set<std::string> references;                  // linker symbols that the unit does not define
};

// Parses a unit for `target`. Throws std::runtime_error with the diagnostics: a unit that does not parse must not make a closure smaller.
AstUnit ParseUnit(const BuildOptions& options, const Target& target, const DeviceUnit& unit);

}  // namespace adze::indexer
