// SPDX-License-Identifier: Apache-2.0
// Pass fuse_activation: a clamp moves into the op that makes its input.
#include "models/passes/passes.h"
#include "models/passes/rewrite.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/conv_transpose2d.h"
#include "op-registry/ops/fully_connected.h"
#include "op-registry/ops/pool2d.h"
#include "op-registry/ops/unary.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;

template <typename Params>
void AppendClamp(Node* n, const ClampRange& clamp) {
  Params p = n->Params<Params>();
  p.clamp = ComposeClamps(p.clamp, clamp);
  n->SetParams(p);
}

// Every op that can end in a clamp.
struct Fusable {
  const char* op;
  void (*append)(Node* n, const ClampRange& clamp);
};
constexpr Fusable kFusable[] = {
    {"add", AppendClamp<BinaryParams>},
    {"div", AppendClamp<BinaryParams>},
    {"sub", AppendClamp<BinaryParams>},
    {"clamp", AppendClamp<ClampParams>},
    {"conv2d", AppendClamp<Conv2dParams>},
    {"conv_transpose2d", AppendClamp<ConvTranspose2dParams>},
    {"fully_connected", AppendClamp<FullyConnectedParams>},
    {"mul", AppendClamp<BinaryParams>},
    {"pool2d", AppendClamp<Pool2dParams>},
};

const Fusable* FindFusable(const Graph& g, const Node& n) {
  if (g.values[n.outputs[0]].dtype != DType::kF32) return nullptr;  // integer layers saturate instead
  for (const Fusable& f : kFusable) {
    if (n.op == f.op) return &f;
  }
  return nullptr;
}

}  // namespace

void FuseActivation(Graph* g) {
  for (Node& n : g->nodes) {
    if (n.op != "clamp") continue;
    const GraphIndex index(*g);
    const int x = n.inputs[0];
    if (!index.IsPrivate(x)) continue;
    Node& maker = g->nodes[index.producer[x]];
    const Fusable* fusable = FindFusable(*g, maker);
    if (fusable == nullptr) continue;
    fusable->append(&maker, n.Params<ClampParams>().clamp);
    maker.outputs[0] = n.outputs[0];
    EraseNode(&n);
  }
  SweepNodes(g);
}

}  // namespace adze::passes
