// SPDX-License-Identifier: Apache-2.0
// What the reference kernels of lstm_full, gru and rnn share. States are in scratch, in float64; weights are read in both packings.
#pragma once

#include "kernels/contract/kernel.h"
#include "kernels/reference/series.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/recurrent.h"

namespace adze {
namespace {

inline double ApplyGate(const Gate& f, double x) {
  const double alpha = static_cast<double>(f.alpha), beta = static_cast<double>(f.beta);
  const auto tanh = [](double v) { return 1 - 2 / (ExpSeries(2 * v) + 1); };
  const auto clamp = [](double v, double lo, double hi) { return v < lo ? lo : v > hi ? hi : v; };
  switch (f.function) {
    case GateFunction::kSigmoid: return 1 / (1 + ExpSeries(-x));
    case GateFunction::kTanh: return tanh(x);
    case GateFunction::kClamp: return clamp(x, alpha, beta);
    case GateFunction::kAffine: return alpha * x + beta;
    case GateFunction::kLeakyRelu: return x < 0 ? alpha * x : x;
    case GateFunction::kThresholdedRelu: return x <= alpha ? 0 : x;
    case GateFunction::kScaledTanh: return alpha * tanh(beta * x);
    case GateFunction::kHardSigmoid: return clamp(alpha * x + beta, 0, 1);
    case GateFunction::kElu: return x < 0 ? alpha * (ExpSeries(x) - 1) : x;
    case GateFunction::kSoftsign: return x / (1 + (x < 0 ? -x : x));
    case GateFunction::kSoftplus: return x > 100 ? x : LogSeries(1 + ExpSeries(x));
  }
  return x;
}

inline double Clipped(double x, float clip) {
  const double c = static_cast<double>(clip);
  return x < -c ? -c : x > c ? c : x;
}

struct Layer {
  const KernelArgs* args;
  RecurrentParams p;
  int64_t groups;  // of packed weights

  Layer(const KernelArgs& a, int64_t n_groups) : args(&a), p(ParamsOf<RecurrentParams>(a.params)), groups(n_groups) {}

  int64_t steps() const { return args->in[0]->dim(0); }
  int64_t batch() const { return args->in[0]->dim(1); }
  bool has(RecurrentOption option) const { return Has(p, option); }
  const Tensor& in(RecurrentOption option) const { return *args->in[InputOf(p, option)]; }

  static float At(const Tensor& t, int64_t a, int64_t b, int64_t c) {
    return *reinterpret_cast<const float*>(t.data + a * t.strides[0] + b * t.strides[1] + c * t.strides[2]);
  }
  void SetY(int64_t t, int64_t b, int64_t i, double v) const {
    const Tensor& y = *args->out[0];
    *reinterpret_cast<float*>(y.data + t * y.strides[0] + b * y.strides[1] + i * y.strides[2]) = static_cast<float>(v);
  }

  // Element k of row `row` among `rows` of a matrix, and element `row` of a bias.
  double Weight(const Tensor& w, int64_t n_groups, int64_t rows, int64_t row, int64_t k, int64_t n_k) const {
    const float* data = w.as<const float>();
    if (p.packing == Packing::kNone) return static_cast<double>(data[row * n_k + k]);
    const int64_t each = rows / n_groups;
    const int64_t panels = RoundUp(each, kPanelColumns) / kPanelColumns;
    const int64_t group = row / each, in_group = row % each;
    return static_cast<double>(data[((group * panels + in_group / kPanelColumns) * n_k + k) * kPanelColumns + in_group % kPanelColumns]);
  }
  double Bias(int64_t rows, int64_t row) const {
    const int64_t each = rows / groups;
    const int64_t stride = p.packing == Packing::kNone ? each : RoundUp(each, kPanelColumns);
    return static_cast<double>(args->in[3]->as<const float>()[row / each * stride + row % each]);
  }
  double Vector(RecurrentOption option, int64_t i) const { return static_cast<double>(in(option).as<const float>()[i]); }
  double State(RecurrentOption option, int64_t b, int64_t i) const {
    if (!has(option)) return 0;
    const Tensor& t = in(option);
    return static_cast<double>(*reinterpret_cast<const float*>(t.data + b * t.strides[0] + i * t.strides[1]));
  }

  int64_t LengthOf(int64_t b) const {
    if (!has(kLengths)) return steps();
    const Tensor& t = in(kLengths);
    const int64_t n = *reinterpret_cast<const int32_t*>(t.data + b * t.strides[0]);
    return n < 0 ? 0 : n > steps() ? steps() : n;
  }

  // Row `row` of w x_t, and of r h.
  double OfInput(int64_t rows, int64_t row, int64_t t, int64_t b) const {
    const Tensor& x = *args->in[0];
    double sum = 0;
    for (int64_t k = 0; k < x.dim(2); ++k)
      sum += static_cast<double>(At(x, t, b, k)) * Weight(*args->in[1], groups, rows, row, k, x.dim(2));
    return sum;
  }
  double OfHidden(int64_t rows, int64_t row, const double* h) const {
    double sum = 0;
    for (int64_t k = 0; k < p.projected; ++k) sum += h[k] * Weight(*args->in[2], groups, rows, row, k, p.projected);
    return sum;
  }

  // Runs step(t, b, h) for each step of each sequence in its order; it changes h, P numbers.
  template <typename Step>
  void ForEachStep(double* h, const Step& step) const {
    for (int64_t b = 0; b < batch(); ++b) {
      const int64_t n = LengthOf(b);
      for (int64_t i = 0; i < p.projected; ++i) h[i] = State(kHidden0, b, i);
      for (int64_t s = 0; s < n; ++s) {
        const int64_t t = p.reverse != 0 ? n - 1 - s : s;
        step(t, b, h, s == 0);
        for (int64_t i = 0; i < p.projected; ++i) SetY(t, b, i, h[i]);
      }
      for (int64_t i = 0; i < p.projected; ++i) {
        for (int64_t t = n; t < steps(); ++t) SetY(t, b, i, 0);
        SetY(steps(), b, i, h[i]);
      }
    }
  }
};

}  // namespace
}  // namespace adze
