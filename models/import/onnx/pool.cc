// SPDX-License-Identifier: Apache-2.0
// ONNX pools: MaxPool, AveragePool, GlobalAveragePool, GlobalMaxPool, and ReduceMean, which is a pool over height and width.
#include <algorithm>

#include "models/import/onnx/window_attributes.h"

namespace adze::import {
namespace {

Pool2dParams ParamsOf(const WindowDim w[2], PoolKind kind) {
  Pool2dParams p;
  SetWindow(w, &p);
  p.kind = kind;
  return p;
}

// Padding that a rounded-up size adds is never counted, unlike the padding that the file states: the latter then becomes a node.
int StatedPaddingAsNode(OnnxNode& node, int x, WindowDim w[2]) {
  const int padded = node.Pad(x, {0, w[0].pad_before, w[1].pad_before, 0}, {0, w[0].pad_after, w[1].pad_after, 0}, Bytes(4, 0));
  for (int i = 0; i < 2; ++i) {
    w[i].size += w[i].pad_before + w[i].pad_after;
    w[i].pad_before = w[i].pad_after = 0;
  }
  return padded;
}

void Pool(OnnxNode& node, PoolKind kind) {
  const WindowAttributes a = ReadWindowAttributes(node);
  const bool ceil_mode = node.IntAttribute("ceil_mode", 0) != 0;
  const bool count_pad = kind == PoolKind::kAverage && node.IntAttribute("count_include_pad", 0) != 0;
  if (kind == PoolKind::kMax) {
    node.IntAttribute("storage_order", 0);  // of the indices, which are refused
    node.RefuseOutput(1, "Indices");
  }
  if (a.kernel.empty()) throw DamageError("attribute kernel_shape is missing");
  if (a.dilations[0] != 1 || a.dilations[1] != 1)
    throw NodeError("dilations " + DimsText(a.dilations) + " are not supported in pools; use 1");
  const int image = node.ImageInput(0);
  WindowDim w[2];
  PlaceWindows(a, node.DimsOf(image), a.kernel, w);
  int x = node.ToNhwc(image);
  Pool2dParams p = ParamsOf(w, kind);
  if (ceil_mode && (a.auto_pad == "NOTSET" || a.auto_pad == "VALID")) {
    const int64_t after[2] = {CeilPadAfter(w[0]), CeilPadAfter(w[1])};
    const bool beyond = after[0] > w[0].pad_after || after[1] > w[1].pad_after;
    WindowDim rounded[2] = {w[0], w[1]};
    if (count_pad && beyond) {
      x = StatedPaddingAsNode(node, x, rounded);
      for (int i = 0; i < 2; ++i) rounded[i].pad_after = std::max<int64_t>(after[i] - w[i].pad_after, 0);
    } else {
      for (int i = 0; i < 2; ++i) rounded[i].pad_after = after[i];
      p.count_include_pad = count_pad;
    }
    const uint8_t counted = p.count_include_pad;
    p = ParamsOf(rounded, kind);
    p.count_include_pad = counted;
  } else {
    p.count_include_pad = count_pad;
  }
  node.SetOutput(node.ToNchw(node.Emit("pool2d", {x}, p)));
}

void MaxPool(OnnxNode& node) { Pool(node, PoolKind::kMax); }
void AveragePool(OnnxNode& node) { Pool(node, PoolKind::kAverage); }

int WholeImage(OnnxNode& node, int image, PoolKind kind) {
  const Dims dims = node.DimsOf(image);
  const WindowDim w[2] = {{dims[2], dims[2], 1, 1, 0, 0}, {dims[3], dims[3], 1, 1, 0, 0}};
  return node.ToNchw(node.Emit("pool2d", {node.ToNhwc(image)}, ParamsOf(w, kind)));
}

void GlobalAveragePool(OnnxNode& node) { node.SetOutput(WholeImage(node, node.ImageInput(0), PoolKind::kAverage)); }
void GlobalMaxPool(OnnxNode& node) { node.SetOutput(WholeImage(node, node.ImageInput(0), PoolKind::kMax)); }

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
  const int y = WholeImage(node, image, PoolKind::kAverage);
  node.SetOutput(keep ? y : node.Reshape(y, {dims[0], dims[1]}));
}

}  // namespace

std::vector<OnnxOp> OnnxPoolOps() {
  return {{"MaxPool", MaxPool},
          {"AveragePool", AveragePool},
          {"GlobalAveragePool", GlobalAveragePool},
          {"GlobalMaxPool", GlobalMaxPool},
          {"ReduceMean", ReduceMean}};
}

}  // namespace adze::import
