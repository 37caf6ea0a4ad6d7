// SPDX-License-Identifier: Apache-2.0
// Ops without params that work element by element on numbers or bits.
//
// Of one input, y like x; float32, and int32 and int64 where marked *:
//   abs* neg*      the smallest integer stays itself
//   sign*          -1, 0, 1; a zero and a NaN stay
//   floor ceil round   round: ties to even; zeros keep their sign
//   exp log sin cos tan asin acos atan sinh cosh asinh acosh atanh   NaN outside the domain, log(0) is -inf; below 0.51 ulp
//   softplus       ln(1 + e^x)
// key: types {x}; the common ones
//
// Of two inputs of one dtype and equal rank, where a dim of 1 repeats; every tensor may be strided:
//   pow            float32: as IEEE 754's; int32, int64: wraps, a negative exponent gives the inverse cut towards 0, 0^-n is 0
//   mod, fmod      float32, int32, int64: the rest with the sign of b, of a. By 0: NaN, for integers 0
//   floor_div      int32, int64: the quotient rounded down; by 0: 0
//   prelu          float32: a < 0 ? a * b : a
//   bitwise_and bitwise_or bitwise_xor   of the bits of any dtype; bools are 0 or 1
//   equal not_equal less less_equal      bool: float32, float64, int32, int64, and bool for the first two. NaN is equal to nothing
// key: types {a}; kBroadcast, and the common ones
//
// where: in: condition (bool), a, b (of one dtype), of equal rank; a dim of 1 repeats. y = condition ? a : b. key: as above, types {a}
#pragma once

#include "op-registry/core/op.h"

namespace adze {

// OpDef::infer of the ops of one input, of two, and of comparisons.
Status InferMap(const NodeArgs& node, TensorType* out);
Status InferPair(const NodeArgs& node, TensorType* out);
Status InferComparison(const NodeArgs& node, TensorType* out);

// Widens `shape` to hold `t` too: equal ranks, and dims that are equal or 1.
Status Broadcast(const Tensor& t, Shape* shape);

}  // namespace adze
