// SPDX-License-Identifier: Apache-2.0
// Inlining and full unrolling that do not depend on the compiler's mood: kernels keep their accumulators in registers by these.
#pragma once

#include <cstddef>

#define ADZE_INLINE inline __attribute__((always_inline))
#define ADZE_INLINE_LAMBDA __attribute__((always_inline))

namespace adze {
namespace {

template <size_t I>
struct Index {
  constexpr operator size_t() const { return I; }  // NOLINT: implicit by design
};

template <size_t N, size_t I = 0, typename Fn>
ADZE_INLINE void Unroll(const Fn& f) {
  if constexpr (I < N) {
    f(Index<I>{});
    Unroll<N, I + 1>(f);
  }
}

}  // namespace
}  // namespace adze
