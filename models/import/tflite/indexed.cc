// SPDX-License-Identifier: Apache-2.0
// TFLite ops whose places stand in a tensor: GATHER, GATHER_ND, EMBEDDING_LOOKUP, SCATTER_ND, SPARSE_TO_DENSE, ONE_HOT.
#include "op-registry/ops/indexed.h"

#include <set>

#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

void Gather(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::GatherOptions>();
  const int x = node.MovedInput(0);
  const int indices = node.Input(1);
  const int64_t batch = o == nullptr ? 0 : o->batch_dims();
  const int axis = NormalAxis(o == nullptr ? 0 : o->axis(), node.RankOf(x));
  const int64_t batch_dims = batch < 0 ? batch + node.RankOf(indices) : batch;
  if (batch_dims < 0 || batch_dims > axis) throw ContradictionError("batch_dims is " + std::to_string(batch));
  node.SetOutput(node.Gather(x, indices, axis, static_cast<int>(batch_dims)));
}

void GatherNd(TfliteNode& node) {
  const int x = node.MovedInput(0);
  node.SetOutput(node.Emit("gather_nd", {x, node.Input(1)}, GatherNdParams()));
}

void EmbeddingLookup(TfliteNode& node) {
  const int table = node.Input(1);
  node.SetOutput(node.Gather(table, node.Input(0), 0, 0));
}

// Constant rows of coordinates that name no place twice: then nothing has to be added.
bool AreDistinct(const TfliteNode& node, int indices) {
  if (!node.IsConstant(indices) || node.DimsOf(indices).empty()) return false;
  const std::vector<int64_t> v = node.IntsOf(indices, "indices");
  const auto depth = static_cast<size_t>(node.DimsOf(indices).back());
  std::set<std::vector<int64_t>> seen;
  for (size_t i = 0; depth > 0 && i + depth <= v.size(); i += depth) {
    if (!seen.insert({v.begin() + static_cast<int64_t>(i), v.begin() + static_cast<int64_t>(i + depth)}).second) return false;
  }
  return depth > 0;
}

// Zeros, to which updates are added: those of one place sum up.
void ScatterNd(TfliteNode& node) {
  const int indices = node.Input(0), updates = node.MovedInput(1);
  const Dims dims = node.IntsInput(2, "the shape");
  const int zeros = node.Filled(Bytes(DTypeBytes(node.TypeOf(updates)), 0), node.TypeOf(updates), dims);
  const ScatterReduction reduction = AreDistinct(node, indices) ? ScatterReduction::kNone : ScatterReduction::kAdd;
  node.SetOutput(node.Emit("scatter_nd", {zeros, indices, updates}, ScatterNdParams{reduction}));
}

void SparseToDense(TfliteNode& node) {
  int indices = node.Input(0), values = node.Input(2);
  const Dims dims = node.IntsInput(1, "the shape");
  const int background = node.ConstantInput(3, "the default value");
  // Indices are one place, a list of places of one dim, or rows of coordinates.
  const Dims given = node.DimsOf(indices);
  const int64_t rows = given.empty() ? 1 : given[0];
  const auto depth = static_cast<int64_t>(dims.size());
  if (given.size() == 2 ? given[1] != depth : depth != 1)
    throw ContradictionError("indices of shape " + DimsText(given) + " do not fit an output of shape " + DimsText(dims));
  indices = node.Reshape(indices, {rows, depth});
  values = node.Expand(values, {rows});
  const int filled = node.Filled(node.DataOf(background), node.TypeOf(background), dims);
  node.SetOutput(node.Emit("scatter_nd", {filled, indices, values}, ScatterNdParams()));
}

void OneHot(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::OneHotOptions>();
  const int indices = node.Input(0);
  const std::vector<int64_t> depth = node.IntsInput(1, "the depth");
  if (depth.size() != 1 || depth[0] < 0) throw ContradictionError("the depth must be one number of at least 0");
  const int on = node.Input(2), off = node.Input(3);
  const int values = node.Concat({node.Reshape(off, {1}), node.Reshape(on, {1})}, 0);
  Dims out = node.DimsOf(indices);
  const int axis = NormalAxis(o == nullptr ? -1 : o->axis(), static_cast<int>(out.size()) + 1);
  out.insert(out.begin() + axis, depth[0]);
  node.SetOutput(node.EmitAs("one_hot", {indices, values}, OneHotParams{axis, 0}, node.TypeOf(values), out));
}

}  // namespace

std::vector<TfliteOp> TfliteIndexedOps() {
  return {{7, "EMBEDDING_LOOKUP", EmbeddingLookup},
          {36, "GATHER", Gather},
          {68, "SPARSE_TO_DENSE", SparseToDense},
          {85, "ONE_HOT", OneHot},
          {107, "GATHER_ND", GatherNd},
          {122, "SCATTER_ND", ScatterNd}};
}

}  // namespace adze::import
