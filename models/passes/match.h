// SPDX-License-Identifier: Apache-2.0
// Recognizing the small graphs that exporters write for one op: scalars, operands in either order, scaled values.
#pragma once

#include <cstdint>
#include <string>

#include "models/graph/graph.h"
#include "models/passes/rewrite.h"

namespace adze::passes {

// A value as factor * value: what multiplications by one number make of another value.
struct Scaled {
  int value = -1;
  float factor = 1;
};

// Read-only questions about a graph that does not change meanwhile. Values are indices; -1 and null mean no.
class Matcher {
 public:
  explicit Matcher(const graph::Graph& g) : g_(g), index_(g) {}

  const graph::Graph& g() const { return g_; }
  const GraphIndex& index() const { return index_; }

  // The node with this op that makes the value.
  const graph::Node* Maker(int value, const char* op) const;
  // The same for add, sub, mul, div that end in no clamp.
  const graph::Node* PlainMaker(int value, const char* op) const;
  // A float32 constant all of whose elements are one number.
  bool IsUniform(int value, float* number) const;
  bool IsUniformNear(int value, float number) const;
  // value = op(x, c) in either order, op plain: the other operand and the uniform constant.
  bool SplitUniform(int value, const char* op, int* x, float* number) const;
  // Multiplications by uniform constants undone, while they stand on the way.
  Scaled Unscaled(int value) const;
  // The only reader of the value, where nothing outside sees it; null otherwise.
  const graph::Node* OnlyReader(int value) const;
  // The operand of a binary node that is not `value`; -1 if both or neither are.
  static int OtherOperand(const graph::Node& n, int value);
  int NodeIndex(const graph::Node& n) const { return static_cast<int>(&n - g_.nodes.data()); }

 private:
  const graph::Graph& g_;
  GraphIndex index_;
};

// Equal up to what six written digits lose.
bool IsNear(float a, float b);

// Replaces node `at` by a node of `op` that writes the same output from `inputs`.
template <typename Params>
void ReplaceNode(graph::Graph* g, int at, const std::string& op, const std::vector<int>& inputs, const Params& params) {
  graph::Node n = MakeNode(*g, op, inputs, g->nodes[at].outputs);
  n.name = g->nodes[at].name;
  n.SetParams(params);
  g->nodes[at] = std::move(n);
}
inline void ReplaceNode(graph::Graph* g, int at, const std::string& op, const std::vector<int>& inputs) {
  graph::Node n = MakeNode(*g, op, inputs, g->nodes[at].outputs);
  n.name = g->nodes[at].name;
  g->nodes[at] = std::move(n);
}

}  // namespace adze::passes
