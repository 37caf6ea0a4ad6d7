// SPDX-License-Identifier: Apache-2.0
// gru over gemm_f32: the inputs of all steps are multiplied at once; each step then multiplies h for z, for r and, reset before or after that, for n.
#include "kernels/cpu/recurrent/sequence.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const Sequences s(args);
  const auto& gate = *static_cast<const GateF32Ukernel*>(args.ukernels[1]);
  if (s.batch == 0) return;
  s.Start();
  const auto n_h = static_cast<size_t>(s.hidden);
  const int64_t padded = RoundUp(s.hidden, kPanelColumns);
  const Projection z(s, s.hidden, reinterpret_cast<float*>(args.scratch)), r(s, s.hidden, z.End(s)), n(s, s.hidden, r.End(s));
  float* const reset = n.End(s);  // [batch][hidden]
  const Projection* const gates[] = {&z, &r, &n};
  const float* const bias = args.in[3]->as<const float>();
  for (int g = 0; g < 3; ++g) gates[g]->Project(s, GroupOf(*args.in[1], g), bias + g * padded);
  const Tensor weights[] = {GroupOf(*args.in[2], 0), GroupOf(*args.in[2], 1), GroupOf(*args.in[2], 2)};
  const bool after = Has(s.p, kResetAfter);
  for (int64_t t = 0; t < s.steps; ++t) {
    for (int g = 0; g < 2; ++g) {
      gates[g]->Step(s.HiddenRows(), s.hidden, weights[g], nullptr, gates[g]->At(s, t));
      float* const at = gates[g]->step;
      gate.gate({static_cast<size_t>(s.batch) * n_h, at, nullptr, nullptr, nullptr, at, s.p.clip, s.p.f});
    }
    const float* const x = n.At(s, t);
    if (after) {
      n.Step(s.HiddenRows(), s.hidden, weights[2], s.Floats(kRecurrentBias), nullptr);
    } else {
      const Gate as_it_is = {GateFunction::kClamp, {}, -__builtin_inff(), __builtin_inff()};
      for (int64_t b = 0; b < s.batch; ++b) {
        float* const to = reset + b * s.hidden;
        gate.gate({n_h, s.H(b), nullptr, nullptr, r.step + b * s.hidden, to, __builtin_inff(), as_it_is});
      }
      n.Step({reinterpret_cast<uint8_t*>(reset), s.batch, s.batch, 0, s.hidden * static_cast<int64_t>(sizeof(float))}, s.hidden, weights[2],
             nullptr, x);
    }
    for (int64_t b = 0; b < s.batch; ++b) {
      if (s.TimeOf(t, b) < 0) continue;
      const int64_t at = b * s.hidden;
      float* const made = n.step + at;
      float* const h = reset + at;
      if (after) {
        gate.gate({n_h, x + at, r.step + at, made, nullptr, made, s.p.clip, s.p.g});
      } else {
        gate.gate({n_h, made, nullptr, nullptr, nullptr, made, s.p.clip, s.p.g});
      }
      std::memcpy(h, s.H(b), n_h * sizeof(float));
      gate.mix({n_h, h, z.step + at, nullptr, made});
      s.Reach(t, b, h);
    }
  }
}

}  // namespace

extern "C" {
extern const Kernel adze_gru_f32__any_gemm;
const Kernel adze_gru_f32__any_gemm = {Run};
}

}  // namespace adze
