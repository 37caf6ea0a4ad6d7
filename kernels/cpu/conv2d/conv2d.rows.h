// SPDX-License-Identifier: Apache-2.0
// The rows of conv2d: the indirect driver over gemm_f32, the depthwise driver over dwconv_f32, Winograd's over gemm_f32 and winograd_f32,
// the references.
//
// 160 row pointers per output pixel is the limit of the drivers' stack buffer (kMaxIndirection): enough for 12 x 12 kernels, or 7 x 7
// over the three channels of an NCHW picture. Scratch holds the zeros that padded positions read: of a whole kernel row where one pointer
// stands for it.
#pragma once

#include "op-registry/core/packing.h"
#include "op-registry/core/row.h"
#include "op-registry/core/winograd.h"

namespace adze {

// Tiles that Winograd's driver transforms at a time, of `channels` = Cin + Cout: about 1 MiB of transformed inputs and outputs; never fewer
// than 13, for each block fetches all weights. Then 14 x 14 pixels are one block up to 1024 channels.
template <typename T>
constexpr T WinogradTiles(const T& channels) {
  return T(3072) / channels + T(13);
}
// Each of the 36 positions of both is rounded up to an odd number of 64-byte lines; before them lie as many zeros as a row has channels.
template <typename T>
constexpr T WinogradScratch(const T& channels) {
  return (channels + T(32)) * (WinogradTiles(channels) * T(kWinogradPositions * 4) + T(4)) + T(2 * kWinogradPositions * 64);
}

inline constexpr KernelRow kConv2dRows[] = {
    {"conv2d_f32__any_indirect",
     "conv2d",
     {DType::kF32, DType::kF32, DType::kF32},
     Level::kAny,
     {"gemm_f32"},
     ((F(Feature::kPacking) == static_cast<int>(Packing::kPanels16) && F(Feature::kInnerDense) == 1) ||
      F(Feature::kPacking) == static_cast<int>(Packing::kPanels16ByChannel)) &&
         F(Feature::kIndirection) <= 160 && F(Feature::kRestInnerDense) == 1,
     20,
     F(Feature::kPadded) * F(Feature::kCin) * F(Feature::kKernelW) * 4},
    {"conv2d_f32__any_winograd",
     "conv2d",
     {DType::kF32, DType::kF32, DType::kF32},
     Level::kAny,
     {"gemm_f32", "winograd_f32"},
     F(Feature::kPacking) == static_cast<int>(Packing::kWinograd4x3) && F(Feature::kInnerDense) == 1,
     20,
     WinogradScratch(F(Feature::kCin) + F(Feature::kCout))},
    {"conv2d_f32__reference",
     "conv2d",
     {DType::kF32, DType::kF32, DType::kF32},
     Level::kReference,
     {},
     F(Feature::kPacking) != static_cast<int>(Packing::kWinograd4x3),
     1000,
     {}},
    {"conv2d_f32__reference_winograd",
     "conv2d",
     {DType::kF32, DType::kF32, DType::kF32},
     Level::kReference,
     {},
     F(Feature::kPacking) == static_cast<int>(Packing::kWinograd4x3),
     1000,
     F(Feature::kCin) * (kWinogradPositions * 4)},
    {"conv_transpose2d_f32__reference", "conv_transpose2d", {DType::kF32, DType::kF32, DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"dwconv2d_f32__any",
     "conv2d",
     {DType::kF32, DType::kF32, DType::kF32},
     Level::kAny,
     {"dwconv_f32"},
     F(Feature::kPacking) == static_cast<int>(Packing::kDepthwise16) && F(Feature::kIndirection) <= 160 && F(Feature::kInnerDense) == 1 &&
         F(Feature::kResidual) == 0,
     10,
     F(Feature::kPadded) * F(Feature::kCin) * 4},
};
static_assert(NamesAscend(kConv2dRows), "conv2d rows stand in ascending order");

}  // namespace adze
