// SPDX-License-Identifier: Apache-2.0
// Casts without a vector loop: a kernel is Convert<Rule, from, to>.
#pragma once

#include <limits>

#include "kernels/cpu/movement/strided_runs.h"

namespace adze {
namespace {

// Between integers the low bits stay; to float the nearest one, ties to even.
struct ToNumber {
  template <typename To, typename From>
  static To Of(From x) {
    return static_cast<To>(x);
  }
};
// From float: cut towards 0, the ends of the range for what lies beyond them, 0 for NaN.
struct ToInteger {
  template <typename To>
  static To Of(float x) {
    using Limits = std::numeric_limits<To>;
    constexpr To kHalf = Limits::max() / 2 + 1;
    constexpr float kPast = 2 * static_cast<float>(kHalf);
    if (x != x) return 0;
    if (x <= static_cast<float>(Limits::min())) return Limits::min();
    return x >= kPast ? Limits::max() : static_cast<To>(x);
  }
};
// Everything but 0 is true, NaN too.
struct ToBool {
  template <typename To, typename From>
  static To Of(From x) {
    return x != 0;
  }
};

template <typename Rule, typename From, typename To>
void ConvertRun(const void*, uint8_t* const* at, const int64_t*, size_t n) {
  const From* x = reinterpret_cast<const From*>(at[0]);
  To* y = reinterpret_cast<To*>(at[1]);
  for (; n > 0; --n) *y++ = Rule::template Of<To>(*x++);
}

template <typename Rule, typename From, typename To>
void Convert(const KernelArgs& args) {
  const Tensor operands[] = {*args.in[0], *args.out[0]};
  ForEachDenseRun(args, operands, 2, false, ConvertRun<Rule, From, To>, nullptr);
}

}  // namespace
}  // namespace adze
