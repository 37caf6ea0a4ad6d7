// SPDX-License-Identifier: Apache-2.0
// The rows of the int8 dot products (kernels/contract/dot.h). Costs are relative time of one product: constants.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr UkernelRow kDotUkernelRows[] = {
    {"dot_qs8__avx2", Level::kAvx2, {}, 20},
    {"dot_qs8__neon", Level::kNeon, {}, 20},
    {"dot_qs8__scalar", Level::kScalar, {}, 100},
};
static_assert(NamesAscend(kDotUkernelRows), "dot rows stand in ascending order");

}  // namespace adze
