// SPDX-License-Identifier: Apache-2.0
// What TFLite's transposed convolutions share.
#pragma once

#include "models/import/lower_window.h"
#include "models/import/tflite/context.h"
#include "models/import/tflite/dequantize.h"
#include "op-registry/ops/window.h"

namespace adze::import {

// Sets pad_before of each window, whose sizes are the input's, so that an output of dims `out` comes out; ContradictionError where it cannot.
void PlaceTransposed(tflite::Padding padding, const Dims& out, Windows* w);

// The custom op of MediaPipe: x, weights [O, KH, KW, I] and a bias; the output's size follows from the padding.
void Convolution2DTransposeBias(TfliteNode& node);

}  // namespace adze::import
