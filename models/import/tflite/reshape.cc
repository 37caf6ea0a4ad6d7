// SPDX-License-Identifier: Apache-2.0
// TFLite ops that keep or reorder all elements: RESHAPE, SQUEEZE, EXPAND_DIMS, TRANSPOSE, CONCATENATION.
#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

void Reshape(TfliteNode& node) {
  const int x = node.MovedInput(0);
  Dims wanted;
  if (node.HasInput(1)) {
    wanted = node.IntsInput(1, "the shape");
  } else {
    const auto* o = node.OptionsOrNull<tflite::ReshapeOptions>();
    if (o == nullptr || o->new_shape() == nullptr) throw NodeError("it has neither a shape input nor a shape option");
    wanted.assign(o->new_shape()->begin(), o->new_shape()->end());
  }
  if (wanted == Dims{0} && ProductOf(node.DimsOf(x), 0, node.DimsOf(x).size()) == 1) wanted.clear();  // old files write a scalar so
  node.SetOutput(node.Reshape(x, ResolveShape(wanted, node.builder().At(x).Elements())));
}

void Squeeze(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::SqueezeOptions>();
  const int x = node.MovedInput(0);
  const Dims dims = node.DimsOf(x);
  const bool all = o == nullptr || o->squeeze_dims() == nullptr || o->squeeze_dims()->size() == 0;
  std::vector<bool> gone(dims.size(), false);
  for (size_t i = 0; all && i < dims.size(); ++i) gone[i] = dims[i] == 1;
  for (uint32_t i = 0; !all && i < o->squeeze_dims()->size(); ++i) {
    const auto axis = static_cast<size_t>(NormalAxis(o->squeeze_dims()->Get(i), node.RankOf(x)));
    if (dims[axis] != 1) throw ContradictionError("axis " + std::to_string(axis) + " of shape " + DimsText(dims) + " is not 1");
    gone[axis] = true;
  }
  Dims out;
  for (size_t i = 0; i < dims.size(); ++i) {
    if (!gone[i]) out.push_back(dims[i]);
  }
  node.SetOutput(node.Reshape(x, out));
}

void ExpandDims(TfliteNode& node) {
  const int x = node.MovedInput(0);
  const std::vector<int64_t> axis = node.IntsInput(1, "the axis");
  if (axis.size() != 1) throw ContradictionError("the axis must be one number");
  Dims out = node.DimsOf(x);
  out.insert(out.begin() + NormalAxis(axis[0], node.RankOf(x) + 1), 1);
  node.SetOutput(node.Reshape(x, out));
}

void Transpose(TfliteNode& node) {
  const int x = node.MovedInput(0);
  const std::vector<int64_t> stored = node.IntsInput(1, "the permutation");
  std::vector<int> perm;
  std::vector<bool> seen(static_cast<size_t>(node.RankOf(x)), false);
  for (const int64_t p : stored) {
    const int axis = NormalAxis(p, node.RankOf(x));
    if (seen[static_cast<size_t>(axis)]) throw ContradictionError("the permutation " + DimsText(stored) + " names an axis twice");
    seen[static_cast<size_t>(axis)] = true;
    perm.push_back(axis);
  }
  if (perm.size() != seen.size()) throw ContradictionError("the permutation " + DimsText(stored) + " does not fit the rank of the input");
  node.SetOutput(node.Transpose(x, perm));
}

void Concatenation(TfliteNode& node) {
  const auto& o = node.Options<tflite::ConcatenationOptions>();
  const ClampRange range = ActivationRange(o.activation());
  std::vector<int> inputs;
  for (int i = 0; i < node.InputCount(); ++i) inputs.push_back(node.MovedInput(i));
  if (inputs.empty()) throw DamageError("it has no inputs");
  const int y = node.Concat(inputs, NormalAxis(o.axis(), node.RankOf(inputs[0])));
  if (o.activation() != tflite::Activation_NONE && node.TypeOf(y) != DType::kF32) {
    throw NodeError("a fused activation on " + std::string(DTypeName(node.TypeOf(y))) + " is not supported");
  }
  node.SetOutput(node.Clamp(y, range));
}

}  // namespace

std::vector<TfliteOp> TfliteReshapeOps() {
  return {{22, "RESHAPE", Reshape},
          {43, "SQUEEZE", Squeeze},
          {70, "EXPAND_DIMS", ExpandDims},
          {39, "TRANSPOSE", Transpose},
          {2, "CONCATENATION", Concatenation}};
}

}  // namespace adze::import
