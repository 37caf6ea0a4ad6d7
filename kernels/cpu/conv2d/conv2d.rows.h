// SPDX-License-Identifier: Apache-2.0
// The rows of conv2d: the indirect driver over gemm_f32, the depthwise driver over dwconv_f32, the reference.
//
// 160 row pointers per output pixel is the limit of the drivers' stack buffer (kMaxIndirection): enough for 12 x 12 kernels, or 7 x 7
// over the three channels of an NCHW picture. Scratch holds the zeros that padded positions read: of a whole kernel row where one pointer
// stands for it.
#pragma once

#include "op-registry/core/packing.h"
#include "op-registry/core/row.h"

namespace adze {

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
    {"conv2d_f32__reference", "conv2d", {DType::kF32, DType::kF32, DType::kF32}, Level::kReference, {}, {}, 1000, {}},
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
