// SPDX-License-Identifier: Apache-2.0
// Pass sink_transposes: layout-sensitive ops ask for NHWC, so importers of NCHW models surround them with transposes; here these meet and
// cancel.
//
// Forward: a node that can work in any layout and reads only transposes of one permutation (and constants) reads their sources, and one
// transpose follows it. Backward: where that leaves a node between unlike inputs, the transposes behind it move ahead of it if that costs
// fewer bytes.
#include <algorithm>
#include <map>

#include "models/passes/evaluate.h"
#include "models/passes/layout.h"
#include "models/passes/passes.h"
#include "models/passes/rewrite.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;

// Bytes that are really moved: a transpose that only moves dims of 1 becomes a reshape in the end.
int64_t CostOf(const Graph& g, int source, const Perm& perm) {
  const Value& x = g.values[source];
  return OnlyMovesOnes(x.dims, perm) ? 0 : x.Bytes();
}

int64_t TotalCost(const Graph& g) {
  const GraphIndex index(g);
  int64_t total = 0;
  for (const Node& n : g.nodes) {
    if (n.op == "transpose" && !OnlyFeedsStridedReaders(g, index, n)) total += CostOf(g, n.inputs[0], PermOf(g, n));
  }
  return total;
}

// The transpose that makes `value`, or -1.
int TransposeAt(const Graph& g, const GraphIndex& index, int value) {
  const int p = index.producer[value];
  return p >= 0 && g.nodes[p].op == "transpose" ? p : -1;
}

// A value that shows `source` permuted: an existing transpose's input undone, a permuted constant, or a new transpose node inserted at *at.
int PermutedValue(Graph* g, int source, const Perm& perm, size_t* at) {
  const GraphIndex index(*g);
  const int t = TransposeAt(*g, index, source);
  const Perm whole = t >= 0 ? ComposePerms(PermOf(*g, g->nodes[t]), perm) : perm;
  const int from = t >= 0 ? g->nodes[t].inputs[0] : source;
  if (IsIdentity(whole)) return from;
  if (g->values[from].is_constant) return g->AddValue(TransposedConstant(g->values[from], whole));
  Value v;
  v.name = g->values[from].name + "_permuted";
  v.dtype = g->values[from].dtype;
  v.dims = PermuteDims(g->values[from].dims, whole);
  v.quantization = g->values[from].quantization;
  const int to = g->AddValue(std::move(v));
  Node n = MakeNode(*g, "transpose", {from}, {to});
  SetPerm(&n, whole);
  g->nodes.insert(g->nodes.begin() + static_cast<std::ptrdiff_t>((*at)++), std::move(n));
  return to;
}

// Node `at` reads transpose(x, perm) in every input: makes it read each x, and appends transpose(out_perm) behind it.
void Relayout(Graph* g, size_t at, const Perm& perm, const Perm& out_perm) {
  const Perm undo = Inverse(perm);
  const std::vector<int> old_inputs = g->nodes[at].inputs;
  std::vector<int> inputs;
  std::map<int, int> done;
  for (int v : old_inputs) {
    if (done.count(v) == 0) done[v] = PermutedValue(g, v, undo, &at);
    inputs.push_back(done[v]);
  }
  const int y = g->nodes[at].outputs[0];
  Value v;
  v.name = g->values[y].name + "_relayout";
  v.dtype = g->values[y].dtype;
  v.quantization = g->values[y].quantization;
  v.dims = PermuteDims(g->values[y].dims, Inverse(out_perm));
  const int inner = g->AddValue(std::move(v));
  g->nodes[at].inputs = inputs;
  g->nodes[at].outputs[0] = inner;
  RelayoutParams(&g->nodes[at], perm);
  Node t = MakeNode(*g, "transpose", {inner}, {y});
  SetPerm(&t, out_perm);
  g->nodes.insert(g->nodes.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(t));
}

// Merges a transpose with the one it reads, and drops it if nothing is left or an equal one exists.
void SimplifyTranspose(Graph* g, size_t at) {
  const GraphIndex index(*g);
  Node& n = g->nodes[at];
  const int before = TransposeAt(*g, index, n.inputs[0]);
  if (before >= 0) {
    const Perm whole = ComposePerms(PermOf(*g, g->nodes[before]), PermOf(*g, n));
    n.inputs[0] = g->nodes[before].inputs[0];
    SetPerm(&n, whole);
  }
  if (IsIdentity(PermOf(*g, n))) {
    BypassNode(g, static_cast<int>(at));
    return;
  }
  for (int other : index.readers[n.inputs[0]]) {
    const Node& twin = g->nodes[other];
    if (other < static_cast<int>(at) && twin.op == "transpose" && twin.params == n.params && !index.is_output[n.outputs[0]]) {
      ReplaceUses(g, n.outputs[0], twin.outputs[0]);
      EraseNode(&n);
      return;
    }
  }
}

// The permutation that all inputs of the node share, constants aside; empty if there is none.
Perm CommonPerm(const Graph& g, const GraphIndex& index, const Node& n) {
  Perm common;
  for (int v : n.inputs) {
    if (g.values[v].is_constant) continue;
    const int t = TransposeAt(g, index, v);
    if (t < 0) return {};
    const Perm perm = PermOf(g, g.nodes[t]);
    if (!common.empty() && perm != common) return {};
    common = perm;
  }
  return common;
}

void SimplifyAll(Graph* g) {
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (g->nodes[i].op == "transpose") SimplifyTranspose(g, i);
  }
  RemoveDead(g);
}

// One sweep moves every transpose as far down as it goes: the transpose put behind a node is met next.
void SinkForward(Graph* g) {
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (IsErased(g->nodes[i])) continue;
    if (g->nodes[i].op == "transpose") {
      SimplifyTranspose(g, i);
      continue;
    }
    const Perm perm = CommonPerm(*g, GraphIndex(*g), g->nodes[i]);
    Perm out_perm;
    if (!perm.empty() && CanRelayout(*g, g->nodes[i], perm, &out_perm)) Relayout(g, i, perm, out_perm);
  }
  RemoveDead(g);
}

// The permutation that all readers of the node's output apply to it; empty if they disagree or one is no transpose.
Perm CommonReaderPerm(const Graph& g, const GraphIndex& index, const Node& n) {
  const int y = n.outputs[0];
  Perm common;
  if (index.is_output[y]) return {};
  for (int r : index.readers[y]) {
    if (g.nodes[r].op != "transpose") return {};
    const Perm perm = PermOf(g, g.nodes[r]);
    if (!common.empty() && perm != common) return {};
    common = perm;
  }
  return common;
}

// Bytes saved by moving transpose(perm), which follows node `n`, ahead of it.
int64_t GainOfHoisting(const Graph& g, const GraphIndex& index, const Node& n, const Perm& perm) {
  const std::vector<int>& readers = index.readers[n.outputs[0]];
  const bool is_free = std::all_of(readers.begin(), readers.end(), [&](int r) { return OnlyFeedsStridedReaders(g, index, g.nodes[r]); });
  int64_t gain = is_free ? 0 : CostOf(g, n.outputs[0], perm);
  std::vector<int> seen;
  for (int v : n.inputs) {
    if (g.values[v].is_constant || std::count(seen.begin(), seen.end(), v) != 0) continue;
    seen.push_back(v);
    const int t = TransposeAt(g, index, v);
    const bool goes = t >= 0 && !index.is_output[v] &&
                      std::all_of(index.readers[v].begin(), index.readers[v].end(), [&](int r) { return &g.nodes[r] == &n; });
    const int from = t >= 0 ? g.nodes[t].inputs[0] : v;
    const Perm whole = t >= 0 ? ComposePerms(PermOf(g, g.nodes[t]), perm) : perm;
    if (goes) gain += CostOf(g, from, PermOf(g, g.nodes[t]));
    if (!IsIdentity(whole)) gain -= CostOf(g, from, whole);
  }
  return gain;
}

// Returns whether anything moved.
bool HoistBackward(Graph* g) {
  bool moved = false;
  for (size_t i = g->nodes.size(); i-- > 0;) {
    const GraphIndex index(*g);
    const Node& n = g->nodes[i];
    if (n.op == "transpose" || n.op == "reshape" || n.outputs.size() != 1) continue;
    const Perm perm = CommonReaderPerm(*g, index, n);
    Perm out_perm;
    if (perm.empty() || !CanRelayout(*g, n, Inverse(perm), &out_perm)) continue;
    if (GainOfHoisting(*g, index, n, perm) <= 0) continue;
    Relayout(g, i, Inverse(perm), Inverse(perm));
    moved = true;
  }
  return moved;
}

// Same bytes under another shape: free where a reshape is a view.
void ReshapeWhereOnlyOnesMove(Graph* g) {
  for (Node& n : g->nodes) {
    if (n.op != "transpose" || !OnlyMovesOnes(g->values[n.inputs[0]].dims, PermOf(*g, n))) continue;
    n.op = "reshape";
    n.params.clear();
  }
}

}  // namespace

void SinkTransposes(Graph* g) {
  if (std::none_of(g->nodes.begin(), g->nodes.end(), [](const Node& n) { return n.op == "transpose"; })) return;
  Graph sunk = *g;
  SinkForward(&sunk);
  // Every move saves bytes, so the rounds end; nothing is sunk again, or the two would take turns.
  while (HoistBackward(&sunk)) SimplifyAll(&sunk);
  if (TotalCost(sunk) <= TotalCost(*g)) *g = std::move(sunk);
  ReshapeWhereOnlyOnesMove(g);
}

}  // namespace adze::passes
