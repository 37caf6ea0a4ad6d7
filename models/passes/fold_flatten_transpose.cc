// SPDX-License-Identifier: Apache-2.0
// Pass fold_flatten_transpose: NCHW models flatten a picture channels first; instead of transposing it, the columns of the fully connected
// layer behind the flatten are put in NHWC order.
#include <algorithm>

#include "models/passes/evaluate.h"
#include "models/passes/layout.h"
#include "models/passes/passes.h"
#include "models/passes/rewrite.h"
#include "op-registry/ops/fully_connected.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;

// transpose(x) [d0, ...] -> reshape [d0, K]: the rows stay rows.
bool KeepsRows(const Graph& g, const Node& transpose, const Node& reshape) {
  const Value& t = g.values[transpose.outputs[0]];
  const Value& flat = g.values[reshape.outputs[0]];
  const Perm perm = PermOf(g, transpose);
  return perm.size() >= 2 && perm[0] == 0 && flat.dims.size() == 2 && flat.dims[0] == t.dims[0];
}

bool HasPlainConstantWeights(const Graph& g, const Node& n) {
  return n.op == "fully_connected" && n.Params<FullyConnectedParams>().packing == Packing::kNone && g.values[n.inputs[1]].is_constant;
}

// Weights [N, K] whose K columns follow transpose(x, perm)'s order become weights whose columns follow x's order.
int ReorderColumns(Graph* g, int weights, const std::vector<int64_t>& transposed_dims, const Perm& perm) {
  Value w = g->values[weights];
  const std::vector<int64_t> flat_dims = w.dims;
  w.dims.assign(1, flat_dims[0]);
  w.dims.insert(w.dims.end(), transposed_dims.begin() + 1, transposed_dims.end());
  Value reordered = TransposedConstant(w, Inverse(perm));
  reordered.dims = flat_dims;
  reordered.name += "_reordered";
  return g->AddValue(std::move(reordered));
}

}  // namespace

void FoldFlattenTranspose(Graph* g) {
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (!HasPlainConstantWeights(*g, g->nodes[i])) continue;
    const GraphIndex index(*g);
    const int flat = g->nodes[i].inputs[0];
    const int reshape = index.producer[flat];
    if (!index.IsPrivate(flat) || g->nodes[reshape].op != "reshape") continue;
    const int transposed = g->nodes[reshape].inputs[0];
    const int transpose = index.producer[transposed];
    if (!index.IsPrivate(transposed) || g->nodes[transpose].op != "transpose") continue;
    if (!KeepsRows(*g, g->nodes[transpose], g->nodes[reshape])) continue;
    const std::vector<int64_t> dims = g->values[transposed].dims;
    const Perm perm = PermOf(*g, g->nodes[transpose]);
    g->nodes[i].inputs[1] = ReorderColumns(g, g->nodes[i].inputs[1], dims, perm);
    g->nodes[reshape].inputs[0] = g->nodes[transpose].inputs[0];
    EraseNode(&g->nodes[transpose]);
  }
  SweepNodes(g);
}

}  // namespace adze::passes
