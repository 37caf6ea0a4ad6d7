// SPDX-License-Identifier: Apache-2.0
// The sources of adze-run, which goes into every output folder but not into what ships.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cropper/generate/sdk.h"

namespace adze::generate {

// Adds runtime/tools/ and the project headers that it includes to `files` (path inside the folder -> bytes); returns the sources to
// compile.
std::vector<std::string> AddHarness(const Sdk& sdk, std::map<std::string, std::string>* files);

}  // namespace adze::generate
