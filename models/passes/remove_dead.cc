// SPDX-License-Identifier: Apache-2.0
// Pass remove_dead: nodes nobody needs, values nobody names.
#include <algorithm>

#include "models/passes/passes.h"
#include "models/passes/rewrite.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;

// Needed: an output, or read by a needed node, or the root of a needed view, or a part of a needed root. Nodes stand in execution order, so one
// backward walk finds all.
std::vector<bool> NeededValues(const Graph& g, std::vector<bool>* needed_nodes) {
  std::vector<bool> needed(g.values.size());
  const auto need = [&](int v) {
    needed[v] = true;
    if (g.values[v].view.root >= 0) needed[g.values[v].view.root] = true;
  };
  for (int v : g.outputs) need(v);
  needed_nodes->assign(g.nodes.size(), false);
  for (size_t i = g.nodes.size(); i-- > 0;) {
    const Node& n = g.nodes[i];
    const auto is_needed = [&](int v) { return needed[v] || (g.values[v].view.root >= 0 && needed[g.values[v].view.root]); };
    if (!std::any_of(n.outputs.begin(), n.outputs.end(), is_needed)) continue;
    (*needed_nodes)[i] = true;
    for (int v : n.inputs) need(v);
    for (int v : n.outputs) need(v);
  }
  for (int v : g.inputs) need(v);
  return needed;
}

}  // namespace

void RemoveDead(Graph* g) {
  std::vector<bool> needed_nodes;
  const std::vector<bool> needed = NeededValues(*g, &needed_nodes);
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (!needed_nodes[i]) EraseNode(&g->nodes[i]);
  }
  SweepNodes(g);
  std::vector<int> renumbered(g->values.size(), -1);
  std::vector<Value> kept;
  for (size_t v = 0; v < g->values.size(); ++v) {
    if (!needed[v]) continue;
    renumbered[v] = static_cast<int>(kept.size());
    kept.push_back(std::move(g->values[v]));
  }
  g->values = std::move(kept);
  const auto renumber = [&](std::vector<int>* list) {
    for (int& v : *list) v = renumbered[v];
  };
  for (Node& n : g->nodes) renumber(&n.inputs), renumber(&n.outputs);
  renumber(&g->inputs);
  renumber(&g->outputs);
  for (Value& v : g->values) {
    if (v.view.root >= 0) v.view.root = renumbered[v.view.root];
  }
}

}  // namespace adze::passes
