// SPDX-License-Identifier: Apache-2.0
// The name of a crop: what stands for "adze" in everything of it that an app sees, so that several crops live in one process.
#pragma once

#include <string>

namespace adze::plan {

// What is wrong with `prefix` as the name of a crop, with the remedy; "" if nothing. It becomes a C++ namespace, the start of C names and
// macros, a file name and a CMake target: [a-z][a-z0-9_]*, 3 to 40 characters, no word of C++.
std::string PrefixProblem(const std::string& prefix);

}  // namespace adze::plan
