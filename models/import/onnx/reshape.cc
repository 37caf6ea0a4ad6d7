// SPDX-License-Identifier: Apache-2.0
// ONNX ops that keep or reorder all elements: Reshape, Flatten, Squeeze, Unsqueeze, Transpose, Concat.
#include <algorithm>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

void Reshape(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  const bool allow_zero = node.IntAttribute("allowzero", 0) != 0;
  bool given = false;
  Dims wanted = node.AttributeOrInput("shape", 1, 4, &given);
  if (!given) throw DamageError("the shape is missing");
  const int x = node.Input(0);
  const Dims dims = node.DimsOf(x);
  for (size_t i = 0; i < wanted.size() && !allow_zero; ++i) {
    if (wanted[i] != 0) continue;
    if (i >= dims.size())
      throw ContradictionError("the shape " + DimsText(wanted) + " copies dim " + std::to_string(i) + ", which the input has not");
    wanted[i] = dims[i];
  }
  node.SetOutput(node.Reshape(x, ResolveShape(wanted, node.builder().At(x).Elements())));
}

void Flatten(OnnxNode& node) {
  const int64_t axis = node.IntAttribute("axis", 1);
  const int x = node.Input(0);
  const Dims dims = node.DimsOf(x);
  const auto at = axis == node.RankOf(x) ? dims.size() : static_cast<size_t>(NormalAxis(axis, node.RankOf(x)));
  node.SetOutput(node.Reshape(x, {ProductOf(dims, 0, at), ProductOf(dims, at, dims.size())}));
}

void Squeeze(OnnxNode& node) {
  bool given = false;
  const std::vector<int64_t> axes = node.AttributeOrInput("axes", 1, 12, &given);
  const int x = node.Input(0);
  const Dims dims = node.DimsOf(x);
  std::vector<bool> gone(dims.size(), false);
  for (size_t i = 0; !given && i < dims.size(); ++i) gone[i] = dims[i] == 1;
  for (const int64_t a : axes) {
    const auto axis = static_cast<size_t>(NormalAxis(a, node.RankOf(x)));
    if (dims[axis] != 1) throw ContradictionError("axis " + std::to_string(a) + " of shape " + DimsText(dims) + " is not 1");
    gone[axis] = true;
  }
  Dims out;
  for (size_t i = 0; i < dims.size(); ++i) {
    if (!gone[i]) out.push_back(dims[i]);
  }
  node.SetOutput(node.Reshape(x, out));
}

void Unsqueeze(OnnxNode& node) {
  bool given = false;
  std::vector<int64_t> axes = node.AttributeOrInput("axes", 1, 12, &given);
  if (!given) throw DamageError("the axes are missing");
  const int x = node.Input(0);
  if (axes.size() > static_cast<size_t>(kMaxRank))
    throw NodeError("it adds " + std::to_string(axes.size()) + " dims; at most 6 are supported");
  const int rank = node.RankOf(x) + static_cast<int>(axes.size());
  for (int64_t& a : axes) a = NormalAxis(a, rank);
  std::sort(axes.begin(), axes.end());
  if (std::unique(axes.begin(), axes.end()) != axes.end()) throw ContradictionError("the axes " + DimsText(axes) + " name one twice");
  Dims out = node.DimsOf(x);
  for (const int64_t a : axes) out.insert(out.begin() + a, 1);
  node.SetOutput(node.Reshape(x, out));
}

void Transpose(OnnxNode& node) {
  const std::vector<int64_t> stored = node.IntsAttribute("perm");
  const int x = node.Input(0);
  const int rank = node.RankOf(x);
  std::vector<int> perm;
  for (int i = rank; stored.empty() && i-- > 0;) perm.push_back(i);
  std::vector<bool> seen(static_cast<size_t>(rank), false);
  for (const int64_t p : stored) {
    if (p < 0 || p >= rank || seen[static_cast<size_t>(p)])
      throw ContradictionError("perm " + DimsText(stored) + " is no permutation of the input's dims");
    seen[static_cast<size_t>(p)] = true;
    perm.push_back(static_cast<int>(p));
  }
  if (static_cast<int>(perm.size()) != rank)
    throw ContradictionError("perm " + DimsText(stored) + " does not fit an input of rank " + std::to_string(rank));
  node.SetOutput(node.Transpose(x, perm));
}

void Concat(OnnxNode& node) {
  if (node.opset() >= 4 && !node.HasAttribute("axis")) throw DamageError("attribute axis is missing");
  const int64_t axis = node.IntAttribute("axis", 1);
  std::vector<int> inputs;
  for (int i = 0; i < node.InputCount(); ++i) inputs.push_back(node.Input(i));
  if (inputs.empty()) throw DamageError("it has no inputs");
  node.SetOutput(node.Concat(inputs, NormalAxis(axis, node.RankOf(inputs[0]))));
}

}  // namespace

std::vector<OnnxOp> OnnxReshapeOps() {
  return {{"Reshape", Reshape},     {"Flatten", Flatten},     {"Squeeze", Squeeze},
          {"Unsqueeze", Unsqueeze}, {"Transpose", Transpose}, {"Concat", Concat}};
}

}  // namespace adze::import
