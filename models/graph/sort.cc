// SPDX-License-Identifier: Apache-2.0
// Execution order: every value is written before it is read, otherwise the order that the nodes had.
#include <functional>
#include <queue>

#include "models/graph/describe.h"
#include "models/graph/graph.h"
#include "models/graph/writers.h"

namespace adze::graph {
namespace {

// edges[a] lists the nodes that must run after a.
using Edges = std::vector<std::vector<int>>;

void CheckForeignGraph(const Graph& g) {
  std::string report;
  for (const Node& n : g.nodes) {
    for (const auto* list : {&n.inputs, &n.outputs}) {
      for (const int i : *list) {
        if (!IsValue(g, i)) report += g.source + ": " + NodeText(n) + ": names a tensor that does not exist\n";
      }
    }
  }
  if (!report.empty()) throw ImportError(report);
}

Edges EdgesOf(const Graph& g) {
  const Writers writers(g);
  Edges edges(g.nodes.size());
  for (size_t n = 0; n < g.nodes.size(); ++n) {
    for (const int v : g.nodes[n].inputs) {
      for (const int before : writers.Before(v)) edges[before].push_back(static_cast<int>(n));
    }
  }
  return edges;
}

Edges Reversed(const Edges& edges) {
  Edges reversed(edges.size());
  for (size_t a = 0; a < edges.size(); ++a) {
    for (const int b : edges[a]) reversed[b].push_back(static_cast<int>(a));
  }
  return reversed;
}

// Nodes of `edges` in an order that follows them, the smallest index first; those in or behind a cycle are left out.
std::vector<int> Order(const Edges& edges) {
  std::vector<size_t> waits(edges.size());
  for (const auto& list : edges) {
    for (const int n : list) ++waits[n];
  }
  std::priority_queue<int, std::vector<int>, std::greater<int>> ready;
  for (size_t n = 0; n < edges.size(); ++n) {
    if (waits[n] == 0) ready.push(static_cast<int>(n));
  }
  std::vector<int> order;
  while (!ready.empty()) {
    const int n = ready.top();
    ready.pop();
    order.push_back(n);
    for (const int next : edges[n]) {
      if (--waits[next] == 0) ready.push(next);
    }
  }
  return order;
}

// Names the nodes that are neither ahead of nor behind every cycle.
[[noreturn]] void FailOnCycle(const Graph& g, const Edges& edges) {
  std::vector<bool> free(g.nodes.size());
  for (const int n : Order(edges)) free[n] = true;
  for (const int n : Order(Reversed(edges))) free[n] = true;
  std::string names;
  for (size_t n = 0; n < g.nodes.size(); ++n) {
    if (!free[n]) names += (names.empty() ? "" : ", ") + NodeText(g.nodes[n]);
  }
  throw ImportError(g.source + ": these nodes form a cycle, each needs another's output: " + names);
}

}  // namespace

void SortNodes(Graph* g) {
  CheckForeignGraph(*g);
  const Edges edges = EdgesOf(*g);
  const std::vector<int> order = Order(edges);
  if (order.size() != g->nodes.size()) FailOnCycle(*g, edges);
  std::vector<Node> nodes;
  nodes.reserve(order.size());
  for (const int n : order) nodes.push_back(std::move(g->nodes[n]));
  g->nodes = std::move(nodes);
}

}  // namespace adze::graph
