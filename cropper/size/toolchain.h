// SPDX-License-Identifier: Apache-2.0
// Which compilers, linker, C library and flags sizes belong to: only sizes of one toolchain can be compared.
#pragma once

#include <string>

#include "cropper/generate/build_tools.h"
#include "cropper/generate/sdk.h"

namespace adze::size {

struct Toolchain {
  std::string compiler;    // "gcc (Debian 12.2.0-14) 12.2.0"
  std::string target;      // "x86_64-linux-gnu"
  std::string linker;      // "GNU ld (GNU Binutils for Debian) 2.40"
  std::string c_library;   // "glibc 2.36"; "unknown" where the headers do not tell
  std::string unit_flags;  // hash of all flags that units of this architecture are compiled with
  std::string link_flags;  // hash of the flags of every link

  // 12 hexadecimal digits, equal exactly where all parts are.
  std::string Id() const;
};

// Asks the compilers themselves. Throws plan::InputError naming the one that cannot be run.
Toolchain FindToolchain(const generate::BuildTools& tools, const generate::UnitFlags& flags);

// Forecasts lay sections out as GNU ld does. For another linker, or one that is too old to be known: what to expect, in words; else "".
std::string LinkerCaveat(const Toolchain& toolchain);

// "linker: GNU ld 2.40 -> GNU ld 2.44", one line for each part that differs.
std::vector<std::string> Differences(const Toolchain& before, const Toolchain& after);

}  // namespace adze::size
