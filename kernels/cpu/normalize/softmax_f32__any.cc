// SPDX-License-Identifier: Apache-2.0
// softmax over rows of any strides, element by element.
#include "kernels/cpu/normalize/exp.h"
#include "kernels/cpu/normalize/row_walk.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/softmax.h"

namespace adze {
namespace {

// About what a multiply-add of kTaskWork's unit stands for: an exp and a division.
constexpr int64_t kWorkPerElement = 16;

struct Rows {
  float beta;
  int32_t n;
  int64_t x_stride, y_stride;
};

// NaNs: a comparison with one is false, so the maximum passes over it, but exp(NaN) makes the sum NaN and with it the whole row.
void Row(const void* context, const uint8_t* x, uint8_t* y) {
  const Rows& rows = *static_cast<const Rows*>(context);
  float max = -__builtin_inff();
  const uint8_t* from = x;
  for (int32_t i = rows.n; i > 0; --i, from += rows.x_stride) {
    const float v = *reinterpret_cast<const float*>(from);
    max = v > max ? v : max;
  }
  float sum = 0;
  uint8_t* to = y;
  for (int32_t i = rows.n; i > 0; --i, x += rows.x_stride, to += rows.y_stride) {
    const float e = Exp(rows.beta * (*reinterpret_cast<const float*>(x) - max));
    *reinterpret_cast<float*>(to) = e;
    sum += e;
  }
  to = y;
  for (int32_t i = rows.n; i > 0; --i, to += rows.y_stride) *reinterpret_cast<float*>(to) /= sum;
}

void Run(const KernelArgs& args) {
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  const int last = x.shape.rank - 1;
  const Rows rows = {ParamsOf<SoftmaxParams>(args.params).beta, x.shape.dims[last], x.strides[last], y.strides[last]};
  ForEachRow(args, x, y, kWorkPerElement * rows.n, Row, &rows);
}

}  // namespace

extern "C" {
extern const Kernel adze_softmax_f32__any;
const Kernel adze_softmax_f32__any = {Run};
}

}  // namespace adze
