// SPDX-License-Identifier: Apache-2.0
// Golden tests of the dump: one file with every kind of storage, and params of known, foreign and wrong size.
#include "models/format/dump.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <memory>
#include <regex>
#include <set>

#include "models/format/writer.h"
#include "models/graph/graph.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/movement.h"
#include "op-registry/ops/ops.rows.h"
#include "op-registry/ops/unary.h"

namespace adze::format {
namespace {

struct Freed {
  void operator()(uint8_t* p) const { std::free(p); }
};
using AlignedBytes = std::unique_ptr<uint8_t, Freed>;

AlignedBytes Aligned(size_t bytes) { return AlignedBytes(static_cast<uint8_t*>(std::aligned_alloc(64, (bytes + 64) / 64 * 64))); }

std::string DumpOf(const std::vector<uint8_t>& file) {
  const AlignedBytes data = Aligned(file.size());
  std::memcpy(data.get(), file.data(), file.size());
  Model model;
  EXPECT_TRUE(Open(data.get(), file.size(), &model).ok());
  if (model.graph == nullptr) return "";
  const AlignedBytes workspace = Aligned(WorkspaceBytes(model));
  const Status status = Verify(model, workspace.get());
  EXPECT_TRUE(status.ok()) << static_cast<int>(status.detail) << " " << status.got << " " << status.want;
  return DumpAdze(model);
}

// y = x + ones, clamped below; z is a transposed view of y; w comes of an op that no Adze knows.
graph::Graph SmallGraph() {
  graph::Graph g;
  g.name = "small";
  const auto value = [&](const std::string& name, std::vector<int64_t> dims, int64_t offset) {
    graph::Value v;
    v.name = name;
    v.dims = std::move(dims);
    v.arena_offset = offset;
    return g.AddValue(v);
  };
  const int x = value("x", {2, 3}, 0), y = value("y", {2, 3}, 64), z = value("it's\n", {3, 2}, -1), w = value("w", {3, 2}, 128);
  g.values[z].view = {y, 0, {4, 12}};
  const int ones = g.AddConstant("ones", DType::kF32, {1, 3}, std::vector<float>{1, 1, 1});
  graph::Node n;
  n.op = "add";
  n.name = "sum";
  n.inputs = {x, ones};
  n.outputs = {y};
  n.SetParams(ClampParams{{-0.5f, INFINITY}});
  n.scratch_offset = 192;
  n.scratch_bytes = 64;
  g.nodes.push_back(n);
  graph::Node strange;
  strange.op = "fold";
  strange.inputs = {z};
  strange.outputs = {w};
  strange.params = {1, 0xff, 0x20};
  g.nodes.push_back(strange);
  g.inputs = {x};
  g.outputs = {w};
  g.arena_bytes = 256;
  return g;
}

TEST(DumpAdze, Golden) {
  const std::string text = DumpOf(WriteAdze(SmallGraph()));
  const size_t first = text.find('\n') + 1;
  EXPECT_EQ(text.substr(first),
            "graph 'small', producer 'adze'\n"
            "arena: 256 bytes\n"
            "inputs: [0]\n"
            "outputs: [3]\n"
            "tensor 0 'x': float32 [2, 3], strides [12, 4], arena+0, 24 bytes\n"
            "tensor 1 'y': float32 [2, 3], strides [12, 4], arena+64, 24 bytes\n"
            "tensor 2 'it\\x27s\\x0a': float32 [3, 2], strides [4, 12], view of 1+0, 24 bytes\n"
            "tensor 3 'w': float32 [3, 2], strides [8, 4], arena+128, 24 bytes\n"
            "tensor 4 'ones': float32 [1, 3], strides [12, 4], constant+0, 12 bytes\n"
            "node 0 'sum': add [0, 4] -> [1], params {clamp [-0.5, inf]}, scratch 64 bytes at arena+192\n"
            "node 1 '': fold [2] -> [3], params 0x01ff20\n");
  // The graph's size and checksum are FlatBuffers' affair, of the version that wrote it.
  EXPECT_TRUE(std::regex_match(
      text.substr(0, first),
      std::regex("header: 64 bytes, format 1\\.0, graph [0-9]+ bytes at 64, blob 12 bytes at [0-9]+, checksum 0x[0-9a-f]{16}\n")))
      << text;
}

TEST(DumpAdze, SameFileSameText) {
  EXPECT_EQ(DumpOf(WriteAdze(SmallGraph())), DumpOf(WriteAdze(SmallGraph())));
  EXPECT_NE(DumpOf(WriteAdze(SmallGraph())), DumpOf(WriteAdze([] {
              graph::Graph g = SmallGraph();
              g.nodes[1].params[1] = 0xfe;
              return g;
            }())));
}

template <typename T>
std::string TextOf(const std::string& op, const T& params) {
  return ParamsText(op, {reinterpret_cast<const uint8_t*>(&params), sizeof(params)});
}

TEST(ParamsText, Structs) {
  Conv2dParams conv;
  conv.kernel_h = 3;
  conv.pad_right = 2;
  conv.channels_out = 8;
  conv.packing = Packing::kPanels16;
  EXPECT_EQ(
      TextOf("conv2d", conv),
      "{kernel [3, 1], stride [1, 1], dilation [1, 1], pad [0, 0, 0, 2], groups 1, channels_out 8, clamp [-inf, inf], packing panels16, "
      "has_residual 0}");
  conv.packing = Packing::kWinograd4x3;
  EXPECT_NE(TextOf("conv2d", conv).find("packing winograd4x3"), std::string::npos);
  conv.reserved[1] = 7;
  conv.packing = static_cast<Packing>(9);
  EXPECT_NE(TextOf("conv2d", conv).find("packing 9, has_residual 0, reserved [0, 7]}"), std::string::npos);
  EXPECT_EQ(TextOf("concat", ConcatParams{-1}), "{axis -1}");
  EXPECT_EQ(TextOf("concat", uint16_t{0x1234}), "0x3412");
  EXPECT_EQ(TextOf("cast", uint8_t{1}), "0x01");
  EXPECT_EQ(ParamsText("conv2d", {}), "");
}

// An op added without its decoder would be dumped in hexadecimal.
TEST(ParamsText, KnowsEveryOp) {
  const uint8_t zeros[128] = {};
  for (const OpRow& row : kOpRows) {
    const std::string op = row.op;
    static const std::set<std::string> kNoParams = {
        "abs",        "acos", "acosh",      "asin",  "asinh",    "atan", "atanh",     "bitwise_and", "bitwise_or", "bitwise_xor", "cast",
        "ceil",       "cos",  "cosh",       "equal", "erf",      "exp",  "expand",    "floor",       "floor_div",  "fmod",        "gelu",
        "hard_swish", "less", "less_equal", "log",   "mod",      "neg",  "not_equal", "pow",         "prelu",      "reshape",     "round",
        "sigmoid",    "sign", "sin",        "sinh",  "softplus", "sqrt", "tan",       "tanh",        "where"};
    if (kNoParams.count(op) != 0) continue;
    int decoded = 0;
    for (size_t n = 1; n <= sizeof(zeros); ++n) decoded += ParamsText(op, {zeros, n})[0] == '{';
    EXPECT_EQ(decoded, 1) << op << ": decode its params in dump_params.cc, or name it above if it has none";
  }
}

}  // namespace
}  // namespace adze::format
