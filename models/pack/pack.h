// SPDX-License-Identifier: Apache-2.0
// Constant weights laid out as op-registry/core/packing.h says.
#pragma once

#include <cstdint>
#include <vector>

namespace adze::pack {

// Weights [groups * n][k] to [groups][ceil(n / 16)][k][16], columns past n zero.
std::vector<float> PackPanels16(const std::vector<float>& w, int64_t groups, int64_t n, int64_t k);

// Weights [outputs][kernel_h][kernel_w][c_in] to [outputs][kernel_h][c_in][kernel_w]: the order of k in Packing::kPanels16ByChannel.
std::vector<float> ColumnsLast(const std::vector<float>& w, int64_t outputs, int64_t kernel_h, int64_t kernel_w, int64_t c_in);

// Weights [channels][positions] (one input channel each) to [positions][ceil(channels / 16) * 16], channels past the end zero.
std::vector<float> PackDepthwise16(const std::vector<float>& w, int64_t channels, int64_t positions);

// Weights [n][3][3][c_in] transformed for F(4 x 4, 3 x 3): [36][ceil(n / 16)][c_in][16], columns past n zero. Rounded once.
std::vector<float> PackWinograd4x3(const std::vector<float>& w, int64_t n, int64_t c_in);

// `v` and zeros up to a multiple of 16 elements.
std::vector<float> PadTo16(std::vector<float> v);

}  // namespace adze::pack
