// SPDX-License-Identifier: Apache-2.0
// exp, sigmoid, tanh, erf and GELU of a vector, over the vector of the ISA that the including unit is compiled for. A unit includes
// kernels/cpu/simd/simd.h (or scalar.h) before this.
//
// Every function takes any float and leaves no flag or mode behind; a NaN stays one. The bounds below hold with and without fused
// multiply-adds and are tested against double (simd/math_test.cc); u is one unit in the last place of the exact result:
//   Exp      1.5 u; below the normal range one smallest subnormal; 0 from -104 down, +inf where float32 overflows
//   Sigmoid  2.5 u where the result is normal; 0 below -88.8
//   Tanh     3 u
//   Erf      6.5 u, and never beyond +-1
//   Gelu     2.5e-7 |x|; exactly 0 from -5.66 down, exactly x from 5.66 up; NaN for -inf, as its formula has it
#pragma once

#include "kernels/cpu/simd/inline.h"

namespace adze {
namespace {

// x = n ln 2 + r, |r| <= ln 2 / 2: e^x = 2^n e^r.
struct ExpParts {
  F32 n, r;
};

ADZE_INLINE ExpParts SplitExp(F32 x) {
  const F32 to_integer = Broadcast(12582912.0f);  // 1.5 * 2^23: adding it rounds to an integer, ties to even
  const F32 n = Sub(Fma(x, Broadcast(1.44269504f), to_integer), to_integer);
  // ln 2 in two parts; the first has 9 bits, so that n times it is exact.
  const F32 r = Fma(n, Broadcast(-0.693359375f), x);
  return {n, Fma(n, Broadcast(2.12194440e-4f), r)};
}

// e^r - 1 - r by the Taylor polynomial of degree 7, whose remainder r^8 / 8! is below 5.2e-9.
ADZE_INLINE F32 ExpBeyondLinear(F32 r) {
  F32 p = Broadcast(1.0f / 5040.0f);
  p = Fma(p, r, Broadcast(1.0f / 720.0f));
  p = Fma(p, r, Broadcast(1.0f / 120.0f));
  p = Fma(p, r, Broadcast(1.0f / 24.0f));
  p = Fma(p, r, Broadcast(1.0f / 6.0f));
  p = Fma(p, r, Broadcast(0.5f));
  return Mul(Mul(p, r), r);
}

ADZE_INLINE F32 Exp(F32 x) {
  const ExpParts e = SplitExp(Clamp(x, Broadcast(-104.0f), Broadcast(89.0f)));
  return ScaleByPow2(Add(Add(ExpBeyondLinear(e.r), e.r), Broadcast(1.0f)), e.n);
}

ADZE_INLINE F32 Sigmoid(F32 x) {
  const F32 one = Broadcast(1.0f);
  return Div(one, Add(one, Exp(Sub(Broadcast(0.0f), x))));
}

// (e^2x - 1) / (e^2x + 1), with e^2x - 1 = 2^n (e^r - 1) + (2^n - 1): near 0 n is 0 and nothing cancels. Beyond +-10 it is +-1.
ADZE_INLINE F32 Tanh(F32 x) {
  const F32 one = Broadcast(1.0f);
  const ExpParts e = SplitExp(Clamp(Add(x, x), Broadcast(-20.0f), Broadcast(20.0f)));
  const F32 scale = ScaleByPow2(one, e.n);
  const F32 minus_one = Fma(Add(ExpBeyondLinear(e.r), e.r), scale, Sub(scale, one));
  return Div(minus_one, Add(minus_one, Broadcast(2.0f)));
}

// x P(x^2) / Q(x^2) on [-4, 4], where erf is 1 to the last bit. Fitted to erf(x) + 3.6e-7 (x / 4)^24, relative error 2.3e-8: the addend
// lifts the end above 1 in spite of rounding, so that the clamp gives exactly 1 there, and is below 1.5e-8 up to 3.5. All coefficients are
// positive: no sum cancels.
ADZE_INLINE F32 Erf(F32 x) {
  x = Clamp(x, Broadcast(-4.0f), Broadcast(4.0f));
  const F32 t = Mul(x, x);
  F32 p = Broadcast(2.02227784e-06f);
  p = Fma(p, t, Broadcast(0.000285254006f));
  p = Fma(p, t, Broadcast(0.00383546343f));
  p = Fma(p, t, Broadcast(0.0529652536f));
  p = Fma(p, t, Broadcast(0.192207932f));
  p = Fma(p, t, Broadcast(1.12837911f));
  F32 q = Broadcast(3.78176519e-05f);
  q = Fma(q, t, Broadcast(0.00117709057f));
  q = Fma(q, t, Broadcast(0.015111913f));
  q = Fma(q, t, Broadcast(0.114833705f));
  q = Fma(q, t, Broadcast(0.503672481f));
  q = Fma(q, t, Broadcast(1.0f));
  return Clamp(Div(Mul(x, p), q), Broadcast(-1.0f), Broadcast(1.0f));
}

// x / 2 (1 + erf(x / sqrt 2))
ADZE_INLINE F32 Gelu(F32 x) {
  const F32 half = Mul(x, Broadcast(0.5f));
  return Fma(half, Erf(Mul(x, Broadcast(0.707106769f))), half);
}

}  // namespace
}  // namespace adze
