// SPDX-License-Identifier: Apache-2.0
// Ops of the domain com.microsoft that transformer exports carry: activations with a bias, embeddings, attention.
#include <cfloat>
#include <cmath>

#include "models/import/normalize.h"
#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

int WithBias(OnnxNode& node, int x) { return node.HasInput(1) ? ScaleAndShift(&node, x, -1, node.FloatInput(1)) : x; }

void BiasGelu(OnnxNode& node) { node.SetOutput(node.Map("gelu", WithBias(node, node.FloatInput(0)))); }
void FastGelu(OnnxNode& node) { node.SetOutput(TanhGelu(&node, WithBias(node, node.FloatInput(0)))); }

// x sigmoid(alpha x)
void QuickGelu(OnnxNode& node) {
  const float alpha = node.FloatAttribute("alpha", 1.702f);
  const int x = node.FloatInput(0);
  node.SetOutput(node.Binary("mul", x, node.Map("sigmoid", node.Times(x, alpha)), {}));
}

// Rows of three tables, added and normalized.
void EmbedLayerNormalization(OnnxNode& node) {
  const float epsilon = node.FloatAttribute("epsilon", 1e-12f);
  if (node.IntAttribute("mask_index_type", 0) != 0) throw NodeError("attribute mask_index_type is not 0");
  node.RefuseOutput(1, "mask_index");
  const int ids = node.Input(0), words = node.FloatInput(2), places = node.FloatInput(3);
  const Dims dims = node.DimsOf(ids), table = node.DimsOf(places);
  if (dims.size() != 2 || table.size() != 2 || dims[1] > table[0])
    throw ContradictionError("ids of shape " + DimsText(dims) + " do not fit positions of shape " + DimsText(table));
  int sum = node.Gather(words, ids, 0, 0);
  const int position =
      node.HasInput(8) ? node.Gather(places, node.Input(8), 0, 0) : node.Slice(places, {0, 0}, {1, 1}, {dims[1], table[1]});
  sum = ScaleAndShift(&node, sum, -1, position);
  if (node.HasInput(1)) sum = ScaleAndShift(&node, sum, -1, node.Gather(node.FloatInput(4), node.Input(1), 0, 0));
  if (node.OutputIsUsed(2)) node.SetOutputAt(2, sum);
  node.SetOutput(node.LayerNorm(sum, 2, node.FloatInput(5), node.FloatInput(6), epsilon));
}

struct Heads {
  int64_t count;
  float scale;     // 0: 1 / sqrt(elements of a head)
  int addend;      // to the scaled scores, broadcast; -1: none
  bool is_causal;  // no query sees a later key
};

int PlusScores(OnnxNode& node, int scores, int addend) {
  const Dims dims = node.DimsOf(scores);
  const int sum = node.Binary("add", scores, addend, {});
  if (node.DimsOf(sum) != dims) throw ContradictionError("what is added to the scores does not fit their shape " + DimsText(dims));
  return sum;
}

int CausalMask(OnnxNode& node, int64_t queries, int64_t keys) {
  node.builder().Charge(CheckedElements({queries, keys}, DType::kF32) * 4);  // before the bytes are there
  std::vector<float> mask(static_cast<size_t>(queries * keys));
  for (int64_t q = 0; q < queries; ++q) {
    for (int64_t k = q + keys - queries + 1; k < keys; ++k) mask[static_cast<size_t>(q * keys + k)] = -FLT_MAX;
  }
  return node.FloatConstant("causal", {queries, keys}, mask);
}

// softmax(q k^T) v for each head; q, k, v are [B, S, count * elements].
int Attend(OnnxNode& node, int q, int k, int v, const Heads& heads) {
  const auto split = [&](int x, const std::vector<int>& perm) {
    const Dims dims = node.DimsOf(x);
    if (dims.size() != 3) throw NodeError("an operand has shape " + DimsText(dims) + "; only [batch, sequence, hidden] is supported");
    if (heads.count < 1 || dims[2] < 1 || dims[2] % heads.count != 0)
      throw ContradictionError(std::to_string(dims[2]) + " elements do not fall into " + std::to_string(heads.count) + " heads");
    return node.Transpose(node.Reshape(x, {dims[0], dims[1], heads.count, dims[2] / heads.count}), perm);
  };
  int scores = node.BatchedProduct(split(q, {0, 2, 1, 3}), split(k, {0, 2, 3, 1}));
  const Dims dims = node.DimsOf(scores);
  const int64_t head = node.DimsOf(q)[2] / heads.count;
  float scale = heads.scale != 0 ? heads.scale : 1 / std::sqrt(static_cast<float>(head));
  if (heads.addend >= 0 || heads.is_causal) {
    scores = node.Times(scores, scale);
    scale = 1;
  }
  if (heads.addend >= 0) scores = PlusScores(node, scores, heads.addend);
  if (heads.is_causal) scores = PlusScores(node, scores, CausalMask(node, dims[2], dims[3]));
  const int y = node.Transpose(node.BatchedProduct(node.SoftmaxOver(scores, 3, scale), split(v, {0, 2, 1, 3})), {0, 2, 1, 3});
  const Dims out = node.DimsOf(y);
  return node.Reshape(y, {out[0], out[1], out[2] * out[3]});
}

// A mask [B, keys] of 1 for keys that are seen and 0 for others, as an addend; with the bias of input `bias` where there is one.
int ScoreAddend(OnnxNode& node, int mask, int bias, float hidden) {
  const int given = node.HasInput(bias) ? node.FloatInput(bias) : -1;
  if (!node.HasInput(mask)) return given;
  const int seen = node.Input(mask);
  const Dims dims = node.DimsOf(seen);
  if (dims.size() != 2) throw NodeError("its mask has shape " + DimsText(dims) + "; only [batch, keys] is supported");
  const int number = node.Reshape(node.CastTo(seen, DType::kF32), {dims[0], 1, 1, dims[1]});
  const int addend = node.Times(node.Binary("sub", node.Number(DType::kF32, 1), number, {}), hidden);
  return given < 0 ? addend : node.Binary("add", addend, given, {});
}

Heads ReadHeads(OnnxNode& node, int mask, int bias) {
  Heads heads{};
  heads.count = node.IntAttribute("num_heads", 0);
  heads.scale = node.FloatAttribute("scale", 0);
  heads.is_causal = node.IntAttribute("unidirectional", 0) != 0;
  heads.addend = ScoreAddend(node, mask, bias, node.FloatAttribute("mask_filter_value", -10000));
  for (int i = 1; i < node.OutputCount(); ++i) node.RefuseOutput(i, "of present keys and values");
  return heads;
}

void RefusePast(OnnxNode& node, int first, int last) {
  for (int i = first; i <= last; ++i) {
    if (node.HasInput(i)) throw NodeError("its input " + std::to_string(i) + " (of past keys and values) is not supported");
  }
}

// One product makes queries, keys and values.
void Attention(OnnxNode& node) {
  if (node.IntAttribute("do_rotary", 0) != 0) throw NodeError("attribute do_rotary is on");
  RefusePast(node, 4, 4);
  RefusePast(node, 6, 6);
  const Heads heads = ReadHeads(node, 3, 5);
  std::vector<int64_t> sizes = node.IntsAttribute("qkv_hidden_sizes");
  const int x = node.FloatInput(0), weights = node.ConstantInput(1, "the weights");
  const Dims w = node.DimsOf(weights);
  if (w.size() != 2 || node.RankOf(x) != 3)
    throw ContradictionError("weights of shape " + DimsText(w) + " do not fit " + DimsText(node.DimsOf(x)));
  if (sizes.empty()) sizes = {w[1] / 3, w[1] / 3, w[1] / 3};
  if (sizes.size() != 3) throw ContradictionError("qkv_hidden_sizes has " + std::to_string(sizes.size()) + " elements");
  const int bias = node.HasInput(2) ? node.ConstantInput(2, "the bias") : -1;
  const std::vector<int> parts = node.Split(node.MatrixProduct(x, node.Transpose(weights, {1, 0}), bias, {}), 2, sizes);
  node.SetOutput(Attend(node, parts[0], parts[1], parts[2], heads));
}

void MultiHeadAttention(OnnxNode& node) {
  RefusePast(node, 6, 9);
  if (!node.HasInput(1) || !node.HasInput(2))
    throw NodeError("packed queries, keys and values are not supported; give them as three inputs");
  const Heads heads = ReadHeads(node, 4, 5);
  int operands[3];
  for (int i = 0; i < 3; ++i) operands[i] = node.FloatInput(i);
  if (node.HasInput(3)) {
    std::vector<int64_t> sizes;
    for (const int x : operands) sizes.push_back(node.RankOf(x) < 1 ? 0 : node.DimsOf(x).back());
    const std::vector<int> biases = node.Split(node.FloatInput(3), 0, sizes);
    for (size_t i = 0; i < 3; ++i) operands[i] = ScaleAndShift(&node, operands[i], -1, biases[i]);
  }
  node.SetOutput(Attend(node, operands[0], operands[1], operands[2], heads));
}

// Pairs of elements of each head are turned by the angles of their position: halves of a head, or neighbours if interleaved.
void RotaryEmbedding(OnnxNode& node) {
  const bool interleaved = node.IntAttribute("interleaved", 0) != 0;
  if (node.IntAttribute("rotary_embedding_dim", 0) != 0)
    throw NodeError("attribute rotary_embedding_dim is set; only whole heads are turned");
  if (node.IntAttribute("is_packed_batching", 0) != 0) throw NodeError("attribute is_packed_batching is on");
  if (node.FloatAttribute("scale", 1) != 1) throw NodeError("attribute scale is not 1");
  node.IgnoreAttributes({"num_heads"});
  const int x = node.FloatInput(0), ids = node.Input(1);
  const Dims dims = node.DimsOf(x), cache = node.DimsOf(node.FloatInput(2)), which = node.DimsOf(ids);
  const bool heads_first = dims.size() == 4;
  if (dims.size() < 3 || dims.size() > 4 || cache.size() != 2 || cache[1] < 1)
    throw ContradictionError("the input has shape " + DimsText(dims));
  const int64_t half = cache[1], steps = dims[heads_first ? 2 : 1], heads = heads_first ? dims[1] : dims[2] / (2 * half);
  if (dims.back() != (heads_first ? 1 : heads) * 2 * half)
    throw ContradictionError("angles of shape " + DimsText(cache) + " do not fit " + DimsText(dims));
  if (which.size() != 2 && !(which.size() == 1 && which[0] == 1)) throw ContradictionError("position_ids has shape " + DimsText(which));
  const auto angles = [&](int input) {
    const int table = node.FloatInput(input);
    const int64_t first = which.size() == 2 ? 0 : node.IntsOf(ids, "the first position").at(0);
    if (first < 0 || (which.size() == 1 && first + steps > cache[0]))
      throw ContradictionError("there are too few angles for the positions");
    const int rows = which.size() == 2 ? node.Gather(table, ids, 0, 0) : node.Slice(table, {first, 0}, {1, 1}, {steps, half});
    const int64_t batch = which.size() == 2 ? which[0] : 1;
    return node.Reshape(rows, heads_first ? Dims{batch, 1, steps, half} : Dims{batch, steps, 1, half});
  };
  const int c = angles(2), s = angles(3);
  const Dims outer = heads_first ? Dims{dims[0], heads, steps} : Dims{dims[0], steps, heads};
  const auto with = [&](Dims tail) {
    Dims all = outer;
    all.insert(all.end(), tail.begin(), tail.end());
    return all;
  };
  const int axis = interleaved ? 4 : 3;
  const std::vector<int> parts = node.Split(node.Reshape(x, with(interleaved ? Dims{half, 2} : Dims{2, half})), axis, {1, 1});
  const int a = node.DropDim(parts[0], axis), b = node.DropDim(parts[1], axis);
  const auto times = [&](int p, int q) { return node.Binary("mul", p, q, {}); };
  const int left = node.Binary("sub", times(a, c), times(b, s), {}), right = node.Binary("add", times(b, c), times(a, s), {});
  node.SetOutput(node.Reshape(node.Stack({left, right}, axis), dims));
}

}  // namespace

std::vector<OnnxOp> OnnxFusedOps() {
  return {{"com.microsoft.BiasGelu", BiasGelu},
          {"com.microsoft.Gelu", BiasGelu},
          {"com.microsoft.FastGelu", FastGelu},
          {"com.microsoft.QuickGelu", QuickGelu},
          {"com.microsoft.EmbedLayerNormalization", EmbedLayerNormalization},
          {"com.microsoft.Attention", Attention},
          {"com.microsoft.MultiHeadAttention", MultiHeadAttention},
          {"com.microsoft.RotaryEmbedding", RotaryEmbedding}};
}

}  // namespace adze::import
