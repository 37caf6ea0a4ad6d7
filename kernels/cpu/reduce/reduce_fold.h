// SPDX-License-Identifier: Apache-2.0
// What a reduction does with its accumulator, for one dtype.
#pragma once

#include "kernels/cpu/reduce/reduce_walk.h"

namespace adze {

// T in memory, Acc while it is reduced: float64 for float32, unsigned for integers, whose sums and products wrap.
template <typename T, typename A>
struct SumOf {
  using Element = T;
  using Acc = A;
  static constexpr Acc kStart = 0;
  static Acc Join(Acc a, T x) { return a + static_cast<Acc>(x); }
};

template <typename T, typename A>
struct ProductOfAll {
  using Element = T;
  using Acc = A;
  static constexpr Acc kStart = 1;
  static Acc Join(Acc a, T x) { return a * static_cast<Acc>(x); }
};

template <typename T>
struct Limits {
  static constexpr T kLeast = static_cast<T>(-1) < 0 ? static_cast<T>(uint64_t{1} << (8 * sizeof(T) - 1)) : 0;
  static constexpr T kGreatest = static_cast<T>(~kLeast);
};
template <>
struct Limits<float> {
  static constexpr float kLeast = -__builtin_inff();
  static constexpr float kGreatest = __builtin_inff();
};

// A NaN, which differs from itself, replaces anything and is replaced by nothing but a NaN.
template <typename T>
struct Greatest {
  using Element = T;
  using Acc = T;
  static constexpr T kStart = Limits<T>::kLeast;
  static T Join(T a, T x) { return x > a || x != x ? x : a; }
};

template <typename T>
struct Least {
  using Element = T;
  using Acc = T;
  static constexpr T kStart = Limits<T>::kGreatest;
  static T Join(T a, T x) { return x < a || x != x ? x : a; }
};

template <typename Op>
void StartAcc(void* acc) {
  *static_cast<typename Op::Acc*>(acc) = Op::kStart;
}

template <typename Op>
void FoldRun(void* acc, const uint8_t* x, int64_t stride, size_t n) {
  typename Op::Acc a = *static_cast<typename Op::Acc*>(acc);
  for (; n > 0; --n, x += stride) a = Op::Join(a, *reinterpret_cast<const typename Op::Element*>(x));
  *static_cast<typename Op::Acc*>(acc) = a;
}

template <typename Op>
void StoreAcc(const void* acc, uint8_t* y) {
  *reinterpret_cast<typename Op::Element*>(y) = static_cast<typename Op::Element>(*static_cast<const typename Op::Acc*>(acc));
}

template <typename Op>
void ReduceWith(const KernelArgs& args) {
  static constexpr ReduceFold kFold = {StartAcc<Op>, FoldRun<Op>, StoreAcc<Op>};
  ReduceDims(args, kFold);
}

}  // namespace adze
