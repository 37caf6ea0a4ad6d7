// SPDX-License-Identifier: Apache-2.0
// ONNX pools: MaxPool, AveragePool, LpPool, their global forms, and ReduceMean, which is a pool over height and width.
#include <algorithm>

#include "models/import/onnx/unpool.h"

namespace adze::import {
namespace {

// Padding that a rounded-up size adds is never counted, unlike the padding that the file states: the latter then becomes a node.
int StatedPaddingAsNode(OnnxNode& node, int x, Windows* w) {
  std::vector<int64_t> before(w->size() + 2, 0), after = before;
  for (size_t i = 0; i < w->size(); ++i) {
    WindowDim& d = (*w)[i];
    before[1 + i] = d.pad_before;
    after[1 + i] = d.pad_after;
    d.size += d.pad_before + d.pad_after;
    d.pad_before = d.pad_after = 0;
  }
  return node.Pad(x, before, after, Bytes(4, 0));
}

// Makes the padding that ceil_mode adds explicit. Returns x, or x with the stated padding around it where only that is counted, and clears
// *count_pad then.
int RoundUp(OnnxNode& node, int x, Windows* w, bool* count_pad) {
  std::vector<int64_t> after;
  bool beyond = false;
  for (const WindowDim& d : *w) {
    after.push_back(CeilPadAfter(d));
    beyond = beyond || after.back() > d.pad_after;
  }
  if (*count_pad && beyond) {
    for (size_t i = 0; i < after.size(); ++i) after[i] = std::max<int64_t>(after[i] - (*w)[i].pad_after, 0);
    x = StatedPaddingAsNode(node, x, w);
    *count_pad = false;
  }
  for (size_t i = 0; i < after.size(); ++i) (*w)[i].pad_after = after[i];
  return x;
}

struct Pooled {
  DType dtype;  // of the input
  int x;        // as float32, channels last
  Windows w;
  size_t spatial;
  bool count_pad;
};

Pooled ReadPool(OnnxNode& node, bool count_pad, bool or_bytes = false) {
  WindowAttributes a = ReadWindowAttributes(node);
  const bool ceil_mode = node.IntAttribute("ceil_mode", 0) != 0;
  const int stored = WindowInput(node, 0, or_bytes);
  const int x = node.CastTo(stored, DType::kF32);
  const size_t spatial = SpatialRank(node, x);
  CompleteAttributes(&a, spatial);
  if (a.kernel.empty()) throw DamageError("attribute kernel_shape is missing");
  Pooled p = {node.TypeOf(stored), ChannelsLast(node, x), AtLeastTwo(PlaceWindows(a, node.DimsOf(x), a.kernel)), spatial, count_pad};
  if (ceil_mode && (a.auto_pad == "NOTSET" || a.auto_pad == "VALID")) p.x = RoundUp(node, p.x, &p.w, &p.count_pad);
  return p;
}

// A maximum of eight-bit numbers is one of float32 numbers.
void MaxPool(OnnxNode& node) {
  const bool by_column = node.IntAttribute("storage_order", 0) != 0;
  const Pooled p = ReadPool(node, false, true);
  const int y = ChannelsSecond(node, Pool(node, p.x, PoolKind::kMax, p.w, false, {}), p.spatial);
  if (node.OutputIsUsed(1)) node.SetOutputAt(1, MaxIndices(node, p.x, p.w, by_column, p.spatial));
  node.SetOutput(node.CastTo(y, p.dtype));
}

void AveragePool(OnnxNode& node) {
  const bool count_pad = node.IntAttribute("count_include_pad", 0) != 0;
  const Pooled p = ReadPool(node, count_pad);
  node.SetOutput(ChannelsSecond(node, Pool(node, p.x, PoolKind::kAverage, p.w, p.count_pad, {}), p.spatial));
}

void OnnxLpPool(OnnxNode& node) {
  const int64_t power = node.IntAttribute("p", 2);
  const Pooled p = ReadPool(node, true);
  node.SetOutput(ChannelsSecond(node, LpPool(node, p.x, power, p.w), p.spatial));
}

// All spatial dims at once, as a picture.
struct Whole {
  int x;  // [N, H, W, C]
  Windows w;
  Dims ones;  // the output's shape
};
Whole WholeInput(OnnxNode& node, int x) {
  const Dims d = node.DimsOf(x);
  const int picture = d.size() == 4 ? x : node.Reshape(x, {d[0], d[1], 1, ProductOf(d, 2, d.size())});
  const Dims p = node.DimsOf(picture);
  Whole whole = {node.ToNhwc(picture), {{p[2], p[2]}, {p[3], p[3]}}, Dims(d.size(), 1)};
  whole.ones[0] = d[0];
  whole.ones[1] = d[1];
  return whole;
}

void GlobalPool(OnnxNode& node, PoolKind kind) {
  const Whole whole = WholeInput(node, WindowInput(node, 0));
  node.SetOutput(node.Reshape(node.ToNchw(Pool(node, whole.x, kind, whole.w, false, {})), whole.ones));
}
void GlobalAveragePool(OnnxNode& node) { GlobalPool(node, PoolKind::kAverage); }
void GlobalMaxPool(OnnxNode& node) { GlobalPool(node, PoolKind::kMax); }

void GlobalLpPool(OnnxNode& node) {
  const int64_t power = node.IntAttribute("p", 2);
  const Whole whole = WholeInput(node, WindowInput(node, 0));
  node.SetOutput(node.Reshape(node.ToNchw(LpPool(node, whole.x, power, whole.w)), whole.ones));
}

void ReduceMean(OnnxNode& node) {
  bool given = false;
  std::vector<int64_t> axes = node.AttributeOrInput("axes", 1, 17, &given);
  const bool keep = node.IntAttribute("keepdims", 1) != 0;
  const bool none_is_none = node.IntAttribute("noop_with_empty_axes", 0) != 0;
  const int x = node.FloatInput(0);
  const int rank = node.RankOf(x);
  for (int64_t& axis : axes) axis = NormalAxis(axis, rank);
  std::sort(axes.begin(), axes.end());
  if (rank != 4 || axes != std::vector<int64_t>{2, 3}) {
    const bool all = axes.empty() && !none_is_none;
    for (int i = 0; all && i < rank; ++i) axes.push_back(i);
    return node.SetOutput(node.Mean(x, axes, keep));
  }
  const int image = node.ImageInput(0);
  const Dims dims = node.DimsOf(image);
  const Whole whole = WholeInput(node, image);
  const int y = node.ToNchw(Pool(node, whole.x, PoolKind::kAverage, whole.w, false, {}));
  node.SetOutput(keep ? y : node.Reshape(y, {dims[0], dims[1]}));
}

}  // namespace

std::vector<OnnxOp> OnnxPoolOps() {
  return {{"MaxPool", MaxPool},           {"AveragePool", AveragePool},     {"GlobalAveragePool", GlobalAveragePool},
          {"GlobalLpPool", GlobalLpPool}, {"GlobalMaxPool", GlobalMaxPool}, {"LpPool", OnnxLpPool},
          {"ReduceMean", ReduceMean}};
}

}  // namespace adze::import
