// SPDX-License-Identifier: Apache-2.0
// softmax over rows of any strides, one row after the other.
#include "kernels/contract/kernel.h"
#include "kernels/contract/split.h"
#include "kernels/cpu/normalize/exp.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/softmax.h"

namespace adze {
namespace {

// About what a multiply-add of kTaskWork's unit stands for: an exp and a division.
constexpr int64_t kWorkPerElement = 16;

struct Rows {
  const Tensor* x;
  const Tensor* y;
  float beta;
};

// The address of a row's first element.
uint8_t* RowAt(const Tensor& t, size_t row) {
  uint8_t* at = t.data;
  for (int d = t.shape.rank - 2; d >= 0; --d) {
    const auto dim = static_cast<size_t>(t.shape.dims[d]);
    at += static_cast<int64_t>(row % dim) * t.strides[d];
    row /= dim;
  }
  return at;
}

// NaNs: a comparison with one is false, so the maximum passes over it, but exp(NaN) makes the sum NaN and with it the whole row.
void Row(const Rows& rows, size_t row) {
  const int last = rows.x->shape.rank - 1;
  const int32_t n = rows.x->shape.dims[last];
  const int64_t x_stride = rows.x->strides[last];
  const int64_t y_stride = rows.y->strides[last];
  const uint8_t* x = RowAt(*rows.x, row);
  uint8_t* const y = RowAt(*rows.y, row);
  float max = -__builtin_inff();
  const uint8_t* from = x;
  for (int32_t i = n; i > 0; --i, from += x_stride) {
    const float v = *reinterpret_cast<const float*>(from);
    max = v > max ? v : max;
  }
  float sum = 0;
  uint8_t* to = y;
  for (int32_t i = n; i > 0; --i, x += x_stride, to += y_stride) {
    const float e = Exp(rows.beta * (*reinterpret_cast<const float*>(x) - max));
    *reinterpret_cast<float*>(to) = e;
    sum += e;
  }
  to = y;
  for (int32_t i = n; i > 0; --i, to += y_stride) *reinterpret_cast<float*>(to) /= sum;
}

void Run(const KernelArgs& args) {
  const Rows rows = {args.in[0], args.out[0], ParamsOf<SoftmaxParams>(args.params).beta};
  const Shape& shape = rows.x->shape;
  size_t n = 1;
  for (int d = 0; d < shape.rank - 1; ++d) n *= static_cast<size_t>(shape.dims[d]);
  ParallelFor(args, n, GrainOf(kWorkPerElement * shape.dims[shape.rank - 1]), [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) Row(rows, begin);
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_softmax_f32__any;
const Kernel adze_softmax_f32__any = {Run};
}

}  // namespace adze
