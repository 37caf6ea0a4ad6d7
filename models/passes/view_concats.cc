// SPDX-License-Identifier: Apache-2.0
// Pass view_concats: the producers of a concatenation's inputs write into its output.
#include "models/graph/writers.h"
#include "models/passes/passes.h"
#include "models/passes/rewrite.h"
#include "models/passes/views.h"
#include "op-registry/ops/movement.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;
using graph::View;

// The place of each input in the output.
std::vector<View> PartsOf(const Graph& g, const Node& n) {
  const Value& y = g.values[n.outputs[0]];
  const size_t axis = static_cast<size_t>(n.Params<ConcatParams>().axis);
  View part;
  part.root = y.view.root >= 0 ? y.view.root : n.outputs[0];
  part.offset_bytes = y.view.root >= 0 ? y.view.offset_bytes : 0;
  part.strides = StridesOf(y);
  std::vector<View> parts;
  for (const int x : n.inputs) {
    parts.push_back(part);
    part.offset_bytes += g.values[x].dims[axis] * part.strides[axis];
  }
  return parts;
}

// Do all nodes that write into `root` write bytes of their own, as far as the reader of files can tell? Parts interleaved in two dims do not.
bool WrittenApart(const Graph& g, int root) {
  std::vector<int> written;
  for (const Node& n : g.nodes) {
    for (const int v : n.outputs) {
      if (g.values[v].view.root == root) written.push_back(v);
    }
  }
  for (size_t i = 0; i < written.size(); ++i) {
    for (size_t k = 0; k < i; ++k) {
      if (graph::MayShareBytes(g.values[written[i]], g.values[written[k]])) return false;
    }
  }
  return true;
}

// An input that cannot be moved (a graph input, a constant, a part of another value) is copied to its place by a reshape to its own shape.
Node CopyTo(Graph* g, int x, const View& part) {
  Value y = g->values[x];
  y.name += "_part";
  y.is_constant = false;
  y.data.clear();
  y.view = part;
  return MakeNode(*g, "reshape", {x}, {g->AddValue(std::move(y))});
}

// The nodes that take the place of concatenation `i`: copies of the inputs that could not be moved. Returns false, and leaves the graph alone, if
// it has to stay.
bool ViewConcat(Graph* g, size_t i, std::vector<Node>* copies) {
  const Node concat = g->nodes[i];
  const std::vector<View> parts = PartsOf(*g, concat);
  std::vector<size_t> rest;
  ViewMoves moves(g);
  for (size_t k = 0; k < parts.size(); ++k) {
    if (!moves.Move(concat.inputs[k], parts[k])) rest.push_back(k);
  }
  if (rest.size() == parts.size() || !WrittenApart(*g, parts[0].root)) return false;
  EraseNode(&g->nodes[i]);
  if (!moves.IsWorthwhile()) {
    g->nodes[i] = concat;
    return false;
  }
  moves.Keep();
  for (const size_t k : rest) copies->push_back(CopyTo(g, concat.inputs[k], parts[k]));
  return true;
}

}  // namespace

void ViewConcats(Graph* g) {
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (g->nodes[i].op != "concat") continue;
    std::vector<Node> copies;
    if (!ViewConcat(g, i, &copies)) continue;
    g->nodes.insert(g->nodes.begin() + static_cast<std::ptrdiff_t>(i), copies.begin(), copies.end());
    i += copies.size();
  }
  SweepNodes(g);
}

}  // namespace adze::passes
