// SPDX-License-Identifier: Apache-2.0
// Reference kernel of sign.
#include "kernels/reference/elements.h"

namespace adze {
namespace {

template <typename T>
T F(T x) {
  return x > 0 ? T{1} : x < 0 ? T(-1) : x;
}

void Run(const KernelArgs& args) {
  const DType t = args.in[0]->dtype;
  if (t == DType::kF32) MapElements<float>(args, F<float>);
  if (t == DType::kI32) MapElements<int32_t>(args, F<int32_t>);
  if (t == DType::kI64) MapElements<int64_t>(args, F<int64_t>);
}

}  // namespace

extern "C" {
extern const Kernel adze_sign_any__reference;
const Kernel adze_sign_any__reference = {Run};
}

}  // namespace adze
