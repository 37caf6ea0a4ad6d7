// SPDX-License-Identifier: Apache-2.0
// Why something of Adze is not in a crop.
#pragma once

#include <string>
#include <vector>

#include "cropper/generate/sdk.h"

namespace adze::verify {

struct WhyNot {
  std::string name;
  std::string kind;  // "row", "op", "level", "feature", "unit", "symbol"
  std::string id;    // the row, op... that the name stands for
  std::vector<std::string> reasons;
};

// `name`: a row or its symbol, an op, a level, a feature ("threads" or "threads=on"), a unit's path or object, or any other symbol of a unit,
// mangled or not. Throws plan::InputError if the crop has it, or if nothing has that name, with near ones.
WhyNot FindWhyNot(const generate::Sdk& sdk, const std::string& out, const std::string& name);

}  // namespace adze::verify
