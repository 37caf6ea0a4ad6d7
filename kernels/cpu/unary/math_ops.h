// SPDX-License-Identifier: Apache-2.0
// The functions of simd/math.h for the loop of map_loop.h. A unit includes kernels/cpu/simd/simd.h (or scalar.h) before this.
#pragma once

#include "kernels/cpu/simd/math.h"
#include "kernels/cpu/unary/map_loop.h"

namespace adze {
namespace {

struct SqrtOp {
  static ADZE_INLINE F32 Of(F32 x) { return Sqrt(x); }
};
struct ErfOp {
  static ADZE_INLINE F32 Of(F32 x) { return Erf(x); }
};
struct GeluOp {
  static ADZE_INLINE F32 Of(F32 x) { return Gelu(x); }
};
struct SigmoidOp {
  static ADZE_INLINE F32 Of(F32 x) { return Sigmoid(x); }
};
struct TanhOp {
  static ADZE_INLINE F32 Of(F32 x) { return Tanh(x); }
};

}  // namespace
}  // namespace adze
