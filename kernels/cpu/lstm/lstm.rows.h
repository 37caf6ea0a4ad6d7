// SPDX-License-Identifier: Apache-2.0
// The rows of lstm: a driver over gemm_f32 and the micro-kernel of a step, the reference. Scratch holds the gates of all steps before the
// recurrent product, those of one step, and the cell.
#pragma once

#include "op-registry/core/packing.h"
#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kLstmRows[] = {
    {"lstm_f32__any_gemm",
     "lstm",
     {DType::kF32},
     Level::kAny,
     {"gemm_f32", "lstm_cell_f32"},
     F(Feature::kPacking) == static_cast<int>(Packing::kPanels16) && F(Feature::kInnerDense) == 1,
     20,
     (F(Feature::kGroups) + 2) * F(Feature::kM) * F(Feature::kN) * 4},
    {"lstm_f32__reference", "lstm", {DType::kF32}, Level::kReference, {}, {}, 1000, F(Feature::kM) * F(Feature::kN) * 4},
};
static_assert(NamesAscend(kLstmRows), "rows stand in ascending order");

inline constexpr UkernelRow kLstmUkernelRows[] = {
    {"lstm_cell_f32__avx2", Level::kAvx2, {}, 20},
    {"lstm_cell_f32__avx512", Level::kAvx512, {}, 10},
    {"lstm_cell_f32__neon", Level::kNeon, {}, 10},
    {"lstm_cell_f32__scalar", Level::kScalar, {}, 100},
};
static_assert(NamesAscend(kLstmUkernelRows), "rows stand in ascending order");

}  // namespace adze
