// SPDX-License-Identifier: Apache-2.0
// Pass split_large_kernels: a convolution with more kernel positions than the drivers take becomes a chain of convolutions with parts of its kernel,
// each adding what came before as its residual. Costs one pass over the output a part, little beside 160 products an element.
#include <algorithm>

#include "models/passes/emitter.h"
#include "models/passes/passes.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/conv2d.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;
using Dims = std::vector<int64_t>;

constexpr int64_t kMostPositions = 160;  // kMaxIndirection of the drivers

// [begin, end) of the kernel along each dim.
struct Part {
  int64_t top, bottom, left, right;
};

std::vector<Part> PartsOf(int64_t kernel_h, int64_t kernel_w) {
  const int64_t wide = std::min(kernel_w, kMostPositions), high = std::max<int64_t>(kMostPositions / wide, 1);
  std::vector<Part> parts;
  for (int64_t top = 0; top < kernel_h; top += high) {
    for (int64_t left = 0; left < kernel_w; left += wide)
      parts.push_back({top, std::min(top + high, kernel_h), left, std::min(left + wide, kernel_w)});
  }
  return parts;
}

std::vector<float> WeightsOf(const graph::Value& w, const Part& part) {
  const std::vector<float> all = w.As<float>();
  std::vector<float> some;
  for (int64_t o = 0; o < w.dims[0]; ++o) {
    for (int64_t kh = part.top; kh < part.bottom; ++kh) {
      const auto row = all.begin() + ((o * w.dims[1] + kh) * w.dims[2]) * w.dims[3];
      some.insert(some.end(), row + part.left * w.dims[3], row + part.right * w.dims[3]);
    }
  }
  return some;
}

// What a part reads along one dim: elements [begin, end), some of them in the padding.
struct Extent {
  int64_t begin, end, size;
  bool touches() const { return begin < size && end > 0; }
};
Extent ExtentOf(int64_t size, int64_t out, int64_t stride, int64_t dilation, int64_t pad, int64_t first, int64_t last) {
  const int64_t begin = first * dilation - pad;
  return {begin, begin + (out - 1) * stride + (last - first - 1) * dilation + 1, size};
}

// The padding around the input, or, where it is less than nothing, what is cut off.
int Place(Emitter* to, int x, size_t axis, const Extent& e, int32_t* before, int32_t* after) {
  *before = static_cast<int32_t>(std::max<int64_t>(-e.begin, 0));
  *after = static_cast<int32_t>(std::max<int64_t>(e.end - e.size, 0));
  const int64_t from = std::max<int64_t>(e.begin, 0);
  return to->Crop(x, axis, from, std::min(e.end, e.size) - from);
}

std::vector<Node> Split(Graph* g, const Node& n) {
  const Conv2dParams whole = n.Params<Conv2dParams>();
  const Dims dx = g->values[static_cast<size_t>(n.inputs[0])].dims, dy = g->values[static_cast<size_t>(n.outputs[0])].dims;
  const bool has_bias = n.inputs.size() == 3u + whole.has_residual;
  Emitter to(g, n);
  int sum = whole.has_residual != 0 ? n.inputs.back() : -1;
  const auto rows = [&](const Part& k) { return ExtentOf(dx[1], dy[1], whole.stride_h, whole.dilation_h, whole.pad_top, k.top, k.bottom); };
  const auto columns = [&](const Part& k) {
    return ExtentOf(dx[2], dy[2], whole.stride_w, whole.dilation_w, whole.pad_left, k.left, k.right);
  };
  std::vector<Part> parts = PartsOf(whole.kernel_h, whole.kernel_w);
  // Parts that read nothing but padding add nothing.
  parts.erase(std::remove_if(parts.begin(), parts.end(), [&](const Part& k) { return !rows(k).touches() || !columns(k).touches(); }),
              parts.end());
  if (parts.empty()) return {n};
  for (size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    const bool last = i + 1 == parts.size();
    Conv2dParams p = whole;
    p.kernel_h = static_cast<int32_t>(part.bottom - part.top);
    p.kernel_w = static_cast<int32_t>(part.right - part.left);
    int x = Place(&to, n.inputs[0], 1, rows(part), &p.pad_top, &p.pad_bottom);
    x = Place(&to, x, 2, columns(part), &p.pad_left, &p.pad_right);
    const graph::Value& w = g->values[static_cast<size_t>(n.inputs[1])];
    const Dims dw = {w.dims[0], p.kernel_h, p.kernel_w, w.dims[3]};
    std::vector<int> inputs = {x, to.Constant("_part_weights", dw, WeightsOf(w, part))};
    if (has_bias && i == 0) inputs.push_back(n.inputs[2]);
    // Only ungrouped convolutions take a residual (fuse_residual).
    const bool joins = sum >= 0 && whole.groups == 1;
    p.has_residual = joins ? 1 : 0;
    if (joins) inputs.push_back(sum);
    p.clamp = last && (joins || sum < 0) ? whole.clamp : ClampRange();
    Node conv;
    conv.SetParams(p);
    const int y = to.Emit(std::move(conv), "conv2d", inputs, dy);
    if (sum >= 0 && !joins) {
      Node add;
      add.SetParams(BinaryParams{last ? whole.clamp : ClampRange()});
      sum = to.Emit(std::move(add), "add", {y, sum}, dy);
    } else {
      sum = y;
    }
  }
  return to.Done();
}

}  // namespace

void SplitLargeKernels(Graph* g) {
  std::vector<Node> nodes;
  for (const Node& n : g->nodes) {
    const bool large = n.op == "conv2d" && int64_t{n.Params<Conv2dParams>().kernel_h} * n.Params<Conv2dParams>().kernel_w > kMostPositions;
    if (!large || !g->values[static_cast<size_t>(n.inputs[1])].is_constant || n.Params<Conv2dParams>().packing != Packing::kNone) {
      nodes.push_back(n);
      continue;
    }
    std::vector<Node> parts = Split(g, n);
    std::move(parts.begin(), parts.end(), std::back_inserter(nodes));
  }
  g->nodes = std::move(nodes);
}

}  // namespace adze::passes
