// SPDX-License-Identifier: Apache-2.0
// Reference kernel of reduce_max, int64.
#include <cstdint>

#include "kernels/reference/reduce_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  ReduceInOrder<int64_t, int64_t>(args, INT64_MIN, [](auto acc, auto x) { return x > acc ? x : acc; });
}

}  // namespace

extern "C" {
extern const Kernel adze_reduce_max_i64__reference;
const Kernel adze_reduce_max_i64__reference = {Run};
}

}  // namespace adze
