// SPDX-License-Identifier: Apache-2.0
// What a generated folder copies from the SDK, so that it needs nothing else.
#pragma once

#include <map>
#include <string>

#include "cropper/generate/sdk.h"
#include "cropper/plan/plan.h"

namespace adze::generate {

// Path inside a folder -> bytes.
using FileMap = std::map<std::string, std::string>;

// Sources and headers of the plan's units, the headers that the table includes, the public headers, and what is included of third parties.
void AddSources(const Sdk& sdk, const plan::Plan& plan, FileMap* files);

}  // namespace adze::generate
