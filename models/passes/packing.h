// SPDX-License-Identifier: Apache-2.0
// What the passes that pack weights share.
#pragma once

#include "models/graph/graph.h"

namespace adze::passes {

bool IsConstantF32(const graph::Graph& g, int v);

// Are the weights of a layer, and its bias if it has one, float32 constants?
bool HasConstantWeights(const graph::Graph& g, const graph::Node& n, bool has_bias);

// Input `at` holds the bias from here on, padded to 16; what stood there without a bias follows it.
void SetPaddedBias(graph::Graph* g, size_t node, int at, int64_t channels, bool has_bias);

// Is `x` an NCHW picture seen as NHWC?
bool ChannelsAreApart(const graph::Value& x);

}  // namespace adze::passes
