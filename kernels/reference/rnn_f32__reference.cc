// SPDX-License-Identifier: Apache-2.0
// Reference kernel of rnn.
#include "kernels/reference/recurrent_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const Layer l(args, 1);
  const int64_t n = l.p.hidden;
  auto* h = reinterpret_cast<double*>(args.scratch);
  double* next = h + n;
  l.ForEachStep(h, [&](int64_t t, int64_t b, double* state, bool) {
    for (int64_t i = 0; i < n; ++i) {
      next[i] = ApplyGate(l.p.f, Clipped(l.OfInput(n, i, t, b) + l.OfHidden(n, i, state) + l.Bias(n, i), l.p.clip));
    }
    for (int64_t i = 0; i < n; ++i) state[i] = next[i];
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_rnn_f32__reference;
const Kernel adze_rnn_f32__reference = {Run};
}

}  // namespace adze
