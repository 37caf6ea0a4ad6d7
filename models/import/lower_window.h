// SPDX-License-Identifier: Apache-2.0
// Sliding windows over two or three spatial dims, as the two-dimensional ops. Values are [N, H, W, C] or [N, D, H, W, C], one WindowDim for each
// spatial dim; weights are [O, kernel..., I].
#pragma once

#include <vector>

#include "models/import/lowering.h"
#include "models/import/window.h"

namespace adze::import {

using Windows = std::vector<WindowDim>;

// bias -1: none. Three dims: the sum over the kernel's depth of two-dimensional convolutions.
int Convolve(Lowering& node, int x, int weights, int bias, const Windows& w, int64_t groups, const ClampRange& clamp);

// Transposed: windows give the kernel, stride, dilation, the size of the input and pad_before, what is cut off before the output; `out` its spatial
// dims. Three dims: each picture of the output is the sum of those that reach it.
int ConvolveTransposed(Lowering& node, int x, int weights, int bias, const Windows& w, const Dims& out, int64_t groups,
                       const ClampRange& clamp);

// Any dilations: the elements of a dilated window are gathered first. Three dims: first each picture, then its depth, which is exact for a
// maximum, and for an average because the part of a window inside the input is a box.
// count_pad: an average divides by the kernel's volume, else by the elements inside the input.
int Pool(Lowering& node, int x, PoolKind kind, Windows w, bool count_pad, const ClampRange& clamp);

// (sum of |x|^p over the window)^(1/p); padding is 0.
int LpPool(Lowering& node, int x, int64_t p, const Windows& w);

}  // namespace adze::import
