// SPDX-License-Identifier: Apache-2.0
// The rows of fully_connected: drivers over gemm_f32 and dot_qs8, references.
#pragma once

#include "op-registry/core/packing.h"
#include "op-registry/core/row.h"
#include "op-registry/ops/fully_connected.h"

namespace adze {

inline constexpr KernelRow kFullyConnectedRows[] = {
    {"fully_connected_f32__any_gemm",
     "fully_connected",
     {DType::kF32, DType::kF32, DType::kF32},
     Level::kAny,
     {"gemm_f32"},
     F(Feature::kPacking) == static_cast<int>(Packing::kPanels16) && F(Feature::kInnerDense) == 1,
     20,
     {}},
    {"fully_connected_f32__reference", "fully_connected", {DType::kF32, DType::kF32, DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"fully_connected_qs8__any_dot",
     "fully_connected",
     {DType::kI8, DType::kI8, DType::kI8},
     Level::kAny,
     {"dot_qs8"},
     F(Feature::kMode) == static_cast<int>(RescaleMode::kF64Away) && F(Feature::kInnerDense) == 1,
     20,
     {}},
    {"fully_connected_qs8__reference",
     "fully_connected",
     {DType::kI8, DType::kI8, DType::kI8},
     Level::kReference,
     {},
     F(Feature::kMode) == static_cast<int>(RescaleMode::kF64Away),
     1000,
     {}},
};
static_assert(NamesAscend(kFullyConnectedRows), "fully_connected rows stand in ascending order");

}  // namespace adze
