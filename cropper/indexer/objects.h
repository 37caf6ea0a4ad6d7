// SPDX-License-Identifier: Apache-2.0
// Reading relocatable ELF objects of any architecture: what they define and what their relocations refer to. No LLVM.
#pragma once

#include <set>
#include <string>

namespace adze::indexer {

struct ObjectSymbols {
  std::set<std::string> strong;      // defined, global
  std::set<std::string> exported;    // those of `strong` that a shared library shows (default visibility)
  std::set<std::string> weak;        // defined, weak: the linker keeps any one copy
  std::set<std::string> referenced;  // undefined and the target of a relocation in a section that is loaded
  bool has_constructors = false;     // an .init_array, .ctors or their kin
};

// Throws std::runtime_error naming the file.
ObjectSymbols ReadObject(const std::string& path);

}  // namespace adze::indexer
