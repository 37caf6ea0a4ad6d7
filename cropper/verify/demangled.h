// SPDX-License-Identifier: Apache-2.0
// Symbols as people write them.
#pragma once

#include <string>

namespace adze::verify {

// "adze::CreateParallel" for the mangled name of that function, whatever it takes; the name itself where it is not mangled.
std::string Demangled(const std::string& symbol);

}  // namespace adze::verify
