// SPDX-License-Identifier: Apache-2.0
// Reference kernel of lstm_full.
#include "kernels/reference/recurrent_loop.h"

namespace adze {
namespace {

struct Cells {
  const Layer& l;
  int64_t n = l.p.hidden, rows = LstmGates(l.p) * n;

  // Gate `row` of unit i before its function; peephole `peep` on the cell, -1: none.
  double Sum(int64_t row, int64_t i, int peep, int64_t t, int64_t b, const double* h, const double* c) const {
    const int64_t at = row * n + i;
    double sum = l.OfInput(rows, at, t, b) + l.OfHidden(rows, at, h);
    if (l.has(kPeepholes) && peep >= 0) sum += l.Vector(kPeepholes, peep * n + i) * c[i];
    return sum;
  }
  double Normalized(int64_t row, int64_t i, int peep, int64_t t, int64_t b, const double* h, const double* c) const {
    const auto count = static_cast<double>(n);
    double mean = 0, variance = 0;
    for (int64_t k = 0; k < n; ++k) mean += Sum(row, k, peep, t, b, h, c) / count;
    for (int64_t k = 0; k < n; ++k) {
      const double d = Sum(row, k, peep, t, b, h, c) - mean;
      variance += d * d / count;
    }
    return (Sum(row, i, peep, t, b, h, c) - mean) / SqrtNewton(variance + 1e-8) * l.Vector(kLayerNorm, row * n + i);
  }
  double Value(int64_t row, int64_t i, int peep, const Gate& f, int64_t t, int64_t b, const double* h, const double* c) const {
    const double g = l.has(kLayerNorm) ? Normalized(row, i, peep, t, b, h, c) : Sum(row, i, peep, t, b, h, c);
    return ApplyGate(f, Clipped(g + l.Bias(rows, row * n + i), l.p.clip));
  }
};

void Run(const KernelArgs& args) {
  const Layer l(args, 1);
  const Cells cells{l};
  const int64_t n = l.p.hidden;
  auto* h = reinterpret_cast<double*>(args.scratch);
  double* c = h + l.p.projected;
  double* next = c + n;
  const bool forget_from_input = l.has(kForgetFromInput), input_from_forget = l.has(kInputFromForget);
  const int64_t i_row = 0, o_row = input_from_forget ? 0 : 1, f_row = o_row + 1, n_row = f_row + (forget_from_input ? 0 : 1);
  l.ForEachStep(h, [&](int64_t t, int64_t b, double* state, bool first) {
    for (int64_t i = 0; first && i < n; ++i) c[i] = l.State(kCell0, b, i);
    for (int64_t i = 0; i < n; ++i) {
      double in = input_from_forget ? 0 : cells.Value(i_row, i, 0, l.p.f, t, b, state, c);
      const double forget = forget_from_input ? 1 - in : cells.Value(f_row, i, 2, l.p.f, t, b, state, c);
      if (input_from_forget) in = 1 - forget;
      next[i] = Clipped(forget * c[i] + in * cells.Value(n_row, i, -1, l.p.g, t, b, state, c), l.p.cell_clip);
    }
    for (int64_t i = 0; i < n; ++i) c[i] = next[i];
    for (int64_t i = 0; i < n; ++i) next[i] = cells.Value(o_row, i, 1, l.p.f, t, b, state, c) * ApplyGate(l.p.h, c[i]);
    for (int64_t j = 0; j < l.p.projected; ++j) {
      double sum = next[j];
      if (l.has(kProjection)) {
        sum = l.has(kProjectionBias) ? l.Vector(kProjectionBias, j) : 0;
        for (int64_t k = 0; k < n; ++k) sum += next[k] * l.Weight(l.in(kProjection), 1, l.p.projected, j, k, n);
        sum = Clipped(sum, l.p.projection_clip);
      }
      state[j] = sum;
    }
    for (int64_t i = 0; l.has(kCellOut) && i < n; ++i) l.SetY(l.steps() + 1, b, i, c[i]);
  });
  for (int64_t b = 0; b < l.batch() && l.has(kCellOut); ++b) {
    for (int64_t i = 0; l.LengthOf(b) == 0 && i < n; ++i) l.SetY(l.steps() + 1, b, i, l.State(kCell0, b, i));
  }
}

}  // namespace

extern "C" {
extern const Kernel adze_lstm_full_f32__reference;
const Kernel adze_lstm_full_f32__reference = {Run};
}

}  // namespace adze
