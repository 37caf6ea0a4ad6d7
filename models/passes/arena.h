// SPDX-License-Identifier: Apache-2.0
// Placing blocks of known size and lifetime in one arena.
#pragma once

#include <cstdint>
#include <vector>

#include "models/graph/graph.h"

namespace adze::passes {

inline constexpr int64_t kArenaAlignment = 64;

// Live from the start of step `first` to the end of step `last`.
struct Block {
  int64_t bytes = 0;  // a multiple of kArenaAlignment
  int first = 0, last = 0;
  int64_t offset = 0;  // set by PlaceBlocks
};

// The largest sum of bytes live at one step: no arena can be smaller.
int64_t LivePeak(const std::vector<Block>& blocks);

// The same of a graph's values and of the scratch planned so far.
int64_t LiveBytesPeak(const graph::Graph& g);

// Sets offsets so that blocks that live at the same time never overlap; returns the size of the arena. Deterministic.
int64_t PlaceBlocks(std::vector<Block>* blocks);

}  // namespace adze::passes
