// SPDX-License-Identifier: Apache-2.0
// Reference kernel of mod.
#include "kernels/reference/elements.h"
#include "kernels/reference/rest.h"

namespace adze {
namespace {

template <typename T>
T F(T a, T b) {
  const T rest = Rest(a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

void Run(const KernelArgs& args) {
  const DType t = args.in[0]->dtype;
  if (t == DType::kF32) PairElements<float>(args, F<float>);
  if (t == DType::kI32) PairElements<int32_t>(args, F<int32_t>);
  if (t == DType::kI64) PairElements<int64_t>(args, F<int64_t>);
}

}  // namespace

extern "C" {
extern const Kernel adze_mod_any__reference;
const Kernel adze_mod_any__reference = {Run};
}

}  // namespace adze
