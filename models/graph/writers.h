// SPDX-License-Identifier: Apache-2.0
// Which nodes must have run before a value can be read: its writer, or for a view (or the root of views) the writers of its memory.
#pragma once

#include <vector>

#include "models/graph/graph.h"

namespace adze::graph {

class Writers {
 public:
  // Every index in `g` must be valid.
  explicit Writers(const Graph& g);

  // Nodes whose outputs include `value`; more than one is an error that the caller reports.
  const std::vector<int>& Direct(int value) const { return direct_[value]; }

  // Nodes that must run before `value` is read; empty for constants, graph inputs and values that nothing writes.
  const std::vector<int>& Before(int value) const { return direct_[value].empty() ? of_bytes_[value] : direct_[value]; }

  // The value whose memory holds `value`.
  int Root(int value) const { return root_[value]; }

 private:
  std::vector<std::vector<int>> direct_, of_bytes_;
  std::vector<int> root_;
};

// May two values of one root share bytes, as far as the reader of files can tell?
bool MayShareBytes(const Value& a, const Value& b);

// True if `i` is the index of a value of `g`.
bool IsValue(const Graph& g, int i);

}  // namespace adze::graph
