// SPDX-License-Identifier: Apache-2.0
// How constant weights lie in memory. Packed once on the build machine, used in place on every ISA.
#pragma once

#include <cstdint>

namespace adze {

enum class Packing : uint8_t {
  kNone = 0,               // as the op defines it: convolution [Cout, KH, KW, Cin / groups], fully connected [N, K]
  kPanels16 = 1,           // float32: per group, ceil(N / 16) panels of [K][16], K = KH * KW * Cin / groups, k = (kh, kw, cin);
                           // columns past N are 0. Tensor shape [groups, ceil(N / 16), K, 16]
  kDepthwise16 = 2,        // float32: [KH * KW][ceil(C / 16) * 16], channels past C are 0. Tensor shape [KH * KW, Cpad]
  kPanels16ByChannel = 3,  // as kPanels16, but k = (kh, cin, kw): for inputs whose columns are adjacent (NCHW views)
  kWinograd4x3 = 4,        // float32: the 36 positions of F(4 x 4, 3 x 3) (op-registry/core/winograd.h), each ceil(N / 16) panels of
                           // [Cin][16], columns past N are 0. Tensor shape [36, ceil(N / 16), Cin, 16]
};

inline constexpr int kPanelColumns = 16;

inline constexpr int64_t RoundUp(int64_t n, int64_t to) { return (n + to - 1) / to * to; }

}  // namespace adze
