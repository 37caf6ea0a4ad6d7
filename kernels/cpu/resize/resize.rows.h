// SPDX-License-Identifier: Apache-2.0
// Rows of resize_nearest: any dtype, any strides.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kResizeRows[] = {
    {"resize_nearest_any__any", "resize_nearest", {}, Level::kAny, {}, {}, 10, {}},
    {"resize_nearest_any__reference", "resize_nearest", {}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kResizeRows), "rows stand in ascending order");

}  // namespace adze
