// SPDX-License-Identifier: Apache-2.0
// Reference kernel of floor_div.
#include "kernels/reference/elements.h"

namespace adze {
namespace {

template <typename T>
T F(T a, T b) {
  if (b == 0) return 0;
  if (b == -1) return Wrap<T>(0, a, '-');
  return a % b != 0 && (a % b < 0) != (b < 0) ? a / b - 1 : a / b;
}

void Run(const KernelArgs& args) {
  const DType t = args.in[0]->dtype;
  if (t == DType::kI32) PairElements<int32_t>(args, F<int32_t>);
  if (t == DType::kI64) PairElements<int64_t>(args, F<int64_t>);
}

}  // namespace

extern "C" {
extern const Kernel adze_floor_div_any__reference;
const Kernel adze_floor_div_any__reference = {Run};
}

}  // namespace adze
