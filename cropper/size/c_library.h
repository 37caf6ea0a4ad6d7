// SPDX-License-Identifier: Apache-2.0
// Which library of the target offers a symbol, and under which version: what a link writes into its tables.
#pragma once

#include <map>
#include <string>

#include "cropper/plan/profile.h"

namespace adze::size {

struct Import {
  std::string library;  // "libc.so.6"
  std::string version;  // "GLIBC_2.17"; "" where the library has none
};

using Imports = std::map<std::string, Import>;  // symbol -> what a link against it records

// Symbols of the mathematical and the C library that `compiler` links, in that order. Libraries that it does not find are left out.
Imports FindImports(const plan::Compiler& compiler);

}  // namespace adze::size
