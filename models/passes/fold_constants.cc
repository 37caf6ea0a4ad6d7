// SPDX-License-Identifier: Apache-2.0
// Pass fold_constants: nodes whose inputs are all constants.
#include <algorithm>

#include "models/passes/evaluate.h"
#include "models/passes/passes.h"
#include "models/passes/rewrite.h"

namespace adze::passes {
namespace {

// A folded value lands in the file: above this size a node is folded only if it at most doubles its inputs (a cast of float16 weights
// does), so that a small model cannot blow itself up into a large file.
constexpr int64_t kMaxFoldedBytes = int64_t{16} << 20;

bool ReadsConstantsOnly(const graph::Graph& g, const graph::Node& n) {
  return !n.inputs.empty() && std::all_of(n.inputs.begin(), n.inputs.end(), [&](int v) { return g.values[v].is_constant; });
}

}  // namespace

void FoldConstants(graph::Graph* g) {
  for (graph::Node& n : g->nodes) {
    if (n.outputs.size() != 1 || !ReadsConstantsOnly(*g, n)) continue;
    int64_t in_bytes = 0;
    for (int v : n.inputs) in_bytes += g->values[v].Bytes();
    graph::Value& y = g->values[n.outputs[0]];
    if (y.Bytes() > std::max(kMaxFoldedBytes, 2 * in_bytes)) continue;
    std::vector<uint8_t> data;
    if (!EvaluateConstantNode(*g, n, &data)) continue;
    y.is_constant = true;
    y.data = std::move(data);
    EraseNode(&n);
  }
  SweepNodes(g);
}

}  // namespace adze::passes
