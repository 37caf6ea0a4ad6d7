// SPDX-License-Identifier: Apache-2.0
// What a crop is built with: the compilers, and what a CMake toolchain file of the user adds to their command lines.
#pragma once

#include <string>

#include "cropper/plan/profile.h"

namespace adze::generate {

struct BuildTools {
  plan::Compiler compiler;
  std::string toolchain_file = {};  // the user's; "": none
  // What that file adds to every compilation and to every link, in words for a hash.
  std::string compile_flags = {}, link_flags = {};
};

// Those that CMake would find for a profile: the profile's own where its folder has a toolchain file, else what the environment names, else cc
// and c++.
BuildTools ToolsFor(const plan::Profile& profile);

// Those of a toolchain file, by configuring an empty project with it. Throws plan::InputError with CMake's words where it does not work.
BuildTools ToolsOfFile(const std::string& toolchain_file);

// Those that the folder `build` of a crop for `profile` was configured with; where it is none, ToolsFor(profile). Throws plan::InputError where its
// toolchain file is gone.
BuildTools ToolsOfBuild(const std::string& build, const plan::Profile& profile);

}  // namespace adze::generate
