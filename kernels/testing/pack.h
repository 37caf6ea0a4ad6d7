// SPDX-License-Identifier: Apache-2.0
// Packing as op-registry/core/packing.h words it, in the plainest loops: what the packing pass and the kernels are both held against.
#pragma once

#include <cstdint>
#include <vector>

#include "op-registry/core/packing.h"
#include "op-registry/core/winograd.h"

namespace adze::parity {

// [Cout, K] (K = KH * KW * Cin / groups) to [groups, ceil(N / 16), K, 16].
inline std::vector<float> PackPanels16(const std::vector<float>& w, int64_t groups, int64_t channels_out, int64_t k) {
  const int64_t n = channels_out / groups;
  const int64_t panels = RoundUp(n, kPanelColumns) / kPanelColumns;
  std::vector<float> packed(static_cast<size_t>(groups * panels * k * kPanelColumns), 0.0f);
  for (int64_t o = 0; o < channels_out; ++o) {
    const int64_t panel = o / n * panels + o % n / kPanelColumns;
    for (int64_t i = 0; i < k; ++i)
      packed[static_cast<size_t>((panel * k + i) * kPanelColumns + o % n % kPanelColumns)] = w[static_cast<size_t>(o * k + i)];
  }
  return packed;
}

// [Cout, KH, KW, Cin / groups] to panels with k = (kh, cin, kw).
inline std::vector<float> PackPanels16ByChannel(const std::vector<float>& w, int64_t groups, int64_t channels_out, int64_t kh, int64_t kw,
                                                int64_t group_in) {
  std::vector<float> reordered(w.size());
  for (int64_t i = 0; i < static_cast<int64_t>(w.size()); ++i) {
    const int64_t c = i % group_in, column = i / group_in % kw, row = i / group_in / kw;
    reordered[static_cast<size_t>((row * group_in + c) * kw + column)] = w[static_cast<size_t>(i)];
  }
  return PackPanels16(reordered, groups, channels_out, kh * kw * group_in);
}

// [C, area] to [area, ceil(C / 16) * 16].
inline std::vector<float> PackDepthwise16(const std::vector<float>& w, int64_t channels, int64_t area) {
  const int64_t padded = RoundUp(channels, kPanelColumns);
  std::vector<float> packed(static_cast<size_t>(area * padded), 0.0f);
  for (int64_t c = 0; c < channels; ++c) {
    for (int64_t s = 0; s < area; ++s) packed[static_cast<size_t>(s * padded + c)] = w[static_cast<size_t>(c * area + s)];
  }
  return packed;
}

// [Cout, 3, 3, Cin] to [36, ceil(Cout / 16), Cin, 16]: position (p, q) holds (G g Gt)[p][q].
inline std::vector<float> PackWinograd4x3(const std::vector<float>& w, int64_t channels_out, int64_t c_in) {
  const int64_t panels = RoundUp(channels_out, kPanelColumns) / kPanelColumns;
  std::vector<float> packed(static_cast<size_t>(kWinogradPositions * panels * c_in * kPanelColumns), 0.0f);
  for (int64_t p = 0; p < 6; ++p) {
    for (int64_t q = 0; q < 6; ++q) {
      for (int64_t o = 0; o < channels_out; ++o) {
        for (int64_t c = 0; c < c_in; ++c) {
          double sum = 0;
          for (int64_t i = 0; i < 3; ++i) {
            for (int64_t j = 0; j < 3; ++j) {
              sum += kWinogradG[p][i] * kWinogradG[q][j] * w[static_cast<size_t>(((o * 3 + i) * 3 + j) * c_in + c)];
            }
          }
          const int64_t panel = (p * 6 + q) * panels + o / kPanelColumns;
          packed[static_cast<size_t>((panel * c_in + c) * kPanelColumns + o % kPanelColumns)] = static_cast<float>(sum);
        }
      }
    }
  }
  return packed;
}

}  // namespace adze::parity
