// SPDX-License-Identifier: Apache-2.0
// The CMakeLists.txt and the toolchain file of an output folder.
#pragma once

#include <string>
#include <vector>

#include "cropper/generate/sdk.h"
#include "cropper/plan/plan.h"

namespace adze::generate {

// Where the table unit lies in an output folder, and its class and ISA.
inline constexpr char kTableUnit[] = "src/generated/table.cc";

// Where the version script of a prefixed crop lies in its folder.
inline constexpr char kExportsFile[] = "src/generated/exports.map";

// `harness`: sources of adze-run, relative to the output folder; empty: no such target. `api`: the functions that the library exports,
// unprefixed; asked for only where the profile has a prefix.
std::string CMakeText(const plan::Plan& plan, const UnitFlags& flags, const std::vector<std::string>& harness,
                      const std::vector<std::string>& api = {});

// The version script that exports `api` under `prefix` and nothing else.
std::string ExportsText(const std::vector<std::string>& api, const std::string& prefix);

// Text of toolchain.cmake, or "" where the build machine's own compilers do.
std::string ToolchainText(const plan::Profile& profile);

}  // namespace adze::generate
