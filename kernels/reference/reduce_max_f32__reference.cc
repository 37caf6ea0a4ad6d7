// SPDX-License-Identifier: Apache-2.0
// Reference kernel of reduce_max, float32.
#include <cmath>

#include "kernels/reference/reduce_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  ReduceInOrder<float, float>(args, -INFINITY, [](auto acc, auto x) {
    return std::isnan(acc) ? acc : std::isnan(x) ? x : x > acc ? x : acc;
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_reduce_max_f32__reference;
const Kernel adze_reduce_max_f32__reference = {Run};
}

}  // namespace adze
