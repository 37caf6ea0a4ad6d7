// SPDX-License-Identifier: Apache-2.0
// Micro-kernel sigmoid_f32: one element at a time on every ISA. The heads of detectors hold a few thousand elements of it, microseconds
// beside milliseconds of convolution; only larger tensors are worth the bytes of a vector loop.
#include "kernels/contract/elementwise.h"
#include "kernels/cpu/normalize/exp.h"

namespace adze {
namespace {

// exp of -|x| never overflows; 1 / (1 + e) and e / (1 + e) keep full precision on both sides.
void Run(const UnaryF32Run& run) {
  for (size_t i = 0; i < run.n; ++i) {
    const float x = run.x[i];
    const float e = Exp(x < 0 ? x : -x);
    run.y[i] = (x < 0 ? e : 1.0f) / (1.0f + e);
  }
}

}  // namespace

extern "C" {
extern const UnaryF32Ukernel adze_sigmoid_f32__scalar;
const UnaryF32Ukernel adze_sigmoid_f32__scalar = {Run};
}

}  // namespace adze
