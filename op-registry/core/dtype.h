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
  kF64 = 7,
  kI16 = 8,
  kU16 = 9,
  kU32 = 10,
  kU64 = 11,
  kBF16 = 12,
};

inline constexpr int kDTypeCount = 13;

// Bytes of one element; 0 for a value outside the enumeration (a hostile file).
inline constexpr size_t DTypeBytes(DType t) {
  // Two bits each, from the right: the logarithm. A table would stand in every unit.
  constexpr uint32_t kLog2 = 0b01'11'10'01'01'11'00'00'00'11'10'01'10;
  const auto i = static_cast<uint8_t>(t);
  return i < kDTypeCount ? size_t{1} << (kLog2 >> 2 * i & 3) : 0;
}

// "float32", "int8", ... as users write them; "?" outside the enumeration.
const char* DTypeName(DType t);

}  // namespace adze
