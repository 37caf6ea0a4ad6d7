// SPDX-License-Identifier: Apache-2.0
// TFLite ops that move or reduce, by their values: fed with constants, a graph is computed by the reference kernels as it is imported.
#include <gtest/gtest.h>

#include "models/import/testing/tflite_model.h"
#include "op-registry/ops/indexed.h"

namespace adze::import {
namespace {

using Dims = std::vector<int64_t>;
using Floats = std::vector<float>;

Floats Counted(int n) {
  Floats v;
  for (int i = 0; i < n; ++i) v.push_back(static_cast<float>(i));
  return v;
}

// What the output of a graph of constants is a copy of.
graph::Value Source(const graph::Graph& g, size_t output = 0) {
  for (const graph::Node& n : g.nodes) {
    if (n.outputs[0] == g.outputs[output]) return g.values[static_cast<size_t>(n.inputs[0])];
  }
  return {};
}

struct StridedCase {
  std::vector<int32_t> begin, end, step;
  int begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask;
};

graph::Value Strided(const StridedCase& c) {
  TfliteModelBuilder m;
  const int x = m.Floats("x", {2, 3, 4}, Counted(24));
  const int y = m.Tensor("y", {1});
  m.Op(45, {x, m.Ints("b", c.begin), m.Ints("e", c.end), m.Ints("s", c.step)}, {y}, tflite::Options_StridedSliceOptions,
       tflite::CreateStridedSliceOptions(m.fbb(), c.begin_mask, c.end_mask, c.ellipsis_mask, c.new_axis_mask, c.shrink_axis_mask).Union());
  return Source(m.Import({}, {y}));
}

TEST(TfliteStridedSlice, MasksAndNegativeStrides) {
  const graph::Value back = Strided({{0, 2, 3}, {1, 0, -5}, {1, -1, -2}, 0, 0, 0, 0, 0});  // x[0:1, 2:0:-1, 3:-5:-2]
  EXPECT_EQ(back.dims, (Dims{1, 2, 2}));
  EXPECT_EQ(back.As<float>(), (Floats{11, 9, 7, 5}));
  const graph::Value open = Strided({{9, 9, 0}, {9, 9, 1}, {-1, -2, 1}, 3, 3, 0, 0, 0});  // x[::-1, ::-2, 0:1]
  EXPECT_EQ(open.As<float>(), (Floats{20, 12, 8, 0}));
  EXPECT_EQ(Strided({{-9}, {-10}, {-1}, 0, 0, 0, 0, 0}).dims, (Dims{0, 3, 4}));         // as numpy, unlike ONNX
  const graph::Value dots = Strided({{0, 0, 1}, {0, 0, 2}, {1, 1, 1}, 0, 0, 2, 1, 4});  // x[newaxis, ..., 1]
  EXPECT_EQ(dots.dims, (Dims{1, 2, 3}));
  EXPECT_EQ(dots.As<float>(), (Floats{1, 5, 9, 13, 17, 21}));
  const graph::Value shrunk = Strided({{-1, 1}, {0, 2}, {1, 1}, 0, 0, 0, 0, 3});  // x[-1, 1]
  EXPECT_EQ(shrunk.dims, Dims{4});
  EXPECT_EQ(shrunk.As<float>(), (Floats{16, 17, 18, 19}));
  const graph::Value ends = Strided({{1, 0}, {2, 1}, {1, 1}, 0, 0, 1, 2, 0});  // x[..., newaxis]
  EXPECT_EQ(ends.dims, (Dims{2, 3, 4, 1}));
}

TEST(TfliteBlocks, PackUnpackSplit) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {2, 3});
  const int a = m.Tensor("a", {2}), b = m.Tensor("b", {2}), c = m.Tensor("c", {2}), y = m.Tensor("y", {2, 3});
  m.Op(88, {x}, {a, b, c}, tflite::Options_UnpackOptions, tflite::CreateUnpackOptions(m.fbb(), 3, -1).Union());
  m.Op(83, {c, b, a}, {y}, tflite::Options_PackOptions, tflite::CreatePackOptions(m.fbb(), 3, 1).Union());
  EXPECT_EQ(m.Import({x}, {y}).nodes.back().op, "concat");
  TfliteModelBuilder v;
  const int w = v.Floats("w", {5}, Counted(5));
  const int p = v.Tensor("p", {1}), q = v.Tensor("q", {3}), r = v.Tensor("r", {1});
  v.Op(102, {w, v.Ints("sizes", {1, -1, 1}), v.Ints("axis", {0})}, {p, q, r});
  const graph::Graph g = v.Import({}, {p, q, r});
  EXPECT_EQ(Source(g, 1).As<float>(), (Floats{1, 2, 3}));
  EXPECT_EQ(Source(g, 2).As<float>(), Floats{4});
  TfliteModelBuilder wrong;
  const int u = wrong.Floats("u", {5}, Counted(5));
  const int s = wrong.Tensor("s", {2}), t = wrong.Tensor("t", {2});
  wrong.Op(49, {wrong.Ints("axis", {0}), u}, {s, t});
  EXPECT_NE(wrong.Report({}, {s, t}).find("does not split into 2 equal parts"), std::string::npos);
}

graph::Value Blocks(int code, const std::vector<int32_t>& dims, const std::vector<int32_t>& block, const std::vector<int32_t>& edges) {
  TfliteModelBuilder m;
  int n = 1;
  for (const int32_t d : dims) n *= d;
  const int x = m.Floats("x", dims, Counted(n));
  const int y = m.Tensor("y", {1});
  m.Op(code, {x, m.Ints("block", block), m.Constant("edges", {static_cast<int32_t>(block.size()), 2}, tflite::TensorType_INT32, edges)},
       {y});
  return Source(m.Import({}, {y}));
}

TEST(TfliteBlocks, BatchesAndDepth) {
  const graph::Value s = Blocks(38, {1, 2, 3, 1}, {2, 2}, {0, 0, 0, 1});
  EXPECT_EQ(s.dims, (Dims{4, 1, 2, 1}));
  EXPECT_EQ(s.As<float>(), (Floats{0, 2, 1, 0, 3, 5, 4, 0}));
  const graph::Value b = Blocks(37, {4, 1, 2, 1}, {2, 2}, {0, 0, 0, 1});
  EXPECT_EQ(b.dims, (Dims{1, 2, 3, 1}));
  EXPECT_EQ(b.As<float>(), (Floats{0, 2, 1, 4, 6, 5}));
  TfliteModelBuilder m;
  const int x = m.Floats("x", {1, 1, 1, 8}, Counted(8));
  const int y = m.Tensor("y", {1});
  m.Op(5, {x}, {y}, tflite::Options_DepthToSpaceOptions, tflite::CreateDepthToSpaceOptions(m.fbb(), 2).Union());
  const graph::Value d = Source(m.Import({}, {y}));
  EXPECT_EQ(d.dims, (Dims{1, 2, 2, 2}));
  EXPECT_EQ(d.As<float>(), Counted(8));
}

TEST(TfliteBlocks, MirrorPads) {
  for (const auto& [mode, want] : {std::pair(tflite::MirrorPadMode_REFLECT, Floats{3, 2, 1, 2, 3, 2}),
                                   std::pair(tflite::MirrorPadMode_SYMMETRIC, Floats{2, 1, 1, 2, 3, 3})}) {
    TfliteModelBuilder m;
    const int x = m.Floats("x", {3}, {1, 2, 3});
    const int y = m.Tensor("y", {6});
    m.Op(100, {x, m.Constant("p", {1, 2}, tflite::TensorType_INT32, std::vector<int32_t>{2, 1})}, {y}, tflite::Options_MirrorPadOptions,
         tflite::CreateMirrorPadOptions(m.fbb(), mode).Union());
    EXPECT_EQ(Source(m.Import({}, {y})).As<float>(), want);
  }
}

TEST(TfliteIndexed, ScatterAddsWhatMeets) {
  for (const auto& [places, want] :
       {std::pair(std::vector<int32_t>{1, 1}, Floats{0, 7, 0}), std::pair(std::vector<int32_t>{2, 0}, Floats{4, 0, 3})}) {
    TfliteModelBuilder m;
    const int i = m.Constant("i", {2, 1}, tflite::TensorType_INT32, places);
    const int y = m.Tensor("y", {3});
    m.Op(122, {i, m.Floats("u", {2}, {3, 4}), m.Ints("shape", {3})}, {y});
    EXPECT_EQ(Source(m.Import({}, {y})).As<float>(), want);
  }
}

TEST(TfliteIndexed, OneHotLeavesOutNegativeIndices) {
  TfliteModelBuilder m;
  const int i = m.Ints("i", {1, -1});
  const int y = m.Tensor("y", {2, 2});
  m.Op(85,
       {i, m.Constant("depth", {}, tflite::TensorType_INT32, std::vector<int32_t>{2}), m.Floats("on", {}, {5}), m.Floats("off", {}, {0})},
       {y}, tflite::Options_OneHotOptions, tflite::CreateOneHotOptions(m.fbb(), -1).Union());
  EXPECT_EQ(Source(m.Import({}, {y})).As<float>(), (Floats{0, 5, 0, 0}));
}

TEST(TfliteReduce, SumAnyAndArgMax) {
  TfliteModelBuilder m;
  const int x = m.Floats("x", {2, 3}, {1, 5, 2, 7, 0, 7});
  const int sum = m.Tensor("sum", {2, 1}), arg = m.Tensor("arg", {2}, tflite::TensorType_INT32),
            any = m.Tensor("any", {1}, tflite::TensorType_BOOL);
  const int bools = m.Constant("bools", {1, 2}, tflite::TensorType_BOOL, std::vector<uint8_t>{0, 1});
  m.Op(74, {x, m.Ints("axes", {-1})}, {sum}, tflite::Options_ReducerOptions, tflite::CreateReducerOptions(m.fbb(), true).Union());
  m.Op(56, {x, m.Ints("axis", {1})}, {arg});
  m.Op(91, {bools, m.Ints("last", {1})}, {any});
  const graph::Graph g = m.Import({}, {sum, arg, any});
  EXPECT_EQ(Source(g, 0).As<float>(), (Floats{8, 14}));
  EXPECT_EQ(Source(g, 1).As<int32_t>(), (std::vector<int32_t>{1, 0}));
  EXPECT_EQ(Source(g, 2).data, std::vector<uint8_t>{1});
}

TEST(TfliteShape, ShapesReachNoDevice) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {2, 6});
  const int s = m.Tensor("s", {2}, tflite::TensorType_INT32), n = m.Tensor("n", {1}, tflite::TensorType_INT32);
  const int p = m.Tensor("p", {2}, tflite::TensorType_INT32), y = m.Tensor("y", {2, 6});
  m.Op(77, {x}, {s});
  m.Op(45, {s, m.Ints("b", {0}), m.Ints("e", {1}), m.Ints("st", {1})}, {n}, tflite::Options_StridedSliceOptions,
       tflite::CreateStridedSliceOptions(m.fbb(), 0, 0, 0, 0, 1).Union());
  m.Op(83, {n, m.Constant("minus", {}, tflite::TensorType_INT32, std::vector<int32_t>{-1})}, {p}, tflite::Options_PackOptions,
       tflite::CreatePackOptions(m.fbb(), 2, 0).Union());
  m.Op(22, {x, p}, {y});
  const graph::Graph g = m.Import({x}, {y});
  EXPECT_EQ(g.nodes.size(), 1U);
}

}  // namespace
}  // namespace adze::import
