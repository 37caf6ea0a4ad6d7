// SPDX-License-Identifier: Apache-2.0
// AArch64: Advanced SIMD is part of the architecture.
#include "runtime/platform/cpu.h"

namespace adze {

bool CpuOffers(Level level) { return level == Level::kReference || level == Level::kScalar || level == Level::kNeon; }

}  // namespace adze
