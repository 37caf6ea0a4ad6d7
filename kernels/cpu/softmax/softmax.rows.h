// SPDX-License-Identifier: Apache-2.0
// Rows of softmax: any strides.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kSoftmaxRows[] = {
    {"softmax_f32__any", "softmax", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"softmax_f32__reference", "softmax", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kSoftmaxRows), "rows stand in ascending order");

}  // namespace adze
