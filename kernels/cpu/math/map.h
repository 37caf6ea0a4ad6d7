// SPDX-License-Identifier: Apache-2.0
// y = f(x) for functions of one element without a vector loop: a kernel is Map<Function, type>.
#pragma once

#include "kernels/cpu/movement/strided_runs.h"

namespace adze {
namespace {

template <typename Op, typename T>
void MapRun(const void*, uint8_t* const* at, const int64_t*, size_t n) {
  const T* x = reinterpret_cast<const T*>(at[0]);
  T* y = reinterpret_cast<T*>(at[1]);
  for (; n > 0; --n) *y++ = Op::Of(*x++);
}

template <typename Op, typename T>
void Map(const KernelArgs& args) {
  const Tensor operands[] = {*args.in[0], *args.out[0]};
  ForEachDenseRun(args, operands, 2, false, MapRun<Op, T>, nullptr);
}

}  // namespace
}  // namespace adze
