// SPDX-License-Identifier: Apache-2.0
// From a source tree to an index: compiles every device unit with the flags that ship and reads the objects.
#pragma once

#include <string>
#include <vector>

#include "cropper/index/index.h"
#include "cropper/indexer/device_units.h"
#include "cropper/indexer/objects.h"

namespace adze::indexer {

struct BuildOptions {
  std::string root;       // of the source tree
  std::string generated;  // folder of generated headers (<build>/generated)
  std::string objects;    // folder for objects, one subfolder per architecture; made if absent
  int jobs = 2;
};

// A compiled unit: what its object holds, and which headers the compiler read.
struct CompiledUnit {
  DeviceUnit unit;
  ObjectSymbols symbols;
  std::vector<std::string> headers, external;
};

// Compiles all units of one architecture. Throws std::runtime_error with the messages of every unit that does not compile.
std::vector<CompiledUnit> CompileUnits(const BuildOptions& options, const Target& target);

// Joins references to definitions. Appends to `findings` every reference that nothing defines, every symbol with two definitions that no
// feature chooses between, weak symbols in units of one ISA, and constructors.
index::Index JoinUnits(const Target& target, const std::vector<CompiledUnit>& units, std::vector<std::string>* findings);

// "gcc 12": name and major version of a compiler.
std::string CompilerVersion(const std::string& compiler);

// What differs, in words, one line a difference; empty if the two are the same.
std::vector<std::string> Differences(const index::Index& committed, const index::Index& fresh);

// The include folders of every unit.
std::vector<std::string> IncludeFlags(const BuildOptions& options);

}  // namespace adze::indexer
