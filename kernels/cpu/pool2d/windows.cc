// SPDX-License-Identifier: Apache-2.0
// The loops over the windows of a pool.
#include "kernels/cpu/pool2d/windows.h"

#include "kernels/contract/split.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

// The part [begin, end) of a window that lies inside [0, size).
struct Extent {
  int64_t begin;
  int64_t end;
};
Extent Inside(int64_t out, int32_t stride, int32_t pad, int32_t kernel, int32_t size) {
  const int64_t first = out * stride - pad;
  const int64_t last = first + kernel;
  return {first < 0 ? 0 : first, last > size ? size : last};
}

struct Pool {
  Pool2dParams params;
  const PoolReduction* reduction;
  const BinaryF32Ukernel* reduce;
  const Tensor* x;
  const Tensor* y;
  size_t n;      // channels reduced at a time: all if they are adjacent, else 1
  size_t parts;  // runs of n channels
};

// Reduces into y itself: a run of a thousand channels stays in the L1 cache over all taps.
void Window(const Pool& pool, size_t item) {
  const Tensor& x = *pool.x;
  const Tensor& y = *pool.y;
  const Pool2dParams& p = pool.params;
  int64_t at[4];
  at[3] = static_cast<int64_t>(item % pool.parts);
  auto rest = static_cast<int64_t>(item / pool.parts);
  uint8_t* to = y.data + at[3] * y.strides[3];
  for (int d = 2; d >= 0; --d) {
    at[d] = rest % y.shape.dims[d];
    rest /= y.shape.dims[d];
    to += at[d] * y.strides[d];
  }
  const Extent h = Inside(at[1], p.stride_h, p.pad_top, p.kernel_h, x.shape.dims[1]);
  const Extent w = Inside(at[2], p.stride_w, p.pad_left, p.kernel_w, x.shape.dims[2]);
  const uint8_t* row = x.data + at[0] * x.strides[0] + h.begin * x.strides[1] + w.begin * x.strides[2] + at[3] * x.strides[3];
  BinaryF32Run run = {
      pool.n, nullptr, &pool.reduction->identity, 1, 0, reinterpret_cast<float*>(to), pool.reduction->range.lo, pool.reduction->range.hi};
  for (int64_t i = h.begin; i < h.end; ++i) {
    const uint8_t* tap = row;
    for (int64_t j = w.begin; j < w.end; ++j) {
      run.a = reinterpret_cast<const float*>(tap);
      pool.reduce->run(run);
      run.b = run.y;
      run.b_step = 1;
      tap += x.strides[2];
    }
    row += x.strides[1];
  }
  if (pool.reduction->finish == nullptr) return;
  const int64_t count = p.count_include_pad ? int64_t{p.kernel_h} * p.kernel_w : (h.end - h.begin) * (w.end - w.begin);
  pool.reduction->finish(run.y, run.n, static_cast<float>(count), p.clamp);
}

}  // namespace

void PoolWindows(const KernelArgs& args, const PoolReduction& reduction) {
  const Tensor& y = *args.out[0];
  Pool pool = {ParamsOf<Pool2dParams>(args.params),  &reduction, static_cast<const BinaryF32Ukernel*>(args.ukernels[0]), args.in[0], &y,
               static_cast<size_t>(y.shape.dims[3]), 1};
  if (!IsInnerDense(*pool.x) || !IsInnerDense(y)) {
    pool.parts = pool.n;
    pool.n = 1;
  }
  const size_t items = static_cast<size_t>(int64_t{y.shape.dims[0]} * y.shape.dims[1] * y.shape.dims[2]) * pool.parts;
  const size_t grain = GrainOf(int64_t{pool.params.kernel_h} * pool.params.kernel_w * static_cast<int64_t>(pool.n));
  ParallelFor(args, items, grain, [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) Window(pool, begin);
  });
}

}  // namespace adze
