// SPDX-License-Identifier: Apache-2.0
// The rows of Winograd's transforms (kernels/contract/winograd.h). Costs are relative time: constants.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr UkernelRow kWinogradUkernelRows[] = {
    {"winograd_f32__avx2", Level::kAvx2, {}, 20},
    {"winograd_f32__avx512", Level::kAvx512, {}, 10},
    {"winograd_f32__neon", Level::kNeon, {}, 20},
    {"winograd_f32__scalar", Level::kScalar, {}, 100},
};
static_assert(NamesAscend(kWinogradUkernelRows), "winograd rows stand in ascending order");

}  // namespace adze
