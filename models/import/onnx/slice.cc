// SPDX-License-Identifier: Apache-2.0
// ONNX ops that add or drop elements: Slice and Pad.
#include <algorithm>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

struct Cut {
  std::vector<int64_t> begin, step;
  Dims size;
};

Cut ReadCut(OnnxNode& node, const Dims& dims) {
  bool given = false, has_axes = false, has_steps = false;
  const std::vector<int64_t> starts = node.AttributeOrInput("starts", 1, 9, &given);
  const std::vector<int64_t> ends = node.AttributeOrInput("ends", 2, 9, &given);
  std::vector<int64_t> axes = node.AttributeOrInput("axes", 3, 9, &has_axes);
  std::vector<int64_t> steps;
  if (node.opset() >= 10 && node.HasInput(4)) {
    steps = node.IntsInput(4, "steps");
    has_steps = true;
  }
  if (!has_axes) {
    for (size_t i = 0; i < starts.size() && i <= dims.size(); ++i) axes.push_back(static_cast<int64_t>(i));
  }
  if (!has_steps) steps.assign(starts.size(), 1);
  if (starts.size() != ends.size() || starts.size() != axes.size() || starts.size() != steps.size()) {
    throw ContradictionError("starts, ends, axes and steps have different lengths");
  }
  Cut cut = {std::vector<int64_t>(dims.size(), 0), std::vector<int64_t>(dims.size(), 1), dims};
  std::vector<bool> seen(dims.size(), false);
  for (size_t i = 0; i < starts.size(); ++i) {
    const auto axis = static_cast<size_t>(NormalAxis(axes[i], static_cast<int>(dims.size())));
    if (seen[axis]) throw ContradictionError("the axes " + DimsText(axes) + " name one twice");
    seen[axis] = true;
    const AxisCut one = CutAxis(dims[axis], starts[i], ends[i], steps[i]);
    cut.begin[axis] = one.begin;
    cut.step[axis] = one.step;
    cut.size[axis] = one.size;
  }
  return cut;
}

int FoldSlice(OnnxNode& node, int x, const Cut& cut) {
  const Dims dims = node.DimsOf(x);
  std::vector<int64_t> strides = DenseStrides(dims);
  int64_t start = 0;
  for (size_t i = 0; i < dims.size(); ++i) {
    start += cut.begin[i] * strides[i];
    strides[i] *= cut.size[i] <= 1 ? 1 : cut.step[i];
  }
  const DType dtype = node.TypeOf(x);
  return node.Constant("sliced", dtype, cut.size, GatherStrided(node.DataOf(x), DTypeBytes(dtype), start, strides, cut.size));
}

void Slice(OnnxNode& node) {
  const int x = node.Input(0);
  const Cut cut = ReadCut(node, node.DimsOf(x));
  if (node.IsConstant(x)) return node.SetOutput(FoldSlice(node, x, cut));
  node.SetOutput(node.Cut(x, cut.begin, cut.step, cut.size));
}

// The pads for all axes, [before..., after...].
std::vector<int64_t> ReadPads(OnnxNode& node, int rank) {
  bool given = false;
  const char* attribute = node.opset() < 2 ? "paddings" : "pads";
  const std::vector<int64_t> pads = node.AttributeOrInput(attribute, 1, 10, &given);
  if (!given) throw DamageError("the pads are missing");
  std::vector<int64_t> axes;
  if (node.opset() >= 18 && node.HasInput(3)) {
    axes = node.IntsInput(3, "axes");
  } else {
    for (int i = 0; i < rank; ++i) axes.push_back(i);
  }
  if (pads.size() != 2 * axes.size()) {
    throw ContradictionError("pads has " + std::to_string(pads.size()) + " numbers for " + std::to_string(axes.size()) + " axes");
  }
  std::vector<int64_t> all(2 * static_cast<size_t>(rank), 0);
  for (size_t i = 0; i < axes.size(); ++i) {
    const auto axis = static_cast<size_t>(NormalAxis(axes[i], rank));
    all[axis] = pads[i];
    all[static_cast<size_t>(rank) + axis] = pads[axes.size() + i];
  }
  return all;
}

Bytes PadElement(OnnxNode& node, DType dtype) {
  if (node.opset() < 11) return BytesOf(std::vector<float>{node.FloatAttribute("value", 0)});
  if (!node.HasInput(2)) return Bytes(DTypeBytes(dtype), 0);
  const int value = node.Input(2);
  node.RequireConstant(value, "the padding value");
  if (node.TypeOf(value) != dtype || node.DataOf(value).size() != DTypeBytes(dtype)) {
    throw ContradictionError("the padding value must be one element of the input's dtype");
  }
  return node.DataOf(value);
}

PadMode ModeOf(const std::string& name) {
  if (name == "constant") return PadMode::kConstant;
  if (name == "reflect") return PadMode::kReflect;
  if (name == "edge") return PadMode::kEdge;
  if (name == "wrap") return PadMode::kWrap;
  throw NodeError("attribute mode has the value " + Quoted(name) + "; use constant, reflect, edge or wrap");
}

void Pad(OnnxNode& node) {
  const PadMode mode = ModeOf(node.StringAttribute("mode", "constant"));
  const int x = node.Input(0);
  const int rank = node.RankOf(x);
  const Bytes element = PadElement(node, node.TypeOf(x));
  if (element.size() != DTypeBytes(node.TypeOf(x))) throw NodeError("only float32 can be padded before opset 11");
  const std::vector<int64_t> pads = ReadPads(node, rank);
  node.SetOutput(node.PadBy(mode, x, {pads.begin(), pads.begin() + rank}, {pads.begin() + rank, pads.end()}, element));
}

}  // namespace

std::vector<OnnxOp> OnnxSliceOps() { return {{"Slice", Slice}, {"Pad", Pad}}; }

}  // namespace adze::import
