// SPDX-License-Identifier: Apache-2.0
// The few graph edits that all passes share.
#include "models/passes/rewrite.h"

#include <algorithm>
#include <cmath>

namespace adze::passes {

using graph::Graph;
using graph::Node;
using graph::Value;

GraphIndex::GraphIndex(const Graph& g)
    : producer(g.values.size(), -1), readers(g.values.size()), is_input(g.values.size()), is_output(g.values.size()) {
  for (size_t i = 0; i < g.nodes.size(); ++i) {
    if (IsErased(g.nodes[i])) continue;
    for (int v : g.nodes[i].inputs) readers[v].push_back(static_cast<int>(i));
    for (int v : g.nodes[i].outputs) producer[v] = static_cast<int>(i);
  }
  for (int v : g.inputs) is_input[v] = true;
  for (int v : g.outputs) is_output[v] = true;
}

void EraseNode(Node* n) { *n = Node(); }

bool IsErased(const Node& n) { return n.op.empty(); }

void SweepNodes(Graph* g) { g->nodes.erase(std::remove_if(g->nodes.begin(), g->nodes.end(), IsErased), g->nodes.end()); }

void ReplaceUses(Graph* g, int from, int to) {
  for (Node& n : g->nodes) std::replace(n.inputs.begin(), n.inputs.end(), from, to);
}

bool BypassNode(Graph* g, int node) {
  const int from = g->nodes[node].inputs[0], to = g->nodes[node].outputs[0];
  const GraphIndex index(*g);
  if (!index.is_output[to]) {
    EraseNode(&g->nodes[node]);
    ReplaceUses(g, to, from);
    return true;
  }
  if (index.producer[from] < 0 || index.is_output[from]) return false;
  EraseNode(&g->nodes[node]);
  std::vector<int>& outputs = g->nodes[index.producer[from]].outputs;
  std::replace(outputs.begin(), outputs.end(), from, to);
  ReplaceUses(g, from, to);
  return true;
}

Node MakeNode(const Graph& g, const std::string& op, std::vector<int> inputs, std::vector<int> outputs) {
  Node n;
  n.op = op;
  n.name = op + "_" + g.values[outputs[0]].name;
  n.inputs = std::move(inputs);
  n.outputs = std::move(outputs);
  return n;
}

std::vector<int64_t> DenseStrides(const std::vector<int64_t>& dims, DType dtype) {
  std::vector<int64_t> strides(dims.size());
  int64_t s = static_cast<int64_t>(DTypeBytes(dtype));
  for (size_t d = dims.size(); d-- > 0;) {
    strides[d] = s;
    s *= dims[d];
  }
  return strides;
}

std::vector<int64_t> StridesOf(const Value& v) { return v.view.root >= 0 ? v.view.strides : DenseStrides(v.dims, v.dtype); }

bool IsDenseValue(const Value& v) {
  const std::vector<int64_t> have = StridesOf(v), dense = DenseStrides(v.dims, v.dtype);
  for (size_t d = 0; d < have.size(); ++d) {
    if (v.dims[d] != 1 && have[d] != dense[d]) return false;
  }
  return true;
}

std::vector<float> PerChannel(const Value& c, int64_t channels) {
  if (!c.is_constant || c.dtype != DType::kF32) return {};
  for (size_t d = 0; d + 1 < c.dims.size(); ++d) {
    if (c.dims[d] != 1) return {};
  }
  std::vector<float> f = c.As<float>();
  if (f.size() == 1) f.assign(static_cast<size_t>(channels), f[0]);
  if (static_cast<int64_t>(f.size()) != channels) return {};
  return f;
}

bool IsElementwise(const std::string& op) {
  static const char* const kOps[] = {
      "abs",     "acos",       "acosh", "add",  "asin",     "asinh", "atan", "atanh", "bitwise_and", "bitwise_or", "bitwise_xor",
      "ceil",    "clamp",      "cos",   "cosh", "div",      "elu",   "erf",  "exp",   "floor",       "floor_div",  "fmod",
      "gelu",    "hard_swish", "log",   "max",  "min",      "mod",   "mul",  "neg",   "pow",         "prelu",      "round",
      "sigmoid", "sign",       "sin",   "sinh", "softplus", "sqrt",  "sub",  "tan",   "tanh"};
  return std::any_of(std::begin(kOps), std::end(kOps), [&](const char* name) { return op == name; });
}

bool IsUnbounded(const ClampRange& c) { return c.lo == -INFINITY && c.hi == INFINITY; }

ClampRange ComposeClamps(const ClampRange& first, const ClampRange& second) {
  const auto apply = [&](float x) { return x < second.lo ? second.lo : x > second.hi ? second.hi : x; };
  ClampRange c;
  c.lo = apply(first.lo);
  c.hi = apply(first.hi);
  return c;
}

}  // namespace adze::passes
