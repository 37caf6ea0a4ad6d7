// SPDX-License-Identifier: Apache-2.0
// Pass fuse_attention: what surrounds the products of attention.
//
// A multiplication by one positive number ahead of a softmax becomes the softmax's beta. A transpose behind a product that brings the last
// batch dim (the heads) inside the rows becomes the product's own order of writing.
#include "models/passes/layout.h"
#include "models/passes/match.h"
#include "models/passes/passes.h"
#include "op-registry/ops/matmul.h"
#include "op-registry/ops/softmax.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;

void ScaleSoftmax(Graph* g, int at) {
  const Matcher m(*g);
  Node& softmax = g->nodes[at];
  int x = -1;
  float number = 0;
  if (m.OnlyReader(softmax.inputs[0]) != &softmax || !m.SplitUniform(softmax.inputs[0], "mul", &x, &number)) return;
  SoftmaxParams p = softmax.Params<SoftmaxParams>();
  p.beta *= number;
  if (!(p.beta > 0 && p.beta <= __FLT_MAX__)) return;
  const int mul = m.index().producer[softmax.inputs[0]];
  softmax.SetParams(p);
  softmax.inputs[0] = x;
  EraseNode(&g->nodes[mul]);
}

void BringHeadsInside(Graph* g, int at) {
  const GraphIndex index(*g);
  Node& transpose = g->nodes[at];
  const int y = transpose.inputs[0];
  if (!index.IsPrivate(y) || g->nodes[index.producer[y]].op != "matmul") return;
  Node& product = g->nodes[index.producer[y]];
  auto p = product.Params<MatMulParams>();
  Perm swap = PermOf(*g, transpose);
  const size_t rank = swap.size();
  if (p.heads_inside != 0 || rank < 3) return;
  std::swap(swap[rank - 3], swap[rank - 2]);
  if (!IsIdentity(swap)) return;
  p.heads_inside = 1;
  product.SetParams(p);
  product.outputs[0] = transpose.outputs[0];
  EraseNode(&transpose);
}

}  // namespace

void FuseAttention(Graph* g) {
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (g->nodes[i].op == "softmax") ScaleSoftmax(g, static_cast<int>(i));
    if (g->nodes[i].op == "transpose") BringHeadsInside(g, static_cast<int>(i));
  }
  SweepNodes(g);
}

}  // namespace adze::passes
