// SPDX-License-Identifier: Apache-2.0
// The float vector of the ISA that a unit is compiled for. A unit of level scalar includes scalar.h instead: AArch64 always has NEON.
//
// F32 holds kF32Lanes floats. Everything has internal linkage and is always inlined, so that no AVX copy of a shared function can be
// picked by the linker for a CPU without AVX.
//   Broadcast(s)  Load(p)  Store(p, v)  Add  Sub  Mul  Div     as named, no alignment asked
//   Fma(a, b, c)       a * b + c, fused where the ISA can
//   LoadN(p, n)        the first n lanes, the rest 0; StoreN(p, v, n); 0 <= n <= kF32Lanes; nothing past p[n - 1] is touched
//   Sqrt(v)            correctly rounded; ScaleByPow2(v, n): v * 2^n, rounded once, n an integer in -252 .. 254
//   kMasksAreFree      LoadN and StoreN cost what Load and Store do
//   Clamp(x, lo, hi)   x < lo ? lo : x > hi ? hi : x in every lane: a NaN stays
//   Max(a, b)          a NaN in either gives NaN
#pragma once

#if defined(__AVX512F__)
#include "kernels/cpu/simd/avx512.h"
#elif defined(__AVX2__)
#include "kernels/cpu/simd/avx2.h"
#elif defined(__ARM_NEON)
#include "kernels/cpu/simd/neon.h"
#else
#include "kernels/cpu/simd/scalar.h"
#endif
