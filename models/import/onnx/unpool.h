// SPDX-License-Identifier: Apache-2.0
// Where the maxima of a pool lie.
#pragma once

#include "models/import/onnx/window_attributes.h"

namespace adze::import {

// MaxPool's output Indices: for each maximum its place in x as ONNX stores it, [N, C, spatial...], all dims counted; with `by_column` the last
// two are counted column by column. x is [N, H, W, C]; of equal elements the first counts.
int MaxIndices(OnnxNode& node, int x, const Windows& w, bool by_column, size_t spatial);

}  // namespace adze::import
