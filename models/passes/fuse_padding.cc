// SPDX-License-Identifier: Apache-2.0
// Pass fuse_padding: a pad of H and W becomes the padding of the windows that read it.
#include <algorithm>
#include <cmath>

#include "models/passes/passes.h"
#include "models/passes/rewrite.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/movement.h"
#include "op-registry/ops/pool2d.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;

struct Borders {
  int32_t top, left, bottom, right;
  float value;
};

// The pad as borders of a float32 NHWC picture; false if it pads anything else.
bool ReadBorders(const Graph& g, const Node& n, Borders* b) {
  const graph::Value& x = g.values[n.inputs[0]];
  if (x.dtype != DType::kF32 || x.dims.size() != 4) return false;
  const PadParams p = n.Params<PadParams>();
  if (p.before[0] != 0 || p.after[0] != 0 || p.before[3] != 0 || p.after[3] != 0) return false;
  *b = {p.before[1], p.before[2], p.after[1], p.after[2], 0};
  std::memcpy(&b->value, p.value, sizeof(float));
  return true;
}

template <typename Params>
bool AddBorders(const Borders& b, Params* p) {
  return !__builtin_add_overflow(p->pad_top, b.top, &p->pad_top) && !__builtin_add_overflow(p->pad_left, b.left, &p->pad_left) &&
         !__builtin_add_overflow(p->pad_bottom, b.bottom, &p->pad_bottom) && !__builtin_add_overflow(p->pad_right, b.right, &p->pad_right);
}

// The reader's params with the borders inside; empty if it cannot take them.
std::vector<uint8_t> ConvParams(const Node& n, const Borders& b) {
  Node with = n;
  Conv2dParams p = n.Params<Conv2dParams>();
  if (b.value != 0 || !AddBorders(b, &p)) return {};
  with.SetParams(p);
  return with.params;
}

std::vector<uint8_t> PoolParams(const Node& n, const Borders& b) {
  Node with = n;
  Pool2dParams p = n.Params<Pool2dParams>();
  if (p.kind == PoolKind::kMax && b.value != -INFINITY) return {};
  if (p.kind == PoolKind::kAverage) {
    // Padded zeros count as elements of the picture, the window's own padding only with count_include_pad.
    const bool no_padding = p.pad_top == 0 && p.pad_left == 0 && p.pad_bottom == 0 && p.pad_right == 0;
    if (b.value != 0 || !(no_padding || p.count_include_pad != 0)) return {};
    p.count_include_pad = 1;
  }
  if (!AddBorders(b, &p)) return {};
  // Every window must touch the picture.
  if (std::max(p.pad_top, p.pad_bottom) >= p.kernel_h || std::max(p.pad_left, p.pad_right) >= p.kernel_w) return {};
  with.SetParams(p);
  return with.params;
}

std::vector<uint8_t> ParamsWithBorders(const Node& n, int padded, const Borders& b) {
  if (n.inputs[0] != padded || std::count(n.inputs.begin(), n.inputs.end(), padded) != 1) return {};
  if (n.op == "conv2d") return ConvParams(n, b);
  if (n.op == "pool2d") return PoolParams(n, b);
  return {};
}

}  // namespace

void FusePadding(Graph* g) {
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (g->nodes[i].op != "pad") continue;
    const GraphIndex index(*g);
    const int x = g->nodes[i].inputs[0], y = g->nodes[i].outputs[0];
    Borders borders;
    if (index.is_output[y] || index.readers[y].empty() || !ReadBorders(*g, g->nodes[i], &borders)) continue;
    std::vector<std::vector<uint8_t>> params;
    for (int r : index.readers[y]) params.push_back(ParamsWithBorders(g->nodes[r], y, borders));
    if (std::any_of(params.begin(), params.end(), [](const std::vector<uint8_t>& p) { return p.empty(); })) continue;
    for (size_t r = 0; r < params.size(); ++r) {
      Node& reader = g->nodes[index.readers[y][r]];
      reader.params = params[r];
      reader.inputs[0] = x;
    }
    EraseNode(&g->nodes[i]);
  }
  SweepNodes(g);
}

}  // namespace adze::passes
