// SPDX-License-Identifier: Apache-2.0
// Which of the library's levels a session runs at.
#pragma once

#include "op-registry/core/level.h"
#include "op-registry/core/status.h"

namespace adze {

// `asked` null: the first of the manifest's levels that this CPU offers. Else the level of that name; kInvalidArgument if the
// manifest does not list it, kUnsupportedCpu if the CPU does not offer it.
Status ChooseLevel(const char* asked, Level* level);

}  // namespace adze
