// SPDX-License-Identifier: Apache-2.0
// The few graph edits that all passes share: who writes and reads a value, bypassing a node, sweeping erased nodes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/graph/graph.h"
#include "op-registry/ops/clamp_range.h"

namespace adze::passes {

// Who writes and who reads each value. A snapshot: rebuild it after an edit.
struct GraphIndex {
  explicit GraphIndex(const graph::Graph& g);

  std::vector<int> producer;              // by value: node index, -1 if none
  std::vector<std::vector<int>> readers;  // by value: node indices in order, one entry a use
  std::vector<bool> is_input, is_output;  // by value

  // True if `value` is written by a node, read exactly once and not visible outside.
  bool IsPrivate(int value) const { return producer[value] >= 0 && readers[value].size() == 1 && !is_output[value]; }
};

// Marks a node for removal; SweepNodes takes the marked ones out. Passes must sweep before they return.
void EraseNode(graph::Node* n);
bool IsErased(const graph::Node& n);
void SweepNodes(graph::Graph* g);

// Every node that reads `from` reads `to`. Graph outputs are not touched: they keep their value, name and place.
void ReplaceUses(graph::Graph* g, int from, int to);

// Erases a node whose output equals its first input. A graph output keeps its value: then the producer of the input writes it directly.
// Returns false, and leaves the graph alone, where only a copy can do (an input, constant or other output shown as an output).
bool BypassNode(graph::Graph* g, int node);

// Gives `n` the node name, or "<op>_<name of first output>" where a pass invents one.
graph::Node MakeNode(const graph::Graph& g, const std::string& op, std::vector<int> inputs, std::vector<int> outputs);

// Strides in bytes: the view's, or dense.
std::vector<int64_t> StridesOf(const graph::Value& v);
std::vector<int64_t> DenseStrides(const std::vector<int64_t>& dims, DType dtype);
bool IsDenseValue(const graph::Value& v);

// A float32 constant as one float a channel; empty if it is none or varies along anything but the last dim.
std::vector<float> PerChannel(const graph::Value& c, int64_t channels);

// True for float ops that compute each element of y from the same element of their inputs: they work in any order of dims, and the output may
// lie on an input.
bool IsElementwise(const std::string& op);

bool IsUnbounded(const ClampRange& c);
// The range that does `first`, then `second`.
ClampRange ComposeClamps(const ClampRange& first, const ClampRange& second);

}  // namespace adze::passes
