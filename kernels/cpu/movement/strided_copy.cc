// SPDX-License-Identifier: Apache-2.0
// The strided copy.
#include "kernels/cpu/movement/strided_copy.h"

#include "kernels/cpu/movement/strided_runs.h"

namespace adze {
namespace {

void Run(const void* context, uint8_t* const* at, const int64_t* strides, size_t n) {
  CopyRun(at[1], strides[1], at[0], strides[0], *static_cast<const size_t*>(context), n);
}

}  // namespace

void CopyTensor(const KernelArgs& args, const Tensor& from, const Tensor& to) {
  const Tensor operands[] = {from, to};
  const size_t element_bytes = DTypeBytes(to.dtype);
  ForEachRun(args, operands, 2, Run, &element_bytes);
}

}  // namespace adze
