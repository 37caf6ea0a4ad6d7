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

// `harness`: sources of adze-run, relative to the output folder; empty: no such target.
std::string CMakeText(const plan::Plan& plan, const UnitFlags& flags, const std::vector<std::string>& harness);

// Text of toolchain.cmake, or "" where the build machine's own compilers do.
std::string ToolchainText(const plan::Profile& profile);

}  // namespace adze::generate
