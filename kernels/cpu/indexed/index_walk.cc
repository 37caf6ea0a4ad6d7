// SPDX-License-Identifier: Apache-2.0
// Places one by one.
#include "kernels/cpu/indexed/index_walk.h"

namespace adze {
namespace {

void RunHere(const Parallel*, void (*task)(void*, size_t, size_t), void* context, size_t n, size_t) { task(context, 0, n); }

constexpr Parallel kHere = {RunHere};

void Copy(const void* context, uint8_t* const* at, const int64_t* strides, size_t n) {
  CopyRun(at[1], strides[1], at[0], strides[0], *static_cast<const size_t*>(context), n);
}

}  // namespace

int64_t OffsetOf(const Shape& shape, const int64_t* strides, int64_t flat) {
  int64_t offset = 0;
  for (int d = shape.rank - 1; d >= 0; --d) {
    offset += flat % shape.dims[d] * strides[d];
    flat /= shape.dims[d];
  }
  return offset;
}

void ForEachRunHere(const Tensor& from, const Tensor& to, RunFn f, const void* context) {
  KernelArgs args = {};
  args.parallel = &kHere;
  const Tensor operands[] = {from, to};
  ForEachRun(args, operands, 2, f, context);
}

void CopyHere(const Tensor& from, const Tensor& to) {
  const size_t element_bytes = DTypeBytes(to.dtype);
  ForEachRunHere(from, to, Copy, &element_bytes);
}

}  // namespace adze
