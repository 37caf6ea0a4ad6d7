// SPDX-License-Identifier: Apache-2.0
// SHA-256: identities of plans, models, units and objects.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace adze::generate {

std::array<uint8_t, 32> Sha256(const void* data, size_t bytes);

// 64 hexadecimal digits.
std::string Sha256Hex(const void* data, size_t bytes);
inline std::string Sha256Hex(const std::string& bytes) { return Sha256Hex(bytes.data(), bytes.size()); }

}  // namespace adze::generate
