// SPDX-License-Identifier: Apache-2.0
// The check that every pass test starts from: the graph stays whole and computes the same.
#pragma once

#include <gtest/gtest.h>

#include "models/passes/passes.h"
#include "models/passes/pipeline.h"
#include "models/passes/testing/graph_builder.h"
#include "models/passes/testing/run_graph.h"

namespace adze::passes {

// Runs one pass and expects the outputs to differ by no more than `tolerance`: 0 where it only moves things.
inline void ExpectSameResults(graph::Graph* g, void (*pass)(graph::Graph*), float tolerance = 0) {
  graph::CheckGraph(*g, "building the test");
  const Buffers inputs = SomeInputs(*g);
  const Buffers before = RunGraph(*g, inputs);
  pass(g);
  graph::CheckGraph(*g, "the pass");
  EXPECT_LE(LargestDifference(before, RunGraph(*g, inputs)), tolerance);
}

}  // namespace adze::passes
