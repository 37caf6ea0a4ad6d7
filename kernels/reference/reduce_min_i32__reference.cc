// SPDX-License-Identifier: Apache-2.0
// Reference kernel of reduce_min, int32.
#include <cstdint>

#include "kernels/reference/reduce_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  ReduceInOrder<int32_t, int32_t>(args, INT32_MAX, [](auto acc, auto x) { return x < acc ? x : acc; });
}

}  // namespace

extern "C" {
extern const Kernel adze_reduce_min_i32__reference;
const Kernel adze_reduce_min_i32__reference = {Run};
}

}  // namespace adze
