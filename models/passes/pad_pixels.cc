// SPDX-License-Identifier: Apache-2.0
// Pass pad_pixels: gaps between the pixels that a depthwise convolution reads, where without them the window's pixels would fall into the same
// few sets of the first-level cache.
//
// A depthwise kernel reads 16 channels of every pixel of its window at a time, so what lies in the cache between is `stride` bytes apart. Measured on
// Zen 4 (32 KiB, 8 ways), avx512, GFLOP/s without -> with 64 bytes more:
//
//   pixels, channels   3x3         3x3 stride 2   5x5         5x5 stride 2
//   14 x 14 x  384     67 -> 67    48 -> 48       86 -> 87    77 -> 76
//   14 x 14 x  256     65 -> 69    47 -> 53       78 -> 87    54 -> 77
//   14 x 14 x  768     63 -> 64    43 -> 46       78 -> 83    59 -> 67
//   14 x 14 x  512     49 -> 66    26 -> 46       44 -> 67    31 -> 64
//    7 x  7 x 1024     33 -> 62    26 -> 53       27 -> 38    26 -> 45
//
// Below 1024 bytes, and at other strides, nothing is gained. The layers that write these values, matrix products mostly, do not notice (within 1 %).
#include "models/passes/passes.h"
#include "models/passes/rewrite.h"
#include "models/passes/views.h"
#include "op-registry/ops/conv2d.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;
using graph::View;

constexpr int64_t kAliasing = 1024;  // strides that are multiples of it
constexpr int64_t kGap = 64;         // a cache line

bool IsDepthwiseWindow(const Node& n) {
  if (n.op != "conv2d") return false;
  const auto p = n.Params<Conv2dParams>();
  return p.packing == Packing::kDepthwise16 && p.kernel_h > 1 && p.kernel_w > 1;
}

// Moves value `x` into a wider one of its own.
void PadPixelsOf(Graph* g, int x) {
  const auto element_bytes = static_cast<int64_t>(DTypeBytes(g->values[x].dtype));
  if (element_bytes == 0) return;  // no dtype that the graph's check lets pass
  Value wide;
  wide.name = g->values[x].name + "_padded";
  wide.dtype = g->values[x].dtype;
  wide.dims = g->values[x].dims;
  wide.dims[3] += kGap / element_bytes;
  View target;
  target.strides = DenseStrides(wide.dims, wide.dtype);
  target.root = g->AddValue(std::move(wide));
  ViewMoves moves(g);
  if (moves.Move(x, target) && moves.IsWorthwhile()) moves.Keep();
}

}  // namespace

void PadPixels(Graph* g) {
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (!IsDepthwiseWindow(g->nodes[i])) continue;
    const int x = g->nodes[i].inputs[0];
    const Value& v = g->values[x];
    const int64_t stride = StridesOf(v)[2];
    if (v.dims[2] > 1 && IsDenseValue(v) && stride % kAliasing == 0) PadPixelsOf(g, x);
  }
}

}  // namespace adze::passes
