// SPDX-License-Identifier: Apache-2.0
// Micro-kernel gate_f32 for any CPU with all functions, the rare ones in float64.
#include "kernels/cpu/math/exponential.h"
#include "kernels/cpu/simd/scalar.h"
// The loop is over the vector above.
#include "kernels/cpu/recurrent/gate_loop.h"

namespace adze {
namespace {

float RareOf(const Gate& f, float x) {
  switch (f.function) {
    case GateFunction::kAffine: return f.alpha * x + f.beta;
    case GateFunction::kLeakyRelu: return x < 0 ? f.alpha * x : x;
    case GateFunction::kThresholdedRelu: return x <= f.alpha ? 0 : x;
    case GateFunction::kHardSigmoid: {
      const float y = f.alpha * x + f.beta;
      return y < 0 ? 0 : y > 1 ? 1 : y;
    }
    case GateFunction::kElu: return x < 0 ? static_cast<float>(static_cast<double>(f.alpha) * ExpMinusOne(static_cast<double>(x))) : x;
    case GateFunction::kSoftsign: return x / (1 + __builtin_fabsf(x));
    default: return SoftplusOf::Of(x);
  }
}

struct AnyGate {
  static F32 Of(const Gate& f, F32 x) {
    if (f.function <= GateFunction::kClamp) return CommonGate::Of(f, x);
    if (f.function == GateFunction::kScaledTanh) return Mul(Broadcast(f.alpha), Tanh(Mul(Broadcast(f.beta), x)));
    for (size_t i = 0; i < kF32Lanes; ++i) x.v[i] = RareOf(f, x.v[i]);
    return x;
  }
};

}  // namespace

extern "C" {
extern const GateF32Ukernel adze_gate_f32__scalar_all;
const GateF32Ukernel adze_gate_f32__scalar_all = {GateLoop<AnyGate>, MixLoop<>};
}

}  // namespace adze
