// SPDX-License-Identifier: Apache-2.0
// Reference kernel of reduce_prod, float32.
#include "kernels/reference/reduce_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  ReduceInOrder<float, double>(args, 1, [](auto acc, auto x) { return acc * static_cast<decltype(acc)>(x); });
}

}  // namespace

extern "C" {
extern const Kernel adze_reduce_prod_f32__reference;
const Kernel adze_reduce_prod_f32__reference = {Run};
}

}  // namespace adze
