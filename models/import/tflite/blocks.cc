// SPDX-License-Identifier: Apache-2.0
// TFLite ops that repeat, split or rearrange: TILE, BROADCAST_TO, SPLIT, SPLIT_V, PACK, UNPACK, DEPTH_TO_SPACE, SPACE_TO_DEPTH,
// SPACE_TO_BATCH_ND, BATCH_TO_SPACE_ND, REVERSE_V2, REVERSE_SEQUENCE, MIRROR_PAD.
#include <algorithm>

#include "models/import/tflite/context.h"
#include "op-registry/ops/movement.h"

namespace adze::import {
namespace {

void Tile(TfliteNode& node) {
  const int x = node.MovedInput(0);
  node.SetOutput(node.Tile(x, node.IntsInput(1, "the multiples")));
}

void BroadcastTo(TfliteNode& node) {
  const int x = node.MovedInput(0);
  node.SetOutput(node.Expand(x, node.IntsInput(1, "the shape")));
}

void SetParts(TfliteNode& node, int x, int64_t axis, const std::vector<int64_t>& sizes) {
  if (static_cast<int>(sizes.size()) != node.OutputCount()) {
    throw ContradictionError("it has " + std::to_string(node.OutputCount()) + " outputs for " + std::to_string(sizes.size()) + " parts");
  }
  const std::vector<int> parts = node.Split(x, NormalAxis(axis, node.RankOf(x)), sizes);
  for (int i = 0; i < node.OutputCount(); ++i) node.SetOutputAt(i, parts[static_cast<size_t>(i)]);
}

int64_t OneNumber(const std::vector<int64_t>& v, const char* what) {
  if (v.size() != 1) throw ContradictionError(std::string(what) + " must be one number");
  return v[0];
}

void Split(TfliteNode& node) {
  const int64_t axis = OneNumber(node.IntsInput(0, "the axis"), "the axis");
  const int x = node.MovedInput(1);
  const int64_t d = node.DimsOf(x)[static_cast<size_t>(NormalAxis(axis, node.RankOf(x)))];
  if (d % node.OutputCount() != 0)
    throw ContradictionError("a dim of " + std::to_string(d) + " does not split into " + std::to_string(node.OutputCount()) +
                             " equal parts");
  SetParts(node, x, axis, std::vector<int64_t>(static_cast<size_t>(node.OutputCount()), d / node.OutputCount()));
}

void SplitV(TfliteNode& node) {
  const int x = node.MovedInput(0);
  std::vector<int64_t> sizes = node.IntsInput(1, "the sizes");
  const int64_t axis = OneNumber(node.IntsInput(2, "the axis"), "the axis");
  int64_t rest = node.DimsOf(x)[static_cast<size_t>(NormalAxis(axis, node.RankOf(x)))];
  for (const int64_t n : sizes) rest -= std::max<int64_t>(0, n);
  const auto open = std::find(sizes.begin(), sizes.end(), -1);
  if (open != sizes.end()) *open = rest;
  SetParts(node, x, axis, sizes);
}

void Pack(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::PackOptions>();
  std::vector<int> inputs;
  for (int i = 0; i < node.InputCount(); ++i) inputs.push_back(node.MovedInput(i));
  if (inputs.empty()) throw DamageError("it has no inputs");
  node.SetOutput(node.Stack(inputs, NormalAxis(o == nullptr ? 0 : o->axis(), node.RankOf(inputs[0]) + 1)));
}

void Unpack(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::UnpackOptions>();
  const int x = node.MovedInput(0);
  const int axis = NormalAxis(o == nullptr ? 0 : o->axis(), node.RankOf(x));
  const int64_t d = node.DimsOf(x)[static_cast<size_t>(axis)];
  if (d != node.OutputCount())
    throw ContradictionError("it has " + std::to_string(node.OutputCount()) + " outputs for a dim of " + std::to_string(d));
  const std::vector<int> parts = node.Split(x, axis, std::vector<int64_t>(static_cast<size_t>(d), 1));
  for (int i = 0; i < node.OutputCount(); ++i) node.SetOutputAt(i, node.DropDim(parts[static_cast<size_t>(i)], axis));
}

void CheckImage(TfliteNode& node, int x, int64_t block) {
  if (node.RankOf(x) != 4) throw ContradictionError("the input has shape " + DimsText(node.DimsOf(x)) + "; it must be [N, H, W, C]");
  if (block < 1 || block > (1 << 15)) throw ContradictionError("the block size is " + std::to_string(block));
}

void DepthToSpace(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::DepthToSpaceOptions>();
  const int64_t b = o == nullptr ? 0 : o->block_size();
  const int x = node.MovedInput(0);
  CheckImage(node, x, b);
  const Dims d = node.DimsOf(x);
  if (d[3] % (b * b) != 0) throw ContradictionError(std::to_string(d[3]) + " channels are no blocks of " + std::to_string(b * b));
  const int64_t c = d[3] / (b * b);
  node.SetOutput(node.Rearrange(x, {d[0], d[1], d[2], b, b, c}, {0, 1, 3, 2, 4, 5}, {d[0], d[1] * b, d[2] * b, c}));
}

void SpaceToDepth(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::SpaceToDepthOptions>();
  const int64_t b = o == nullptr ? 0 : o->block_size();
  const int x = node.MovedInput(0);
  CheckImage(node, x, b);
  const Dims d = node.DimsOf(x);
  if (d[1] % b != 0 || d[2] % b != 0)
    throw ContradictionError("the shape " + DimsText(d) + " is not made of blocks of " + std::to_string(b));
  node.SetOutput(node.Rearrange(x, {d[0], d[1] / b, b, d[2] / b, b, d[3]}, {0, 1, 3, 2, 4, 5}, {d[0], d[1] / b, d[2] / b, d[3] * b * b}));
}

// Block sizes and, for each block dim, what is added or cut ahead and behind.
struct Blocks {
  std::vector<int64_t> size, before, after;
};

Blocks ReadBlocks(TfliteNode& node, int x) {
  Blocks b;
  b.size = node.IntsInput(1, "the block shape");
  const std::vector<int64_t> edges = node.IntsInput(2, "the paddings or crops");
  if (b.size.empty() || b.size.size() > 2 || static_cast<int>(b.size.size()) >= node.RankOf(x))
    throw NodeError("blocks of " + std::to_string(b.size.size()) + " dims of an input of rank " + std::to_string(node.RankOf(x)) +
                    " are not supported");
  if (edges.size() != 2 * b.size.size())
    throw ContradictionError("there are " + std::to_string(edges.size()) + " edges for " + std::to_string(b.size.size()) + " block dims");
  for (size_t i = 0; i < b.size.size(); ++i) {
    if (b.size[i] < 1 || b.size[i] > (1 << 15) || edges[2 * i] < 0 || edges[2 * i + 1] < 0)
      throw ContradictionError("the block shape " + DimsText(b.size) + " or the edges " + DimsText(edges) + " are impossible");
    b.before.push_back(edges[2 * i]);
    b.after.push_back(edges[2 * i + 1]);
  }
  return b;
}

// The dims behind the block dims, as one.
int64_t Depth(const Dims& d, const Blocks& b) { return ProductOf(d, b.size.size() + 1, d.size()); }

void SpaceToBatch(TfliteNode& node) {
  int x = node.MovedInput(0);
  const Blocks b = ReadBlocks(node, x);
  const size_t m = b.size.size();
  std::vector<int64_t> before(node.DimsOf(x).size(), 0), after(node.DimsOf(x).size(), 0);
  std::copy(b.before.begin(), b.before.end(), before.begin() + 1);
  std::copy(b.after.begin(), b.after.end(), after.begin() + 1);
  x = node.Pad(x, before, after, node.ZeroElement(x));
  const Dims d = node.DimsOf(x);
  Dims split = {d[0]}, out = d;
  std::vector<int> perm;
  for (size_t i = 0; i < m; ++i) {
    if (d[i + 1] % b.size[i] != 0)
      throw ContradictionError("the padded shape " + DimsText(d) + " is not made of blocks of " + DimsText(b.size));
    split.push_back(d[i + 1] / b.size[i]);
    split.push_back(b.size[i]);
    perm.push_back(static_cast<int>(2 * i) + 2);
    out[0] *= b.size[i];
    out[i + 1] /= b.size[i];
  }
  perm.push_back(0);
  for (size_t i = 0; i < m; ++i) perm.push_back(static_cast<int>(2 * i) + 1);
  perm.push_back(static_cast<int>(2 * m) + 1);
  split.push_back(Depth(d, b));
  node.SetOutput(node.Rearrange(x, split, perm, out));
}

void BatchToSpace(TfliteNode& node) {
  const int x = node.MovedInput(0);
  const Blocks b = ReadBlocks(node, x);
  const size_t m = b.size.size();
  const Dims d = node.DimsOf(x);
  const int64_t blocks = ProductOf(b.size, 0, m);
  if (d[0] % blocks != 0) throw ContradictionError("a batch of " + std::to_string(d[0]) + " is no blocks of " + DimsText(b.size));
  Dims split = b.size, joined = d, cut = d;
  split.push_back(d[0] / blocks);
  joined[0] = cut[0] = d[0] / blocks;
  std::vector<int> perm = {static_cast<int>(m)};
  std::vector<int64_t> begin(d.size(), 0);
  for (size_t i = 0; i < m; ++i) {
    split.push_back(d[i + 1]);
    perm.push_back(static_cast<int>(m + 1 + i));
    perm.push_back(static_cast<int>(i));
    joined[i + 1] = d[i + 1] * b.size[i];
    begin[i + 1] = b.before[i];
    cut[i + 1] = joined[i + 1] - b.before[i] - b.after[i];
    if (cut[i + 1] < 0) throw ContradictionError("the crops cut more than the shape " + DimsText(joined) + " has");
  }
  split.push_back(Depth(d, b));
  perm.push_back(static_cast<int>(2 * m) + 1);
  node.SetOutput(node.Slice(node.Rearrange(x, split, perm, joined), begin, std::vector<int64_t>(d.size(), 1), cut));
}

void Reverse(TfliteNode& node) {
  const int x = node.MovedInput(0);
  uint32_t axes = 0;
  for (const int64_t a : node.IntsInput(1, "the axes")) axes |= uint32_t{1} << NormalAxis(a, node.RankOf(x));
  node.SetOutput(node.Reverse(x, axes));
}

void ReverseSequence(TfliteNode& node) {
  const auto& o = node.Options<tflite::ReverseSequenceOptions>();
  const int x = node.MovedInput(0);
  ReverseSequenceParams p;
  p.time_axis = NormalAxis(o.seq_dim(), node.RankOf(x));
  p.batch_axis = NormalAxis(o.batch_dim(), node.RankOf(x));
  node.SetOutput(node.Emit("reverse_sequence", {x, node.Input(1)}, p));
}

void MirrorPad(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::MirrorPadOptions>();
  const int x = node.MovedInput(0);
  const std::vector<int64_t> paddings = node.IntsInput(1, "the paddings");
  if (paddings.size() != 2 * node.DimsOf(x).size())
    throw ContradictionError("there are " + std::to_string(paddings.size()) + " paddings for shape " + DimsText(node.DimsOf(x)));
  std::vector<int64_t> before, after;
  for (size_t i = 0; i < paddings.size(); i += 2) {
    before.push_back(paddings[i]);
    after.push_back(paddings[i + 1]);
  }
  const bool symmetric = o != nullptr && o->mode() == tflite::MirrorPadMode_SYMMETRIC;
  node.SetOutput(node.PadBy(symmetric ? PadMode::kSymmetric : PadMode::kReflect, x, before, after, {}));
}

}  // namespace

std::vector<TfliteOp> TfliteBlockOps() {
  return {{5, "DEPTH_TO_SPACE", DepthToSpace},
          {26, "SPACE_TO_DEPTH", SpaceToDepth},
          {37, "BATCH_TO_SPACE_ND", BatchToSpace},
          {38, "SPACE_TO_BATCH_ND", SpaceToBatch},
          {49, "SPLIT", Split, true},
          {69, "TILE", Tile},
          {83, "PACK", Pack},
          {88, "UNPACK", Unpack, true},
          {100, "MIRROR_PAD", MirrorPad},
          {102, "SPLIT_V", SplitV, true},
          {105, "REVERSE_V2", Reverse},
          {112, "REVERSE_SEQUENCE", ReverseSequence},
          {130, "BROADCAST_TO", BroadcastTo}};
}

}  // namespace adze::import
