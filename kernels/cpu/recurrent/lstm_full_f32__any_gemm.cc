// SPDX-License-Identifier: Apache-2.0
// lstm_full over gemm_f32: the inputs of all steps are multiplied at once, then each step adds its recurrent product, runs the cells and, where
// there is a projection, multiplies what they give.
#include "kernels/cpu/math/double_math.h"
#include "kernels/cpu/recurrent/sequence.h"

namespace adze {
namespace {

constexpr double kLayerNormEpsilon = 1e-8;
constexpr float kUnbounded = __builtin_inff();

struct Cells {
  const Sequences* s;
  const GateF32Ukernel* gate;
  int64_t input, output, forget, made;  // which rows of H each gate's are
  const float* peepholes;
  const float* norm;
  const float* bias;   // with norm only: else it is in the product
  float* c = nullptr;  // [batch][hidden]

  explicit Cells(const Sequences& sequences) : s(&sequences), gate(static_cast<const GateF32Ukernel*>(sequences.args->ukernels[1])) {
    int64_t next = 0;
    input = Has(s->p, kInputFromForget) ? -1 : next++;
    output = next++;
    forget = Has(s->p, kForgetFromInput) ? -1 : next++;
    made = next;
    peepholes = s->Floats(kPeepholes);
    norm = s->Floats(kLayerNorm);
    bias = norm == nullptr ? nullptr : s->args->in[3]->as<const float>();
  }

  size_t n() const { return static_cast<size_t>(s->hidden); }

  void Normalize(float* g, int64_t row) const {
    double sum = 0, squares = 0;
    for (int64_t i = 0; i < s->hidden; ++i) sum += static_cast<double>(g[i]);
    const double mean = sum / static_cast<double>(s->hidden);
    for (int64_t i = 0; i < s->hidden; ++i) {
      const double d = static_cast<double>(g[i]) - mean;
      squares += d * d;
    }
    const double scale = 1 / SqrtDouble(squares / static_cast<double>(s->hidden) + kLayerNormEpsilon);
    for (int64_t i = 0; i < s->hidden; ++i) {
      const int64_t at = row * s->hidden + i;
      g[i] = static_cast<float>((static_cast<double>(g[i]) - mean) * scale) * norm[at] + bias[at];
    }
  }

  // Gate `row` of the gates `g`, with peephole `peep` (-1: it has none) on the cell.
  float* Run(float* g, int64_t row, int peep, const float* cell, const Gate& f) const {
    float* const x = g + row * s->hidden;
    const float* const p = peepholes == nullptr || peep < 0 ? nullptr : peepholes + peep * s->hidden;
    if (norm != nullptr) {
      const Gate as_it_is = {GateFunction::kClamp, {}, -kUnbounded, kUnbounded};
      gate->gate({n(), x, p, cell, nullptr, x, kUnbounded, as_it_is});
      Normalize(x, row);
      gate->gate({n(), x, nullptr, nullptr, nullptr, x, s->p.clip, f});
    } else {
      gate->gate({n(), x, p, cell, nullptr, x, s->p.clip, f});
    }
    return x;
  }

  // One step of one sequence: its gates become h(c) times the output gate, in `h`.
  void Step(float* g, float* cell, float* h) const {
    float* i = nullptr;
    float* f = nullptr;
    if (input >= 0) i = Run(g, input, 0, cell, s->p.f);
    if (forget >= 0) {
      f = Run(g, forget, 2, cell, s->p.f);
    } else if (i != nullptr) {
      // h is free until the end.
      for (int64_t k = 0; k < s->hidden; ++k) h[k] = 1 - i[k];
      f = h;
    }
    const float* const fresh = Run(g, made, -1, nullptr, s->p.g);
    gate->mix({n(), cell, f, i, fresh});
    const Gate clip = {GateFunction::kClamp, {}, -s->p.cell_clip, s->p.cell_clip};
    gate->gate({n(), cell, nullptr, nullptr, nullptr, cell, kUnbounded, clip});
    const float* const o = Run(g, output, 1, cell, s->p.f);
    gate->gate({n(), cell, nullptr, nullptr, o, h, kUnbounded, s->p.h});
  }
};

void Run(const KernelArgs& args) {
  const Sequences s(args);
  if (s.batch == 0) return;
  s.Start();
  Cells cells(s);
  const int64_t gates = LstmGates(s.p) * s.hidden;
  const Projection x(s, gates, reinterpret_cast<float*>(args.scratch));
  float* const out = x.End(s);  // [batch][hidden]
  float* const projected = out + s.batch * s.hidden;
  cells.c = projected + s.batch * s.projected;
  for (int64_t b = 0; b < s.batch; ++b) s.StartRow(kCell0, b, cells.c + b * s.hidden, cells.n() * sizeof(float));
  x.Project(s, *args.in[1], cells.norm == nullptr ? args.in[3]->as<const float>() : nullptr);
  const Tensor* const projection = s.Input(kProjection);
  const Product to_h = {&args, x.product.gemm, s.projected};
  const float* const h = projection == nullptr ? out : projected;
  for (int64_t n = 0; n < s.steps; ++n) {
    x.Step(s.HiddenRows(), s.projected, *args.in[2], nullptr, x.At(s, n));
    for (int64_t b = 0; b < s.batch; ++b) {
      float* const to = out + b * s.hidden;
      if (s.TimeOf(n, b) < 0) {
        std::memset(to, 0, cells.n() * sizeof(float));
      } else {
        cells.Step(x.step + b * gates, cells.c + b * s.hidden, to);
      }
    }
    if (projection != nullptr) {
      Multiply(to_h, {reinterpret_cast<uint8_t*>(out), s.batch, s.batch, 0, s.hidden * static_cast<int64_t>(sizeof(float))}, s.hidden,
               *projection, s.Floats(kProjectionBias), nullptr, projected);
      const Gate clip = {GateFunction::kClamp, {}, -s.p.projection_clip, s.p.projection_clip};
      cells.gate->gate({static_cast<size_t>(s.batch * s.projected), projected, nullptr, nullptr, nullptr, projected, kUnbounded, clip});
    }
    for (int64_t b = 0; b < s.batch; ++b) {
      if (s.TimeOf(n, b) >= 0) s.Reach(n, b, h + b * s.projected);
    }
  }
  if (!Has(s.p, kCellOut)) return;
  for (int64_t b = 0; b < s.batch; ++b) std::memcpy(s.Y(s.steps + 1, b), cells.c + b * s.hidden, cells.n() * sizeof(float));
}

}  // namespace

extern "C" {
extern const Kernel adze_lstm_full_f32__any_gemm;
const Kernel adze_lstm_full_f32__any_gemm = {Run};
}

}  // namespace adze
