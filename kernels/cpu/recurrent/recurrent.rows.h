// SPDX-License-Identifier: Apache-2.0
// The rows of lstm_full, gru and rnn: drivers over gemm_f32 and gate_f32, the references. Scratch holds the gates of all steps before the
// recurrent product, those of one step twice, and up to three rows of states a sequence.
#pragma once

#include "op-registry/core/packing.h"
#include "op-registry/core/row.h"

namespace adze {

inline constexpr Expr kRecurrentWhen = F(Feature::kPacking) == static_cast<int>(Packing::kPanels16) && F(Feature::kInnerDense) == 1;
inline constexpr Expr kRecurrentScratch =
    ((F(Feature::kGroups) + 2) * F(Feature::kN) + F(Feature::kCout) * 2 + F(Feature::kK)) * F(Feature::kM) * 4;
// Float64: the new h and, for lstm_full, c and what is projected.
inline constexpr Expr kRecurrentReferenceScratch = (F(Feature::kCout) * 2 + F(Feature::kK)) * F(Feature::kM) * 8;

inline constexpr KernelRow kRecurrentRows[] = {
    {"gru_f32__any_gemm", "gru", {DType::kF32}, Level::kAny, {"gemm_f32", "gate_f32"}, kRecurrentWhen, 20, kRecurrentScratch},
    {"gru_f32__reference", "gru", {DType::kF32}, Level::kReference, {}, {}, 1000, kRecurrentReferenceScratch},
    {"lstm_full_f32__any_gemm", "lstm_full", {DType::kF32}, Level::kAny, {"gemm_f32", "gate_f32"}, kRecurrentWhen, 20, kRecurrentScratch},
    {"lstm_full_f32__reference", "lstm_full", {DType::kF32}, Level::kReference, {}, {}, 1000, kRecurrentReferenceScratch},
    {"rnn_f32__any_gemm", "rnn", {DType::kF32}, Level::kAny, {"gemm_f32", "gate_f32"}, kRecurrentWhen, 20, kRecurrentScratch},
    {"rnn_f32__reference", "rnn", {DType::kF32}, Level::kReference, {}, {}, 1000, kRecurrentReferenceScratch},
};
static_assert(NamesAscend(kRecurrentRows), "rows stand in ascending order");

inline constexpr UkernelRow kRecurrentUkernelRows[] = {
    {"gate_f32__avx2", Level::kAvx2, F(Feature::kMode) == 0, 20},
    {"gate_f32__avx512", Level::kAvx512, F(Feature::kMode) == 0, 10},
    {"gate_f32__neon", Level::kNeon, F(Feature::kMode) == 0, 10},
    {"gate_f32__scalar", Level::kScalar, F(Feature::kMode) == 0, 100},
    {"gate_f32__scalar_all", Level::kScalar, F(Feature::kMode) == 1, 100},
};
static_assert(NamesAscend(kRecurrentUkernelRows), "rows stand in ascending order");

}  // namespace adze
