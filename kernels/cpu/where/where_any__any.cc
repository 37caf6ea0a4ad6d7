// SPDX-License-Identifier: Apache-2.0
// where: y is filled from one input, then, where the condition is 0, from the other. Two walks over pairs need no walk over four tensors.
#include "kernels/cpu/binary/broadcast_walk.h"
#include "kernels/cpu/movement/strided_copy.h"

namespace adze {
namespace {

void TakeRun(const void* context, uint8_t* const* at, const int64_t* strides, size_t n) {
  const size_t bytes = *static_cast<const size_t*>(context);
  const uint8_t* condition = at[0];
  const uint8_t* b = at[1];
  uint8_t* y = at[2];
  for (; n > 0; --n, condition += strides[0], b += strides[1], y += bytes) {
    if (*condition == 0) CopyRun(y, 0, b, 0, bytes, 1);
  }
}

void Run(const KernelArgs& args) {
  const Tensor& y = *args.out[0];
  Tensor a = *args.in[1];
  for (int d = 0; d < y.shape.rank; ++d) {
    if (a.shape.dims[d] != y.shape.dims[d]) a.strides[d] = 0;
  }
  a.shape = y.shape;
  CopyTensor(args, a, y);
  const Tensor* const rest[] = {args.in[0], args.in[2]};
  KernelArgs take = args;
  take.in = rest;
  take.n_in = 2;
  const size_t bytes = DTypeBytes(y.dtype);
  WalkBroadcast(take, TakeRun, &bytes);
}

}  // namespace

extern "C" {
extern const Kernel adze_where_any__any;
const Kernel adze_where_any__any = {Run};
}

}  // namespace adze
