// SPDX-License-Identifier: Apache-2.0
// Element types of tensors. The numbers are part of the .adze format and of the crop manifest: never renumber.
#pragma once

#include <cstddef>
#include <cstdint>

namespace adze {

enum class DType : uint8_t {
  kF32 = 0,
  kF16 = 1,
  kI32 = 2,
  kI64 = 3,
  kI8 = 4,  // plain or quantized: scale and zero point live in the node's params
  kU8 = 5,
  kBool = 6,
};

inline constexpr int kDTypeCount = 7;

// Bytes of one element; 0 for a value outside the enumeration (a hostile file).
inline constexpr size_t DTypeBytes(DType t) {
  constexpr uint8_t kBytes[kDTypeCount] = {4, 2, 4, 8, 1, 1, 1};
  return static_cast<uint8_t>(t) < kDTypeCount ? kBytes[static_cast<uint8_t>(t)] : 0;
}

// "float32", "int8", ... as users write them; "?" outside the enumeration.
const char* DTypeName(DType t);

}  // namespace adze
