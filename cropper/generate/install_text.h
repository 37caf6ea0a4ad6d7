// SPDX-License-Identifier: Apache-2.0
// How a crop installs itself, and the package that an outside project finds then.
#pragma once

#include <string>

#include "cropper/plan/plan.h"

namespace adze::generate {

// Path in the folder of the package's configuration, with @...@ to be filled in where the crop is built: "cmake/adze_runtimeConfig.cmake.in".
std::string ConfigPath(const plan::Profile& profile);
std::string ConfigText(const plan::Profile& profile);

// The end of CMakeLists.txt.
std::string InstallText(const plan::Plan& plan);

}  // namespace adze::generate
