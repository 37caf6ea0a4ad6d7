// SPDX-License-Identifier: Apache-2.0
// SHA-1: only because SPDX asks for it beside SHA-256.
#pragma once

#include <string>

namespace adze::generate {

// 40 hexadecimal digits.
std::string Sha1Hex(const std::string& bytes);

}  // namespace adze::generate
