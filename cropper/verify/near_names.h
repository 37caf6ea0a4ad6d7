// SPDX-License-Identifier: Apache-2.0
// Suggestions for a name that nothing has.
#pragma once

#include <string>
#include <vector>

namespace adze::verify {

// Those of `candidates` that are most like `name`, the nearest first: they hold part of it, or are few edits away.
std::vector<std::string> NearNames(const std::vector<std::string>& candidates, const std::string& name);

// "; near it: a, b", or "".
std::string NearText(const std::vector<std::string>& candidates, const std::string& name);

}  // namespace adze::verify
