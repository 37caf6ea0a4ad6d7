// SPDX-License-Identifier: Apache-2.0
// add, div, mul and sub over tensors: broadcasting is a stride of 0, and runs go to the micro-kernel.
#include "kernels/cpu/binary/binary_walk.h"

#include "kernels/contract/elementwise.h"
#include "kernels/cpu/movement/strided_runs.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/binary.h"

namespace adze {
namespace {

struct Binary {
  const BinaryF32Ukernel* ukernel;
  ClampRange clamp;
};

void Run(const void* context, uint8_t* const* at, const int64_t* strides, size_t n) {
  const Binary& b = *static_cast<const Binary*>(context);
  b.ukernel->run({n, reinterpret_cast<const float*>(at[0]), reinterpret_cast<const float*>(at[1]), strides[0] != 0, strides[1] != 0,
                  reinterpret_cast<float*>(at[2]), b.clamp.lo, b.clamp.hi});
}

}  // namespace

void WalkBinary(const KernelArgs& args) {
  const Binary context = {static_cast<const BinaryF32Ukernel*>(args.ukernels[0]), ParamsOf<BinaryParams>(args.params).clamp};
  Tensor operands[] = {*args.in[0], *args.in[1], *args.out[0]};
  const Shape& shape = operands[2].shape;
  for (int k = 0; k < 2; ++k) {
    for (int d = 0; d < shape.rank; ++d) {
      if (operands[k].shape.dims[d] != shape.dims[d]) operands[k].strides[d] = 0;
    }
    operands[k].shape = shape;
  }
  ForEachDenseRun(args, operands, 3, true, Run, &context);
}

}  // namespace adze
