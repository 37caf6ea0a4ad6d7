// SPDX-License-Identifier: Apache-2.0
// TFLite pools: AVERAGE_POOL_2D, MAX_POOL_2D, and MEAN, which is a pool over height and width.
#include <algorithm>

#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

void Pool(TfliteNode& node, PoolKind kind) {
  const auto& o = node.Options<tflite::Pool2DOptions>();
  Pool2dParams p;
  p.clamp = ActivationRange(o.activation());
  p.kind = kind;
  const int x = node.FloatInput(0);
  if (node.RankOf(x) != 4) throw ContradictionError("the input must have rank 4");
  const Dims dims = node.DimsOf(x);
  WindowDim w[2] = {{dims[1], o.filter_h(), o.stride_h(), 1, 0, 0}, {dims[2], o.filter_w(), o.stride_w(), 1, 0, 0}};
  PlaceWindows(o.padding(), w);
  SetWindow(w, &p);
  node.SetOutput(node.Emit("pool2d", {x}, p));
}

void AveragePool(TfliteNode& node) { Pool(node, PoolKind::kAverage); }
void MaxPool(TfliteNode& node) { Pool(node, PoolKind::kMax); }

void Mean(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::ReducerOptions>();
  const int x = node.FloatInput(0);
  const Dims dims = node.DimsOf(x);
  std::vector<int64_t> axes = node.IntsInput(1, "the axes");
  for (int64_t& a : axes) a = NormalAxis(a, node.RankOf(x));
  std::sort(axes.begin(), axes.end());
  axes.erase(std::unique(axes.begin(), axes.end()), axes.end());
  if (dims.size() != 4 || axes != std::vector<int64_t>{1, 2}) return node.SetOutput(node.Mean(x, axes, o != nullptr && o->keep_dims()));
  Pool2dParams p;
  p.kind = PoolKind::kAverage;
  p.kernel_h = static_cast<int32_t>(dims[1]);
  p.kernel_w = static_cast<int32_t>(dims[2]);
  const int y = node.Emit("pool2d", {x}, p);
  node.SetOutput(o != nullptr && o->keep_dims() ? y : node.Reshape(y, {dims[0], dims[3]}));
}

}  // namespace

std::vector<TfliteOp> TflitePoolOps() { return {{1, "AVERAGE_POOL_2D", AveragePool}, {17, "MAX_POOL_2D", MaxPool}, {40, "MEAN", Mean}}; }

}  // namespace adze::import
