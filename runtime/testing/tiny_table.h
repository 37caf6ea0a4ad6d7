// SPDX-License-Identifier: Apache-2.0
// A manifest of toy ops for the tests of the session, so that they need no real kernel. It takes the place of the generated table unit.
#pragma once

#include <string>
#include <vector>

#include "op-registry/core/level.h"

namespace adze::testing {

// Rows, in this order:
//   op_scale, op_sum2                    ops; "sum2" adds two tensors of one shape and has no parameters
//   scale_f32__any                       uses 64 bytes of scratch
//   sum2_f32__any                        needs a micro-kernel of family toyadd_f32
//   toyadd_f32__neon, toyadd_f32__scalar, toyadd_f32__avx2
// Puts the table back to its first state, then takes away the rows named and sets the levels.
void SetTinyTable(const std::vector<Level>& levels, const std::vector<std::string>& without = {});

}  // namespace adze::testing
