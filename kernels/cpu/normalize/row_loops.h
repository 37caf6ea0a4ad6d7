// SPDX-License-Identifier: Apache-2.0
// The micro-kernels softmax_f32 and layer_norm_f32, over the vector of the ISA that the including unit is compiled for. A unit includes
// kernels/cpu/simd/simd.h (or scalar.h) before this.
#pragma once

#include "kernels/contract/normalize.h"
#include "kernels/cpu/simd/math.h"

namespace adze {
namespace {

// The first n lanes, the rest 0. Once a row, where its length is no whole number of vectors.
ADZE_INLINE F32 FirstLanes(F32 v, size_t n) {
  float lanes[kF32Lanes] = {};
  StoreN(lanes, v, n);
  return Load(lanes);
}

// Pairwise, the same order for every caller.
ADZE_INLINE float SumOf(F32 v) {
  float lanes[kF32Lanes];
  Store(lanes, v);
  for (size_t step = kF32Lanes / 2; step > 0; step /= 2) {
    for (size_t i = 0; i < step; ++i) lanes[i] += lanes[i + step];
  }
  return lanes[0];
}

// What it makes of a NaN has no say: the sum of the row is NaN then.
ADZE_INLINE float MaxOf(const float* x, size_t n) {
  float max = x[0];
  size_t i = 0;
  if (n >= kF32Lanes) {
    F32 top = Load(x);
    for (i = kF32Lanes; i + kF32Lanes <= n; i += kF32Lanes) top = Max(top, Load(x + i));
    float lanes[kF32Lanes];
    Store(lanes, top);
    for (size_t k = 0; k < kF32Lanes; ++k) max = lanes[k] > max ? lanes[k] : max;
  }
  for (; i < n; ++i) max = x[i] > max ? x[i] : max;
  return max;
}

template <int = 0>
void SoftmaxRow(const SoftmaxF32Run& run) {
  const float* x = run.x;
  float* const y = run.y;
  const F32 max = Broadcast(MaxOf(x, run.n));
  const F32 beta = Broadcast(run.beta);
  F32 sum = Broadcast(0.0f);
  size_t i = 0;
  for (; i + kF32Lanes <= run.n; i += kF32Lanes) {
    const F32 e = Exp(Mul(Sub(Load(x + i), max), beta));
    Store(y + i, e);
    sum = Add(sum, e);
  }
  const size_t tail = run.n - i;
  if (tail > 0) {
    const F32 e = Exp(Mul(Sub(LoadN(x + i, tail), max), beta));
    StoreN(y + i, e, tail);
    sum = Add(sum, FirstLanes(e, tail));
  }
  const F32 inverse = Broadcast(1.0f / SumOf(sum));
  for (i = 0; i + kF32Lanes <= run.n; i += kF32Lanes) Store(y + i, Mul(Load(y + i), inverse));
  if (tail > 0) StoreN(y + i, Mul(LoadN(y + i, tail), inverse), tail);
}

template <int = 0>
void LayerNormRow(const LayerNormF32Run& run) {
  const float* x = run.x;
  const size_t n = run.n;
  const size_t tail = n % kF32Lanes;
  const size_t whole = n - tail;
  const float count = static_cast<float>(n);
  F32 sum = Broadcast(0.0f);
  for (size_t i = 0; i < whole; i += kF32Lanes) sum = Add(sum, Load(x + i));
  if (tail > 0) sum = Add(sum, LoadN(x + whole, tail));
  const F32 mean = Broadcast(SumOf(sum) / count);
  // In two passes: the one-pass formula cancels where the mean is large against the spread.
  F32 squares = Broadcast(0.0f);
  for (size_t i = 0; i < whole; i += kF32Lanes) {
    const F32 d = Sub(Load(x + i), mean);
    squares = Fma(d, d, squares);
  }
  if (tail > 0) {
    const F32 d = FirstLanes(Sub(LoadN(x + whole, tail), mean), tail);
    squares = Fma(d, d, squares);
  }
  const F32 variance = Broadcast(SumOf(squares) / count);
  const F32 scale = Div(Broadcast(1.0f), Sqrt(Add(variance, Broadcast(run.epsilon))));
  for (size_t i = 0; i < whole; i += kF32Lanes) {
    const F32 d = Mul(Sub(Load(x + i), mean), scale);
    Store(run.y + i, Fma(d, Load(run.gamma + i), Load(run.beta + i)));
  }
  if (tail > 0) {
    const F32 d = Mul(Sub(LoadN(x + whole, tail), mean), scale);
    StoreN(run.y + whole, Fma(d, LoadN(run.gamma + whole, tail), LoadN(run.beta + whole, tail)), tail);
  }
}

}  // namespace
}  // namespace adze
