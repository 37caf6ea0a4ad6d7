// SPDX-License-Identifier: Apache-2.0
// Choosing the level of a session.
#include "runtime/session/level_choice.h"

#include <cstring>

#include "runtime/platform/cpu.h"
#include "runtime/session/manifest.h"

namespace adze {

Status ChooseLevel(const char* asked, Level* level) {
  for (int i = 0; i < kManifest->n_levels; ++i) {
    const auto candidate = static_cast<Level>(kManifest->levels[i]);
    if (asked != nullptr && std::strcmp(asked, LevelName(candidate)) != 0) continue;
    if (CpuOffers(candidate)) {
      *level = candidate;
      return OkStatus();
    }
    if (asked != nullptr) return Error(Code::kUnsupportedCpu, Detail::kNoLevel);
  }
  return Error(asked != nullptr ? Code::kInvalidArgument : Code::kUnsupportedCpu, Detail::kNoLevel);
}

}  // namespace adze
