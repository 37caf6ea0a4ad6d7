// SPDX-License-Identifier: Apache-2.0
// Names of levels.
#include "op-registry/core/level.h"

namespace adze {

const char* LevelName(Level level) {
  static constexpr char kNames[kLevelCount + 1][10] = {"reference", "any", "scalar", "avx2", "avx512", "neon", "?"};
  const auto i = static_cast<uint8_t>(level);
  return kNames[i < kLevelCount ? i : kLevelCount];
}

}  // namespace adze
