// SPDX-License-Identifier: Apache-2.0
// What a crop was made of, for builds that must make it again when one of these files changes.
#pragma once

#include <string>
#include <vector>

#include "cropper/generate/sdk.h"
#include "cropper/plan/plan.h"

namespace adze::generate {

// The SDK's files that a folder of this plan is made of, its index and flags, and this program; absolute, ascending.
std::vector<std::string> InputsOf(const Sdk& sdk, const plan::Plan& plan);

// One rule for Make and Ninja, an input a line, made absolute, each once.
std::string DepfileText(const std::string& target, const std::vector<std::string>& inputs);

}  // namespace adze::generate
