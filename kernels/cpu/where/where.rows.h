// SPDX-License-Identifier: Apache-2.0
// Rows of where: any strides, elements of any size.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kWhereRows[] = {
    {"where_any__any", "where", {}, Level::kAny, {}, {}, 10, {}},
    {"where_any__reference", "where", {}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kWhereRows), "rows stand in ascending order");

}  // namespace adze
