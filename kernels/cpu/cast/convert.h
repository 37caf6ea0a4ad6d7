// SPDX-License-Identifier: Apache-2.0
// Casts without a vector loop: a kernel is Convert<Rule, from, to>.
#pragma once

#include <cstring>
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
  template <typename To, typename From>
  static To Of(From x) {
    using Limits = std::numeric_limits<To>;
    constexpr To kHalf = Limits::max() / 2 + 1;
    constexpr From kPast = 2 * static_cast<From>(kHalf);
    if (x != x) return 0;
    if (x <= static_cast<From>(Limits::min())) return Limits::min();
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

// The upper half of a float32: exact.
struct FromBfloat {
  template <typename To>
  static To Of(uint16_t x) {
    const uint32_t bits = static_cast<uint32_t>(x) << 16;
    To f;
    std::memcpy(&f, &bits, sizeof(f));
    return f;
  }
};
// To the nearest, ties to even; a NaN is made quiet.
struct ToBfloat {
  template <typename To>
  static To Of(float x) {
    uint32_t bits;
    std::memcpy(&bits, &x, sizeof(bits));
    if (x != x) return static_cast<To>(bits >> 16 | 0x40u);
    return static_cast<To>((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16);
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
