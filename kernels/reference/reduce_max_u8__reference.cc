// SPDX-License-Identifier: Apache-2.0
// Reference kernel of reduce_max, uint8 and bool.
#include <cstdint>

#include "kernels/reference/reduce_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  ReduceInOrder<uint8_t, uint8_t>(args, 0, [](auto acc, auto x) { return x > acc ? x : acc; });
}

}  // namespace

extern "C" {
extern const Kernel adze_reduce_max_u8__reference;
const Kernel adze_reduce_max_u8__reference = {Run};
}

}  // namespace adze
