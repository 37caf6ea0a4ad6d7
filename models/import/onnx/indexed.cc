// SPDX-License-Identifier: Apache-2.0
// ONNX ops whose places stand in a tensor: Gather, GatherND, GatherElements, ScatterND, ScatterElements, Scatter, OneHot, Compress.
#include "op-registry/ops/indexed.h"

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

void Gather(OnnxNode& node) {
  const int64_t axis = node.IntAttribute("axis", 0);
  const int x = node.Input(0);
  node.SetOutput(node.Gather(x, node.Input(1), NormalAxis(axis, node.RankOf(x)), 0));
}

void GatherNd(OnnxNode& node) {
  const int64_t batch_dims = node.IntAttribute("batch_dims", 0);
  const int x = node.Input(0);
  if (batch_dims < 0 || batch_dims >= node.RankOf(x)) throw ContradictionError("batch_dims is " + std::to_string(batch_dims));
  node.SetOutput(node.Emit("gather_nd", {x, node.Input(1)}, GatherNdParams{static_cast<int32_t>(batch_dims)}));
}

void GatherElements(OnnxNode& node) {
  const int64_t axis = node.IntAttribute("axis", 0);
  const int x = node.Input(0);
  node.SetOutput(node.Emit("gather_elements", {x, node.Input(1)}, AxisParams{NormalAxis(axis, node.RankOf(x))}));
}

ScatterReduction Reduction(OnnxNode& node) {
  const std::string name = node.StringAttribute("reduction", "none");
  static const char* const kNames[] = {"none", "add", "mul", "max", "min"};
  for (int i = 0; i < 5; ++i) {
    if (name == kNames[i]) return static_cast<ScatterReduction>(i);
  }
  throw NodeError("attribute reduction has the value " + Quoted(name) + "; use none, add, mul, max or min");
}

void ScatterNd(OnnxNode& node) {
  const ScatterReduction reduction = Reduction(node);
  node.SetOutput(node.Emit("scatter_nd", {node.Input(0), node.Input(1), node.Input(2)}, ScatterNdParams{reduction}));
}

void ScatterElements(OnnxNode& node) {
  const int64_t axis = node.IntAttribute("axis", 0);
  const ScatterReduction reduction = Reduction(node);
  const int x = node.Input(0);
  const ScatterElementsParams p = {NormalAxis(axis, node.RankOf(x)), reduction};
  node.SetOutput(node.Emit("scatter_elements", {x, node.Input(1), node.Input(2)}, p));
}

void OneHot(OnnxNode& node) {
  const int64_t stored_axis = node.IntAttribute("axis", -1);
  int indices = node.Input(0);
  const int depth = node.ConstantInput(1, "the depth");
  const int values = node.Input(2);
  // Indices and depth may be floats that hold whole numbers.
  const std::vector<int64_t> places = node.TypeOf(depth) == DType::kF32
                                          ? std::vector<int64_t>{static_cast<int64_t>(node.FloatsOf(depth, "the depth").at(0))}
                                          : node.IntsOf(depth, "the depth");
  if (places.size() != 1 || places[0] < 0) throw ContradictionError("the depth must be one number of at least 0");
  if (node.TypeOf(indices) != DType::kI32 && node.TypeOf(indices) != DType::kI64)
    indices = node.EmitPlain("cast", indices, DType::kI64, node.DimsOf(indices));
  Dims out = node.DimsOf(indices);
  const int axis = NormalAxis(stored_axis, static_cast<int>(out.size()) + 1);
  out.insert(out.begin() + axis, places[0]);
  CheckedElements(out, node.TypeOf(values));
  node.SetOutput(node.EmitAs("one_hot", {indices, values}, OneHotParams{axis, 1}, node.TypeOf(values), out));
}

// Parts whose condition is known; what data decide would have no fixed shape.
void Compress(OnnxNode& node) {
  const bool flat = !node.HasAttribute("axis");
  const int64_t stored_axis = node.IntAttribute("axis", 0);
  int x = node.Input(0);
  const int condition = node.ConstantInput(1, "the condition");
  if (node.TypeOf(condition) != DType::kBool) throw ContradictionError("the condition is not bool");
  if (flat) x = node.Reshape(x, {node.builder().At(x).Elements()});
  const int axis = NormalAxis(stored_axis, node.RankOf(x));
  const Bytes chosen = node.DataOf(condition);
  std::vector<int64_t> places;
  for (size_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i] != 0) places.push_back(static_cast<int64_t>(i));
  }
  if (static_cast<int64_t>(chosen.size()) > node.DimsOf(x)[static_cast<size_t>(axis)])
    throw ContradictionError("the condition is longer than the axis");
  const auto* bytes = reinterpret_cast<const uint8_t*>(places.data());
  const int indices =
      node.Constant("places", DType::kI64, {static_cast<int64_t>(places.size())}, Bytes(bytes, bytes + places.size() * sizeof(int64_t)));
  node.SetOutput(node.Gather(x, indices, axis, 0));
}

}  // namespace

std::vector<OnnxOp> OnnxIndexedOps() {
  return {{"Compress", Compress},       {"Gather", Gather},
          {"GatherND", GatherNd},       {"GatherElements", GatherElements},
          {"ScatterND", ScatterNd},     {"ScatterElements", ScatterElements},
          {"Scatter", ScatterElements}, {"OneHot", OneHot}};
}

}  // namespace adze::import
