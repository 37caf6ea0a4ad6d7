// SPDX-License-Identifier: Apache-2.0
// The rows of the depthwise inner loops (kernels/contract/dwconv.h). Costs are relative time of one product: constants.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr UkernelRow kDwconvUkernelRows[] = {
    {"dwconv_f32__avx2", Level::kAvx2, {}, 20},
    {"dwconv_f32__avx512", Level::kAvx512, {}, 10},
    {"dwconv_f32__neon", Level::kNeon, {}, 20},
    {"dwconv_f32__scalar", Level::kScalar, {}, 100},
};
static_assert(NamesAscend(kDwconvUkernelRows), "dwconv rows stand in ascending order");

}  // namespace adze
