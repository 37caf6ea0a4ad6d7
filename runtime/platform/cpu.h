// SPDX-License-Identifier: Apache-2.0
// What this CPU offers. One implementation per architecture (cpu_x86_64.cc, cpu_aarch64.cc); no constructors, no cached state.
#pragma once

#include "op-registry/core/level.h"

namespace adze {

// True if this CPU, and the operating system's saving of its registers, allow running at `level`. kReference and kScalar: always.
bool CpuOffers(Level level);

}  // namespace adze
