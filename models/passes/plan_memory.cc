// SPDX-License-Identifier: Apache-2.0
// Pass plan_memory: a place in the arena for every value and every scratch.
#include <algorithm>

#include "models/passes/arena.h"
#include "models/passes/node_rows.h"
#include "models/passes/passes.h"
#include "models/passes/rewrite.h"
#include "op-registry/core/packing.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;

// The last step at which each root value is needed; views extend their roots.
struct Lifetimes {
  explicit Lifetimes(const Graph& g) : last(g.values.size(), -1) {
    const int end = static_cast<int>(g.nodes.size());
    for (size_t i = 0; i < g.nodes.size(); ++i) {
      const int step = static_cast<int>(i);
      for (int v : g.nodes[i].inputs) Extend(g, v, step);
      for (int v : g.nodes[i].outputs) Extend(g, v, step);
    }
    for (int v : g.outputs) Extend(g, v, end);
  }

  static int RootOf(const Graph& g, int v) { return g.values[v].view.root >= 0 ? g.values[v].view.root : v; }

  std::vector<int> last;

 private:
  void Extend(const Graph& g, int v, int step) {
    int& l = last[RootOf(g, v)];
    l = std::max(l, step);
  }
};

bool InArena(const Value& v) { return !v.is_constant && v.view.root < 0; }

// The most that any level's kernel asks for: one file runs on every level.
int64_t ScratchOf(const Graph& g, const Node& n) {
  int64_t bytes = 0;
  for (const Selection& rows : RowsOf(g, n)) bytes = std::max(bytes, rows.scratch_bytes);
  return bytes;
}

// The input whose bytes the node may overwrite: of the output's type, no view, needed by nobody after, and read by this node in no other
// way; -1 if there is none.
int DyingInput(const Graph& g, const Lifetimes& life, int step) {
  const Node& n = g.nodes[step];
  if (!IsElementwise(n.op)) return -1;
  const Value& y = g.values[n.outputs[0]];
  if (!InArena(y)) return -1;  // a part of another value
  for (int x : n.inputs) {
    const Value& from = g.values[x];
    if (!InArena(from) || from.dtype != y.dtype || from.dims != y.dims || life.last[x] != step) continue;
    const bool sole = std::all_of(n.inputs.begin(), n.inputs.end(), [&](int v) { return v == x || Lifetimes::RootOf(g, v) != x; });
    if (sole) return x;
  }
  return -1;
}

struct Plan {
  std::vector<Block> blocks;
  std::vector<int> value_block;    // by value, -1: not in the arena
  std::vector<int> scratch_block;  // by node, -1: none
};

Plan MakeBlocks(const Graph& g, const Lifetimes& life) {
  Plan plan;
  plan.value_block.assign(g.values.size(), -1);
  plan.scratch_block.assign(g.nodes.size(), -1);
  const auto add = [&](int64_t bytes, int first, int last) {
    plan.blocks.push_back({RoundUp(bytes, kArenaAlignment), first, last, 0});
    return static_cast<int>(plan.blocks.size()) - 1;
  };
  // All inputs are written before the first node runs, so an unread one still needs bytes of its own then.
  for (int v : g.inputs) plan.value_block[v] = add(g.values[v].Bytes(), -1, life.last[v]);
  for (size_t i = 0; i < g.nodes.size(); ++i) {
    const int step = static_cast<int>(i);
    if (g.nodes[i].scratch_bytes > 0) plan.scratch_block[i] = add(g.nodes[i].scratch_bytes, step, step);
    const int reused = DyingInput(g, life, step);
    for (int v : g.nodes[i].outputs) {
      const int root = Lifetimes::RootOf(g, v);
      int& block = plan.value_block[root];
      if (reused >= 0) {
        block = plan.value_block[reused];
        plan.blocks[block].last = life.last[root];
      } else if (block < 0) {  // else another part has been written
        block = add(g.values[root].Bytes(), step, life.last[root]);
      }
    }
  }
  return plan;
}

}  // namespace

int64_t LiveBytesPeak(const Graph& g) { return LivePeak(MakeBlocks(g, Lifetimes(g)).blocks); }

void PlanMemory(Graph* g) {
  const Lifetimes life(*g);
  for (Node& n : g->nodes) n.scratch_bytes = ScratchOf(*g, n);
  Plan plan = MakeBlocks(*g, life);
  g->live_bytes_peak = LivePeak(plan.blocks);
  g->arena_bytes = PlaceBlocks(&plan.blocks);
  for (size_t v = 0; v < g->values.size(); ++v) {
    g->values[v].arena_offset = plan.value_block[v] >= 0 ? plan.blocks[plan.value_block[v]].offset : -1;
  }
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    g->nodes[i].scratch_offset = plan.scratch_block[i] >= 0 ? plan.blocks[plan.scratch_block[i]].offset : 0;
  }
}

}  // namespace adze::passes
