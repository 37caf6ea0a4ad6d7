// SPDX-License-Identifier: Apache-2.0
// Rows of the ops that move elements: any dtype, any strides.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kMovementRows[] = {
    {"concat_any__any", "concat", {}, Level::kAny, {}, {}, 10, {}},
    {"concat_any__reference", "concat", {}, Level::kReference, {}, {}, 1000, {}},
    {"pad_any__any", "pad", {}, Level::kAny, {}, {}, 10, {}},
    {"pad_any__reference", "pad", {}, Level::kReference, {}, {}, 1000, {}},
    {"reshape_any__any", "reshape", {}, Level::kAny, {}, {}, 10, {}},
    {"reshape_any__reference", "reshape", {}, Level::kReference, {}, {}, 1000, {}},
    {"slice_any__any", "slice", {}, Level::kAny, {}, {}, 10, {}},
    {"slice_any__reference", "slice", {}, Level::kReference, {}, {}, 1000, {}},
    {"transpose_any__any", "transpose", {}, Level::kAny, {}, {}, 10, {}},
    {"transpose_any__reference", "transpose", {}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kMovementRows), "rows stand in ascending order");

}  // namespace adze
