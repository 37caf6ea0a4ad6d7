// SPDX-License-Identifier: Apache-2.0
// Timing a session node by node, from outside: the library itself holds no timing code.
#pragma once

#include <functional>
#include <string>

#include "runtime/session/session.h"

namespace adze::tools {

// Runs the bound nodes in order, `repeat` times over, each between two looks at the clock, and returns a JSON array with an object a node: index, op, name,
// inputs and outputs (dtype, dims, whether constant), kernel, ukernels, macs (of the matrix product the node amounts to, 0 for others), bytes (of
// all its tensors, each element once), min_ms and median_ms. `fill` copies the inputs into the session; nodes may have written over them.
std::string TimeLayers(const adze_session& session, int repeat, const std::function<void()>& fill);

}  // namespace adze::tools
