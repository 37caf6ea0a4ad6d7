// SPDX-License-Identifier: Apache-2.0
// Reference kernel of lstm. The cell is in scratch, in float64; the hidden state is y.
#include "kernels/reference/exp_series.h"
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/lstm.h"

namespace adze {
namespace {

double Sigmoid(double x) { return 1 / (1 + ExpSeries(-x)); }
double Tanh(double x) { return 1 - 2 / (ExpSeries(2 * x) + 1); }

float& At(const Tensor& t, int64_t a, int64_t b, int64_t c) {
  return *reinterpret_cast<float*>(t.data + a * t.strides[0] + b * t.strides[1] + c * t.strides[2]);
}

float Weight(const LstmParams& p, const Tensor& w, int64_t row, int64_t k, int64_t n_k) {
  const float* data = w.as<const float>();
  if (p.packing == Packing::kNone) return data[row * n_k + k];
  return data[(row / kPanelColumns * n_k + k) * kPanelColumns + row % kPanelColumns];
}

// Gate `row` of sequence b at step t, whose predecessor is `before` (-1: the start).
double Gate(const KernelArgs& args, const LstmParams& p, int64_t row, int64_t t, int64_t before, int64_t b) {
  const Tensor& x = *args.in[0];
  double sum = args.in[3]->as<const float>()[row];
  for (int64_t k = 0; k < x.dim(2); ++k) sum += static_cast<double>(At(x, t, b, k)) * Weight(p, *args.in[1], row, k, x.dim(2));
  for (int64_t k = 0; k < p.hidden; ++k) {
    const Tensor* h0 = args.n_in > 4 ? args.in[4] : nullptr;
    const float h = before >= 0 ? At(*args.out[0], before, b, k) : h0 != nullptr ? At(*h0, b, k, 0) : 0;
    sum += static_cast<double>(h) * Weight(p, *args.in[2], row, k, p.hidden);
  }
  return sum;
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<LstmParams>(args.params);
  const Tensor& y = *args.out[0];
  const int64_t steps = y.dim(0), h = p.hidden;
  auto* cell = reinterpret_cast<double*>(args.scratch);  // [B][H]
  for (int64_t s = 0; s < steps; ++s) {
    const int64_t t = p.reverse != 0 ? steps - 1 - s : s;
    const int64_t before = s == 0 ? -1 : p.reverse != 0 ? t + 1 : t - 1;
    for (int64_t b = 0; b < y.dim(1); ++b) {
      for (int64_t j = 0; j < h; ++j) {
        double& c = cell[b * h + j];
        if (s == 0) c = args.n_in > 5 ? At(*args.in[5], b, j, 0) : 0;
        const double in = Sigmoid(Gate(args, p, j, t, before, b)), out = Sigmoid(Gate(args, p, h + j, t, before, b));
        const double forget = Sigmoid(Gate(args, p, 2 * h + j, t, before, b));
        c = forget * c + in * Tanh(Gate(args, p, 3 * h + j, t, before, b));
        At(y, t, b, j) = static_cast<float>(out * Tanh(c));
      }
    }
  }
}

}  // namespace

extern "C" {
extern const Kernel adze_lstm_f32__reference;
const Kernel adze_lstm_f32__reference = {Run};
}

}  // namespace adze
