// SPDX-License-Identifier: Apache-2.0
// Rows of the ops that move elements: any dtype, any strides.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kMovementRows[] = {
    {"concat_any__any", "concat", {}, Level::kAny, {}, {}, 10, {}},
    {"concat_any__reference", "concat", {}, Level::kReference, {}, {}, 1000, {}},
    {"expand_any__any", "expand", {}, Level::kAny, {}, {}, 10, {}},
    {"expand_any__reference", "expand", {}, Level::kReference, {}, {}, 1000, {}},
    {"pad_any__any", "pad", {}, Level::kAny, {}, {}, 10, {}},
    {"pad_any__reference", "pad", {}, Level::kReference, {}, {}, 1000, {}},
    {"reshape_any__any", "reshape", {}, Level::kAny, {}, {}, 10, {}},
    {"reshape_any__reference", "reshape", {}, Level::kReference, {}, {}, 1000, {}},
    {"reverse_any__any", "reverse", {}, Level::kAny, {}, {}, 10, {}},
    {"reverse_any__reference", "reverse", {}, Level::kReference, {}, {}, 1000, {}},
    {"reverse_sequence_any__any", "reverse_sequence", {}, Level::kAny, {}, {}, 10, {}},
    {"reverse_sequence_any__reference", "reverse_sequence", {}, Level::kReference, {}, {}, 1000, {}},
    {"slice_any__any", "slice", {}, Level::kAny, {}, {}, 10, {}},
    {"slice_any__reference", "slice", {}, Level::kReference, {}, {}, 1000, {}},
    {"transpose_any__any", "transpose", {}, Level::kAny, {}, {}, 10, {}},
    {"transpose_any__reference", "transpose", {}, Level::kReference, {}, {}, 1000, {}},
    {"trilu_any__any", "trilu", {}, Level::kAny, {}, {}, 10, {}},
    {"trilu_any__reference", "trilu", {}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kMovementRows), "rows stand in ascending order");

}  // namespace adze
