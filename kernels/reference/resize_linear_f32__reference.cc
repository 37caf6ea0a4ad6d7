// SPDX-License-Identifier: Apache-2.0
// Reference kernel of resize_linear.
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/resize_linear.h"

namespace adze {
namespace {

struct Between {
  int32_t low, high;
  double weight;
};

Between Find(int32_t i, double step, double offset, int32_t size) {
  double at = i * step + offset;
  if (at < 0) at = 0;
  if (at > size - 1) at = size - 1;
  const auto low = static_cast<int32_t>(at);
  return {low, low + 1 < size ? low + 1 : low, static_cast<double>(static_cast<float>(at - low))};
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<ResizeLinearParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    const Between h = Find(to.at[1], p.step_h, p.offset_h, x.shape.dims[1]);
    const Between w = Find(to.at[2], p.step_w, p.offset_w, x.shape.dims[2]);
    const auto value = [&](int32_t row, int32_t column) {
      ElementIndex from = to;
      from.at[1] = row;
      from.at[2] = column;
      return static_cast<double>(*reinterpret_cast<float*>(ElementAt(x, from)));
    };
    const auto along = [&](int32_t row) { return value(row, w.low) * (1 - w.weight) + value(row, w.high) * w.weight; };
    *reinterpret_cast<float*>(ElementAt(y, to)) = static_cast<float>(along(h.low) * (1 - h.weight) + along(h.high) * h.weight);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_resize_linear_f32__reference;
const Kernel adze_resize_linear_f32__reference = {Run};
}

}  // namespace adze
