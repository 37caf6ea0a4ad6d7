// SPDX-License-Identifier: Apache-2.0
// y = a op b, element by element with broadcasting, for operations without a vector loop: a kernel is Pair<Operation, type> or, where the result has
// a type of its own, Pair<Operation, type, result>.
#pragma once

#include "kernels/cpu/binary/broadcast_walk.h"

namespace adze {
namespace {

template <typename Op, typename X, typename Y>
void PairRun(const void*, uint8_t* const* at, const int64_t* strides, size_t n) {
  const X* a = reinterpret_cast<const X*>(at[0]);
  const X* b = reinterpret_cast<const X*>(at[1]);
  Y* y = reinterpret_cast<Y*>(at[2]);
  const size_t a_step = strides[0] != 0 ? 1 : 0;
  const size_t b_step = strides[1] != 0 ? 1 : 0;
  for (; n > 0; --n, a += a_step, b += b_step) *y++ = Op::Of(*a, *b);
}

template <typename Op, typename X, typename Y = X>
void Pair(const KernelArgs& args) {
  WalkBroadcast(args, PairRun<Op, X, Y>, nullptr);
}

}  // namespace
}  // namespace adze
