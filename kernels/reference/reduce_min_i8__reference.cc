// SPDX-License-Identifier: Apache-2.0
// Reference kernel of reduce_min, int8.
#include <cstdint>

#include "kernels/reference/reduce_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  ReduceInOrder<int8_t, int8_t>(args, INT8_MAX, [](auto acc, auto x) { return x < acc ? x : acc; });
}

}  // namespace

extern "C" {
extern const Kernel adze_reduce_min_i8__reference;
const Kernel adze_reduce_min_i8__reference = {Run};
}

}  // namespace adze
