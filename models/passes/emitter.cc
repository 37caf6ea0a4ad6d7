// SPDX-License-Identifier: Apache-2.0
// The nodes that take the place of one node.
#include "models/passes/emitter.h"

#include "op-registry/ops/movement.h"

namespace adze::passes {

int Emitter::Emit(graph::Node node, const std::string& op, const std::vector<int>& inputs, const std::vector<int64_t>& dims) {
  graph::Value y;
  y.name = g_->values[static_cast<size_t>(replaced_.outputs[0])].name + "_part" + std::to_string(g_->values.size());
  y.dtype = DType::kF32;
  y.dims = dims;
  node.op = op;
  node.name = replaced_.name + (nodes_.empty() ? "" : "_" + std::to_string(nodes_.size()));
  node.inputs = inputs;
  node.outputs = {g_->AddValue(std::move(y))};
  nodes_.push_back(std::move(node));
  return nodes_.back().outputs[0];
}

int Emitter::Crop(int x, size_t axis, int64_t begin, int64_t count) {
  std::vector<int64_t> dims = g_->values[static_cast<size_t>(x)].dims;
  if (begin == 0 && count == dims[axis]) return x;
  dims[axis] = count;
  SliceParams p;
  p.begin[axis] = static_cast<int32_t>(begin);
  graph::Node node;
  node.SetParams(p);
  return Emit(std::move(node), "slice", {x}, dims);
}

int Emitter::Concat(const std::vector<int>& parts, int axis) {
  if (parts.size() == 1) return parts[0];
  graph::Node node;
  node.SetParams(ConcatParams{axis});
  std::vector<int64_t> dims = g_->values[static_cast<size_t>(parts[0])].dims;
  dims[static_cast<size_t>(axis)] *= static_cast<int64_t>(parts.size());
  return Emit(std::move(node), "concat", parts, dims);
}

int Emitter::Constant(const std::string& suffix, const std::vector<int64_t>& dims, const std::vector<float>& data) {
  return g_->AddConstant(replaced_.name + suffix, DType::kF32, dims, data);
}

std::vector<graph::Node> Emitter::Done() {
  nodes_.back().outputs = replaced_.outputs;
  return std::move(nodes_);
}

}  // namespace adze::passes
