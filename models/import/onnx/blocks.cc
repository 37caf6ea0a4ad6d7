// SPDX-License-Identifier: Apache-2.0
// ONNX ops that repeat, split or rearrange: Expand, Tile, Split, DepthToSpace, SpaceToDepth, Trilu, ReverseSequence,
// CenterCropPad, EyeLike.
#include <algorithm>

#include "models/import/onnx/context.h"
#include "op-registry/ops/movement.h"

namespace adze::import {
namespace {

void Expand(OnnxNode& node) {
  const int x = node.Input(0);
  node.SetOutput(node.Expand(x, BroadcastDims(node.DimsOf(x), node.IntsInput(1, "the shape"))));
}

void Tile(OnnxNode& node) {
  const int x = node.Input(0);
  if (node.opset() >= 6) return node.SetOutput(node.Tile(x, node.IntsInput(1, "the repeats")));
  const std::vector<int64_t> tiles = node.IntsInput(1, "the tiles"), axis = node.IntsInput(2, "the axis");
  if (tiles.size() != 1 || axis.size() != 1) throw ContradictionError("tiles and axis must be one number each");
  std::vector<int64_t> repeats(node.DimsOf(x).size(), 1);
  repeats[static_cast<size_t>(NormalAxis(axis[0], node.RankOf(x)))] = tiles[0];
  node.SetOutput(node.Tile(x, repeats));
}

// Equal parts, the last one smaller where they do not divide the axis.
std::vector<int64_t> EqualParts(int64_t d, int64_t parts) {
  const int64_t size = (d + parts - 1) / parts;
  std::vector<int64_t> sizes;
  for (int64_t left = d; static_cast<int64_t>(sizes.size()) < parts; left -= sizes.back()) sizes.push_back(std::min(left, size));
  return sizes;
}

void Split(OnnxNode& node) {
  const int64_t stored_axis = node.IntAttribute("axis", 0);
  const int64_t outputs = node.IntAttribute("num_outputs", node.OutputCount());
  bool given = false;
  std::vector<int64_t> sizes = node.AttributeOrInput("split", 1, 12, &given);
  const int x = node.Input(0);
  const int axis = NormalAxis(stored_axis, node.RankOf(x));
  if (!given) sizes = EqualParts(node.DimsOf(x)[static_cast<size_t>(axis)], node.OutputCount());
  if (outputs != node.OutputCount() || static_cast<int>(sizes.size()) != node.OutputCount()) {
    throw ContradictionError("it has " + std::to_string(node.OutputCount()) + " outputs for " + std::to_string(sizes.size()) + " parts");
  }
  const std::vector<int> parts = node.Split(x, axis, sizes);
  for (int i = 0; i < node.OutputCount(); ++i) node.SetOutputAt(i, parts[static_cast<size_t>(i)]);
}

int64_t BlockSize(OnnxNode& node, int x) {
  const int64_t block = node.IntAttribute("blocksize", 0);
  if (node.RankOf(x) != 4) throw ContradictionError("the input has shape " + DimsText(node.DimsOf(x)) + "; it must be [N, C, H, W]");
  if (block < 1 || block > (1 << 15)) throw ContradictionError("blocksize is " + std::to_string(block));
  return block;
}

void DepthToSpace(OnnxNode& node) {
  const int x = node.Input(0);
  const int64_t b = BlockSize(node, x);
  const std::string mode = node.StringAttribute("mode", "DCR");
  if (mode != "DCR" && mode != "CRD") throw NodeError("attribute mode has the value " + Quoted(mode) + "; use DCR or CRD");
  const Dims d = node.DimsOf(x);
  const int64_t channels = d[1] / (b * b);
  if (d[1] % (b * b) != 0) throw ContradictionError(std::to_string(d[1]) + " channels are no blocks of " + std::to_string(b * b));
  const Dims out = {d[0], channels, d[2] * b, d[3] * b};
  node.SetOutput(mode == "DCR" ? node.Rearrange(x, {d[0], b, b, channels, d[2], d[3]}, {0, 3, 4, 1, 5, 2}, out)
                               : node.Rearrange(x, {d[0], channels, b, b, d[2], d[3]}, {0, 1, 4, 2, 5, 3}, out));
}

void SpaceToDepth(OnnxNode& node) {
  const int x = node.Input(0);
  const int64_t b = BlockSize(node, x);
  const Dims d = node.DimsOf(x);
  if (d[2] % b != 0 || d[3] % b != 0)
    throw ContradictionError("the shape " + DimsText(d) + " is not made of blocks of " + std::to_string(b));
  node.SetOutput(node.Rearrange(x, {d[0], d[1], d[2] / b, b, d[3] / b, b}, {0, 3, 5, 1, 2, 4}, {d[0], d[1] * b * b, d[2] / b, d[3] / b}));
}

// Cut or padded on both sides, the odd element behind.
void CenterCropPad(OnnxNode& node) {
  std::vector<int64_t> axes = node.IntsAttribute("axes");
  const int x = node.Input(0);
  const std::vector<int64_t> shape = node.IntsInput(1, "the shape");
  const Dims dims = node.DimsOf(x);
  if (axes.empty()) {
    for (size_t i = 0; i < dims.size(); ++i) axes.push_back(static_cast<int64_t>(i));
  }
  if (axes.size() != shape.size())
    throw ContradictionError("there are " + std::to_string(shape.size()) + " sizes for " + std::to_string(axes.size()) + " axes");
  std::vector<int64_t> before(dims.size(), 0), after(dims.size(), 0);
  for (size_t i = 0; i < axes.size(); ++i) {
    const auto axis = static_cast<size_t>(NormalAxis(axes[i], node.RankOf(x)));
    if (shape[i] < 0 || shape[i] > INT32_MAX) throw ContradictionError("the size " + std::to_string(shape[i]) + " is impossible");
    const int64_t more = shape[i] - dims[axis];
    before[axis] = more / 2;  // toward 0: both ways the odd element goes behind
    after[axis] = more - before[axis];
  }
  node.SetOutput(node.PadBy(PadMode::kConstant, x, before, after, Bytes(DTypeBytes(node.TypeOf(x)), 0)));
}

// Ones on a diagonal, known from the shape alone.
void EyeLike(OnnxNode& node) {
  const int64_t k = node.IntAttribute("k", 0);
  const int x = node.Input(0);
  const Dims dims = node.DimsOf(x);
  const auto stored = static_cast<int>(std::clamp<int64_t>(node.IntAttribute("dtype", 0), 0, 1000));
  const DType dtype = stored == 0 ? node.TypeOf(x) : InsideDType(OnnxDType(stored));
  if (dims.size() != 2) throw ContradictionError("the input has shape " + DimsText(dims) + "; it must be a matrix");
  CheckFolded(dims, dtype);
  const Bytes one = node.DataOf(node.Number(dtype, 1));
  Bytes data(static_cast<size_t>(CheckedElements(dims, dtype)) * DTypeBytes(dtype), 0);
  for (int64_t row = std::max<int64_t>(0, k < 0 ? -std::max(k, -dims[0]) : 0); row < dims[0] && k < dims[1] && row + k < dims[1]; ++row) {
    std::copy(one.begin(), one.begin() + static_cast<int64_t>(DTypeBytes(dtype)),
              data.begin() + (row * dims[1] + row + k) * static_cast<int64_t>(DTypeBytes(dtype)));
  }
  node.SetOutput(node.Constant("eye", dtype, dims, std::move(data)));
}

void Trilu(OnnxNode& node) {
  TriluParams p;
  p.upper = node.IntAttribute("upper", 1) != 0 ? 1 : 0;
  const int x = node.Input(0);
  if (node.HasInput(1)) {
    const std::vector<int64_t> k = node.IntsInput(1, "k");
    if (k.size() != 1) throw ContradictionError("k must be one number");
    p.k = static_cast<int32_t>(std::clamp<int64_t>(k[0], INT32_MIN, INT32_MAX));
  }
  if (node.RankOf(x) < 2) throw ContradictionError("the input has shape " + DimsText(node.DimsOf(x)) + "; it must hold matrices");
  node.SetOutput(node.Emit("trilu", {x}, p));
}

void ReverseSequence(OnnxNode& node) {
  ReverseSequenceParams p;
  const int x = node.Input(0);
  p.batch_axis = NormalAxis(node.IntAttribute("batch_axis", 1), node.RankOf(x));
  p.time_axis = NormalAxis(node.IntAttribute("time_axis", 0), node.RankOf(x));
  node.SetOutput(node.Emit("reverse_sequence", {x, node.Input(1)}, p));
}

}  // namespace

std::vector<OnnxOp> OnnxBlockOps() {
  return {{"Expand", Expand},
          {"Tile", Tile},
          {"Split", Split},
          {"DepthToSpace", DepthToSpace},
          {"SpaceToDepth", SpaceToDepth},
          {"CenterCropPad", CenterCropPad},
          {"EyeLike", EyeLike},
          {"Trilu", Trilu},
          {"ReverseSequence", ReverseSequence}};
}

}  // namespace adze::import
