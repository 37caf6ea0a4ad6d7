// SPDX-License-Identifier: Apache-2.0
// The ordered list of passes between import and the writer.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "models/graph/graph.h"

namespace adze::passes {

// What a conversion may pay with: bytes of the model for time of a run.
enum class Optimize { kSize, kSpeed };

struct Pass {
  const char* name;  // also the file's name: models/passes/<name>.cc
  void (*run)(graph::Graph*);
  bool only_for_speed = false;
};

// In the order in which they run.
const std::vector<Pass>& Pipeline();

// Runs those for `optimize`, checking the graph after each; `after_each` (may be empty) sees the graph after every pass.
void RunPipeline(graph::Graph* g, Optimize optimize = Optimize::kSize,
                 const std::function<void(const Pass&, const graph::Graph&)>& after_each = {});

// Bytes that transpose nodes of `g` write in one run: 0 for a plain convolutional network.
int64_t TransposedBytes(const graph::Graph& g);

// Bytes that nodes write in one run which only move elements: concat, slice, reshape, pad, transpose.
int64_t CopiedBytes(const graph::Graph& g);

}  // namespace adze::passes
