// SPDX-License-Identifier: Apache-2.0
// The output of an op with a sliding window, cut into rectangles whose row pointers fit a buffer: what depthwise convolution and pooling
// hand to their micro-kernels.
#pragma once

#include <cstdint>

#include "kernels/contract/kernel.h"
#include "kernels/contract/rectangle.h"
#include "op-registry/ops/window.h"

namespace adze {

// Calls `run` for rectangles that cover args.out[0], on several threads where there are some. args.in[0] has adjacent channels, and the
// kernel an area of at most 160. Positions outside the picture point at `outside`. `work` is the multiply-adds of one pixel.
void ForEachRectangle(const KernelArgs& args, const Window& window, const float* outside, int64_t work,
                      void (*run)(const void* context, const Rectangle& rectangle), const void* context);

}  // namespace adze
