// SPDX-License-Identifier: Apache-2.0
// The rows of the maxima over windows (kernels/contract/maxpool.h).
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr UkernelRow kMaxpoolUkernelRows[] = {
    {"maxpool_f32__avx2", Level::kAvx2, {}, 20},
    {"maxpool_f32__avx512", Level::kAvx512, {}, 10},
    {"maxpool_f32__neon", Level::kNeon, {}, 10},
    {"maxpool_f32__scalar", Level::kScalar, {}, 100},
};
static_assert(NamesAscend(kMaxpoolUkernelRows), "rows stand in ascending order");

}  // namespace adze
