// SPDX-License-Identifier: Apache-2.0
// Runs a graph with the reference kernels, at any point of the pipeline, so that a test can compare what comes out before and after a pass.
#pragma once

#include <cstdint>
#include <vector>

#include "models/graph/graph.h"

namespace adze::passes {

using Buffers = std::vector<std::vector<uint8_t>>;

// Where values live while the graph runs.
enum class Memory {
  kSeparate,  // each root value has bytes of its own
  kArena,     // the planned offsets, so that a wrong plan gives wrong results
};

// `inputs` and the result are dense row-major, in the order of the graph's inputs and outputs.
Buffers RunGraph(const graph::Graph& g, const Buffers& inputs, Memory memory = Memory::kSeparate);

// Float inputs for every graph input, in [-1, 1], the same for the same graph interface.
Buffers SomeInputs(const graph::Graph& g);

// The largest |a - b| over all outputs, taken as floats; fails the test if sizes differ or b holds a NaN.
float LargestDifference(const Buffers& a, const Buffers& b);

}  // namespace adze::passes
