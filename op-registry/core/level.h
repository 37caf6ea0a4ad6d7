// SPDX-License-Identifier: Apache-2.0
// Named ISA levels. A level is what a profile lists and a CPU offers; a row belongs to one. The numbers are part of the
// crop manifest: never renumber.
#pragma once

#include <cstdint>

namespace adze {

enum class Level : uint8_t {
  kReference = 0,  // the oracle: shortest correct code, no SIMD, serves itself only
  kAny = 1,        // ISA-neutral drivers; not a level that a profile can list
  kScalar = 2,
  kAvx2 = 3,    // AVX2 + FMA + F16C
  kAvx512 = 4,  // AVX-512 F, BW, DQ, VL on top of kAvx2
  kNeon = 5,    // AArch64 Advanced SIMD
};

inline constexpr int kLevelCount = 6;

// May a row of level `row` be chosen when the session runs at `level`?
inline constexpr bool Serves(Level row, Level level) {
  if (row == level) return true;
  if (level == Level::kReference) return false;
  if (row == Level::kAny || row == Level::kScalar) return true;
  return row == Level::kAvx2 && level == Level::kAvx512;
}

// "scalar", "avx2", ...: as in profiles and row names; "?" outside the enumeration.
const char* LevelName(Level level);

}  // namespace adze
