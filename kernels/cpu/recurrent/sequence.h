// SPDX-License-Identifier: Apache-2.0
// What the drivers of lstm_full, gru and rnn share: which step of which sequence comes when, the products of a step, and where h lives. h is the row
// of y behind the steps, so that what comes out last is there already.
#pragma once

#include <cstring>

#include "kernels/contract/gate.h"
#include "kernels/cpu/recurrent/step_product.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

struct Sequences {
  const KernelArgs* args;
  RecurrentParams p;
  int64_t steps, batch, hidden, projected;
  const Tensor* lengths;  // null: all steps

  explicit Sequences(const KernelArgs& a) : args(&a), p(ParamsOf<RecurrentParams>(a.params)) {
    steps = a.in[0]->dim(0);
    batch = a.in[0]->dim(1);
    hidden = p.hidden;
    projected = p.projected;
    lengths = Input(kLengths);
  }

  // The input that an option names, or null.
  const Tensor* Input(RecurrentOption option) const { return Has(p, option) ? args->in[InputOf(p, option)] : nullptr; }
  const float* Floats(RecurrentOption option) const {
    const Tensor* t = Input(option);
    return t == nullptr ? nullptr : t->as<const float>();
  }

  int64_t LengthOf(int64_t b) const {
    if (lengths == nullptr) return steps;
    const int64_t n = *reinterpret_cast<const int32_t*>(lengths->data + b * lengths->strides[0]);
    return n < 0 ? 0 : n > steps ? steps : n;
  }
  // Which x and y step s of sequence b concerns; -1: it has ended.
  int64_t TimeOf(int64_t s, int64_t b) const {
    const int64_t n = LengthOf(b);
    return s >= n ? -1 : p.reverse != 0 ? n - 1 - s : s;
  }

  float* Y(int64_t t, int64_t b) const {
    const Tensor& y = *args->out[0];
    return reinterpret_cast<float*>(y.data + t * y.strides[0] + b * y.strides[1]);
  }
  float* H(int64_t b) const { return Y(steps, b); }
  Rows HiddenRows() const {
    const Tensor& y = *args->out[0];
    return {y.data + steps * y.strides[0], batch, batch, 0, y.strides[1]};
  }

  // y starts as 0 behind the sequences' ends, h from its input.
  void Start() const {
    const size_t row = static_cast<size_t>(projected) * sizeof(float);
    for (int64_t b = 0; b < batch; ++b) {
      for (int64_t t = LengthOf(b); t < steps; ++t) std::memset(Y(t, b), 0, row);
      StartRow(kHidden0, b, H(b), row);
    }
  }
  void StartRow(RecurrentOption option, int64_t b, float* to, size_t bytes) const {
    const Tensor* from = Input(option);
    if (from == nullptr) {
      std::memset(to, 0, bytes);
    } else {
      std::memcpy(to, from->data + b * from->strides[0], bytes);
    }
  }

  // Sequence b has reached h at step s.
  void Reach(int64_t s, int64_t b, const float* h) const {
    const size_t row = static_cast<size_t>(projected) * sizeof(float);
    std::memcpy(H(b), h, row);
    std::memcpy(Y(TimeOf(s, b), b), h, row);
  }
};

// One gate, or one group of gates: what x and the weights of x give for all steps, and what the step adds to it.
struct Projection {
  Product product;
  float* all;   // [steps][batch][gates]
  float* now;   // [batch][gates]: the rows of one step, where the sequences do not stand at the same one
  float* step;  // [batch][gates]

  Projection(const Sequences& s, int64_t gates, float* memory) {
    product = {s.args, static_cast<const GemmF32Ukernel*>(s.args->ukernels[0]), gates};
    all = memory;
    now = all + s.steps * s.batch * gates;
    step = now + s.batch * gates;
  }
  float* End(const Sequences& s) const { return step + s.batch * product.gates; }

  void Project(const Sequences& s, const Tensor& w, const float* bias) const {
    const Tensor& x = *s.args->in[0];
    Multiply(product, {x.data, s.steps * s.batch, s.batch, x.strides[0], x.strides[1]}, x.dim(2), w, bias, nullptr, all);
  }
  const float* At(const Sequences& s, int64_t n) const {
    const int64_t rows = s.batch * product.gates;
    if (s.p.reverse == 0) return all + n * rows;
    if (s.lengths == nullptr) return all + (s.steps - 1 - n) * rows;
    for (int64_t b = 0; b < s.batch; ++b) {
      const int64_t t = s.TimeOf(n, b);
      std::memcpy(now + b * product.gates, all + ((t < 0 ? 0 : t) * s.batch + b) * product.gates,
                  static_cast<size_t>(product.gates) * sizeof(float));
    }
    return now;
  }
  // step = left * r (+ bias) (+ add)
  void Step(const Rows& left, int64_t k, const Tensor& r, const float* bias, const float* add) const {
    Multiply(product, left, k, r, bias, add, step);
  }
};

// Group `g` of packed weights of several groups.
inline Tensor GroupOf(const Tensor& w, int64_t g) {
  Tensor part = w;
  part.data += g * w.strides[0];
  return part;
}

}  // namespace
}  // namespace adze
