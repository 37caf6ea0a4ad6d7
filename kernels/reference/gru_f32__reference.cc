// SPDX-License-Identifier: Apache-2.0
// Reference kernel of gru.
#include "kernels/reference/recurrent_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const Layer l(args, 3);
  const int64_t n = l.p.hidden, rows = 3 * n;
  auto* h = reinterpret_cast<double*>(args.scratch);
  double* reset = h + n;
  double* next = reset + n;
  l.ForEachStep(h, [&](int64_t t, int64_t b, double* state, bool) {
    const auto gate = [&](int64_t row) {
      return ApplyGate(l.p.f, Clipped(l.OfInput(rows, row, t, b) + l.OfHidden(rows, row, state) + l.Bias(rows, row), l.p.clip));
    };
    for (int64_t i = 0; i < n; ++i) reset[i] = gate(n + i) * state[i];
    for (int64_t i = 0; i < n; ++i) {
      const int64_t row = 2 * n + i;
      double from_h;
      if (l.has(kResetAfter)) {
        from_h = gate(n + i) * (l.OfHidden(rows, row, state) + (l.has(kRecurrentBias) ? l.Vector(kRecurrentBias, i) : 0));
      } else {
        from_h = l.OfHidden(rows, row, reset);
      }
      const double made = ApplyGate(l.p.g, Clipped(l.OfInput(rows, row, t, b) + l.Bias(rows, row) + from_h, l.p.clip));
      const double z = gate(i);
      next[i] = z * state[i] + (1 - z) * made;
    }
    for (int64_t i = 0; i < n; ++i) state[i] = next[i];
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_gru_f32__reference;
const Kernel adze_gru_f32__reference = {Run};
}

}  // namespace adze
