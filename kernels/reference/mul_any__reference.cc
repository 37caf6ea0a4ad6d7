// SPDX-License-Identifier: Apache-2.0
// Reference kernel of mul.
#include "kernels/reference/elements.h"

namespace adze {
namespace {

template <typename T>
T F(T a, T b) {
  return Wrap<T>(a, b, '*');
}

void Run(const KernelArgs& args) {
  const DType t = args.in[0]->dtype;
  if (t == DType::kF64) PairElements<double>(args, F<double>);
  if (t == DType::kI32) PairElements<int32_t>(args, F<int32_t>);
  if (t == DType::kI64) PairElements<int64_t>(args, F<int64_t>);
}

}  // namespace

extern "C" {
extern const Kernel adze_mul_any__reference;
const Kernel adze_mul_any__reference = {Run};
}

}  // namespace adze
