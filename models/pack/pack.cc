// SPDX-License-Identifier: Apache-2.0
// Constant weights laid out as op-registry/core/packing.h says.
#include "models/pack/pack.h"

#include <cstddef>

#include "op-registry/core/packing.h"
#include "op-registry/core/winograd.h"

namespace adze::pack {

std::vector<float> PackPanels16(const std::vector<float>& w, int64_t groups, int64_t n, int64_t k) {
  const int64_t panels = RoundUp(n, kPanelColumns) / kPanelColumns;
  std::vector<float> out(static_cast<size_t>(groups * panels * k * kPanelColumns), 0.0f);
  for (int64_t g = 0; g < groups; ++g) {
    for (int64_t column = 0; column < n; ++column) {
      const float* from = w.data() + (g * n + column) * k;
      float* to = out.data() + (g * panels + column / kPanelColumns) * k * kPanelColumns + column % kPanelColumns;
      for (int64_t i = 0; i < k; ++i) to[i * kPanelColumns] = from[i];
    }
  }
  return out;
}

std::vector<float> ColumnsLast(const std::vector<float>& w, int64_t outputs, int64_t kernel_h, int64_t kernel_w, int64_t c_in) {
  std::vector<float> out(w.size());
  for (int64_t row = 0; row < outputs * kernel_h; ++row) {
    const int64_t first = row * kernel_w * c_in;
    for (int64_t kw = 0; kw < kernel_w; ++kw) {
      for (int64_t c = 0; c < c_in; ++c) out[first + c * kernel_w + kw] = w[first + kw * c_in + c];
    }
  }
  return out;
}

std::vector<float> PackDepthwise16(const std::vector<float>& w, int64_t channels, int64_t positions) {
  const int64_t padded = RoundUp(channels, kPanelColumns);
  std::vector<float> out(static_cast<size_t>(positions * padded), 0.0f);
  for (int64_t c = 0; c < channels; ++c) {
    for (int64_t s = 0; s < positions; ++s) out[s * padded + c] = w[c * positions + s];
  }
  return out;
}

std::vector<float> PackWinograd4x3(const std::vector<float>& w, int64_t n, int64_t c_in) {
  std::vector<float> out;
  std::vector<float> position(static_cast<size_t>(n * c_in));
  for (int s = 0; s < kWinogradPositions; ++s) {
    const double* rows = kWinogradG[s / kWinogradIn];
    const double* columns = kWinogradG[s % kWinogradIn];
    for (int64_t i = 0; i < n * c_in; ++i) {
      const float* g = w.data() + i / c_in * 9 * c_in + i % c_in;
      double sum = 0;
      for (int k = 0; k < 9; ++k) sum += rows[k / 3] * columns[k % 3] * g[k * c_in];
      position[i] = static_cast<float>(sum);
    }
    const std::vector<float> packed = PackPanels16(position, 1, n, c_in);
    out.insert(out.end(), packed.begin(), packed.end());
  }
  return out;
}

std::vector<float> PadTo16(std::vector<float> v) {
  v.resize(static_cast<size_t>(RoundUp(static_cast<int64_t>(v.size()), kPanelColumns)), 0.0f);
  return v;
}

}  // namespace adze::pack
