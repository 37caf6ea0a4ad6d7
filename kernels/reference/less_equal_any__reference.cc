// SPDX-License-Identifier: Apache-2.0
// Reference kernel of less_equal.
#include "kernels/reference/elements.h"

namespace adze {
namespace {

template <typename T>
uint8_t F(T a, T b) {
  return a <= b ? 1 : 0;
}

void Run(const KernelArgs& args) {
  const DType t = args.in[0]->dtype;
  if (t == DType::kF32) PairElements<float, uint8_t>(args, F<float>);
  if (t == DType::kF64) PairElements<double, uint8_t>(args, F<double>);
  if (t == DType::kI32) PairElements<int32_t, uint8_t>(args, F<int32_t>);
  if (t == DType::kI64) PairElements<int64_t, uint8_t>(args, F<int64_t>);
}

}  // namespace

extern "C" {
extern const Kernel adze_less_equal_any__reference;
const Kernel adze_less_equal_any__reference = {Run};
}

}  // namespace adze
