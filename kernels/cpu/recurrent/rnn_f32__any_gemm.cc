// SPDX-License-Identifier: Apache-2.0
// rnn over gemm_f32: the inputs of all steps are multiplied at once, then each step adds its recurrent product and applies the function.
#include "kernels/cpu/recurrent/sequence.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const Sequences s(args);
  const auto& gate = *static_cast<const GateF32Ukernel*>(args.ukernels[1]);
  if (s.batch == 0) return;
  s.Start();
  const Projection x(s, s.hidden, reinterpret_cast<float*>(args.scratch));
  x.Project(s, *args.in[1], args.in[3]->as<const float>());
  for (int64_t n = 0; n < s.steps; ++n) {
    x.Step(s.HiddenRows(), s.hidden, *args.in[2], nullptr, x.At(s, n));
    for (int64_t b = 0; b < s.batch; ++b) {
      if (s.TimeOf(n, b) < 0) continue;
      float* h = x.step + b * s.hidden;
      gate.gate({static_cast<size_t>(s.hidden), h, nullptr, nullptr, nullptr, h, s.p.clip, s.p.f});
      s.Reach(n, b, h);
    }
  }
}

}  // namespace

extern "C" {
extern const Kernel adze_rnn_f32__any_gemm;
const Kernel adze_rnn_f32__any_gemm = {Run};
}

}  // namespace adze
