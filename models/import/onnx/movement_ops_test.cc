// SPDX-License-Identifier: Apache-2.0
// ONNX ops that move or reduce, by their values: fed with constants, a graph is computed by the reference kernels as it is imported.
#include <gtest/gtest.h>

#include <cmath>

#include "models/import/testing/onnx_model.h"
#include "op-registry/ops/indexed.h"

namespace adze::import {
namespace {

using Dims = std::vector<int64_t>;
using Floats = std::vector<float>;

// y = op(x, integers...) of constants.
struct Computed {
  Computed(const std::string& op, const Dims& dims, const Floats& x, int64_t opset, const std::vector<Dims>& ints = {}) : m(opset) {
    m.Floats("x", dims, x);
    m.Output("y", 0);
    std::vector<std::string> inputs = {"x"};
    for (size_t i = 0; i < ints.size(); ++i) {
      inputs.push_back("i" + std::to_string(i));
      m.Ints(inputs.back(), ints[i]);
    }
    node = m.Node(op, inputs, "y");
  }
  graph::Value Out() const {
    const graph::Graph g = m.Import();
    EXPECT_EQ(g.nodes.size(), 1U) << "only the copy into the output is left";
    return g.values[static_cast<size_t>(g.nodes[0].inputs[0])];
  }
  Floats Values() const { return Out().As<float>(); }
  OnnxModelBuilder m;
  onnx::Node* node;
};

Floats Counted(int n) {
  Floats v;
  for (int i = 0; i < n; ++i) v.push_back(static_cast<float>(i));
  return v;
}

TEST(Trap, SliceNegativeStepsAndInt64Limits) {
  const auto cut = [](int64_t start, int64_t end, int64_t step) {
    return Computed("Slice", {10}, Counted(10), 13, {{start}, {end}, {0}, {step}}).Values();
  };
  EXPECT_EQ(cut(-1, INT64_MIN, -1), (Floats{9, 8, 7, 6, 5, 4, 3, 2, 1, 0}));
  EXPECT_EQ(cut(-1, INT64_MIN, -3), (Floats{9, 6, 3, 0}));
  EXPECT_EQ(cut(7, 2, -2), (Floats{7, 5, 3}));
  EXPECT_EQ(cut(-3, -8, -2), (Floats{7, 5, 3}));
  EXPECT_EQ(cut(INT64_MAX, INT64_MIN, INT64_MIN), Floats{9});
  EXPECT_EQ(cut(2, INT64_MAX, INT64_MAX), Floats{2});
  EXPECT_EQ(cut(INT64_MIN, INT64_MAX, 4), (Floats{0, 4, 8}));
  EXPECT_EQ(cut(2, 7, -1), Floats{});
  EXPECT_EQ(cut(INT64_MIN, INT64_MIN, -1), Floats{0});  // the standard clamps a start into the dim, unlike numpy
  EXPECT_NE(Computed("Slice", {10}, Counted(10), 13, {{0}, {9}, {0}, {0}}).m.Report().find("a step is 0"), std::string::npos);
}

TEST(Trap, PadNegativeReflectEdgeAndWrap) {
  const auto padded = [](const char* mode, int64_t before, int64_t after, const Floats& x = {1, 2, 3}) {
    Computed c("Pad", {static_cast<int64_t>(x.size())}, x, 19, {{before, after}});
    SetString(c.node, "mode", mode);
    return c.Values();
  };
  EXPECT_EQ(padded("constant", -1, 2), (Floats{2, 3, 0, 0}));
  EXPECT_EQ(padded("constant", -2, -1), Floats{});
  EXPECT_EQ(padded("reflect", 2, 2), (Floats{3, 2, 1, 2, 3, 2, 1}));
  EXPECT_EQ(padded("reflect", 3, 5), (Floats{2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2}));
  EXPECT_EQ(padded("reflect", -1, 1), (Floats{2, 3, 2}));
  EXPECT_EQ(padded("reflect", 1, 2, {7}), (Floats{7, 7, 7, 7}));
  EXPECT_EQ(padded("edge", 2, 1), (Floats{1, 1, 1, 2, 3, 3}));
  EXPECT_EQ(padded("wrap", 2, 4), (Floats{2, 3, 1, 2, 3, 1, 2, 3, 1}));
  EXPECT_EQ(padded("wrap", 7, 0), (Floats{3, 1, 2, 3, 1, 2, 3, 1, 2, 3}));
  Computed both("Pad", {2, 2}, {1, 2, 3, 4}, 13, {{1, 0, 0, 1}});
  SetString(both.node, "mode", "reflect");
  EXPECT_EQ(both.Values(), (Floats{3, 4, 3, 1, 2, 1, 3, 4, 3}));
}

TEST(Trap, DepthToSpaceDcrAndCrd) {
  const auto moved = [](const char* mode) {
    Computed c("DepthToSpace", {1, 8, 1, 2}, Counted(16), 13);
    SetInt(c.node, "blocksize", 2);
    SetString(c.node, "mode", mode);
    return c.Values();
  };
  EXPECT_EQ(moved("DCR"), (Floats{0, 4, 1, 5, 8, 12, 9, 13, 2, 6, 3, 7, 10, 14, 11, 15}));
  EXPECT_EQ(moved("CRD"), (Floats{0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11, 12, 14, 13, 15}));
  Computed back("SpaceToDepth", {1, 2, 2, 4}, moved("DCR"), 13);
  SetInt(back.node, "blocksize", 2);
  EXPECT_EQ(back.Values(), Counted(16));
}

TEST(Trap, EmptyTensors) {
  EXPECT_EQ(Computed("Gather", {3, 2}, Counted(6), 13, {{}}).Out().dims, (Dims{0, 2}));
  EXPECT_EQ(Computed("Tile", {3}, Counted(3), 13, {{0}}).Out().dims, Dims{0});
  EXPECT_EQ(Computed("Expand", {1, 3}, Counted(3), 13, {{0, 3}}).Out().dims, (Dims{0, 3}));
  EXPECT_EQ(Computed("Pad", {0}, {}, 13, {{1, 2}}).Values(), (Floats{0, 0, 0}));
  EXPECT_EQ(Computed("ReduceSum", {2, 0}, {}, 13, {{1}}).Values(), (Floats{0, 0}));
  EXPECT_EQ(Computed("ReduceProd", {0}, {}, 18, {{0}}).Values(), Floats{1});
  EXPECT_EQ(Computed("ReduceMax", {0, 2}, {}, 18, {{0}}).Values(), (Floats{-INFINITY, -INFINITY}));
  EXPECT_EQ(Computed("ReduceMin", {0, 0}, {}, 18, {{1}}).Values(), Floats{});
  Computed reflect("Pad", {0}, {}, 13, {{1, 2}});
  SetString(reflect.node, "mode", "reflect");
  EXPECT_NE(reflect.m.Report().find("without elements"), std::string::npos);
}

TEST(OnnxReduce, AxesKeepDimsAndNoop) {
  EXPECT_EQ(Computed("ReduceSum", {2, 3}, Counted(6), 13, {{-1}}).Out().dims, (Dims{2, 1}));
  EXPECT_EQ(Computed("ReduceSum", {2, 3}, Counted(6), 13, {{-1}}).Values(), (Floats{3, 12}));
  EXPECT_EQ(Computed("ReduceMax", {2, 3}, Counted(6), 13).Values(), Floats{5});
  Computed flat("ReduceProd", {2, 3}, {1, 2, 3, 4, 5, 6}, 11);
  SetInts(flat.node, "axes", {0});
  SetInt(flat.node, "keepdims", 0);
  EXPECT_EQ(flat.Out().dims, Dims{3});
  EXPECT_EQ(flat.Values(), (Floats{4, 10, 18}));
  Computed noop("ReduceSum", {2}, {3, 4}, 13);
  SetInt(noop.node, "noop_with_empty_axes", 1);
  EXPECT_EQ(noop.Values(), (Floats{3, 4}));
  EXPECT_EQ(Computed("ReduceSumSquare", {2}, {3, 4}, 13).Values(), Floats{25});
  EXPECT_EQ(Computed("ReduceL2", {2}, {3, 4}, 13).Values(), Floats{5});
  EXPECT_NE(Computed("ReduceSum", {2}, {3, 4}, 13, {{1}}).m.Report().find("axis 1 lies outside"), std::string::npos);
}

TEST(OnnxReduce, ArgMaxCumSumTopK) {
  Computed last("ArgMax", {4}, {1, 7, 7, 0}, 13);
  SetInt(last.node, "select_last_index", 1);
  EXPECT_EQ(last.Out().As<int64_t>(), std::vector<int64_t>{2});
  Computed least("ArgMin", {2, 2}, {1, 0, -1, 5}, 13);
  SetInt(least.node, "axis", -1);
  SetInt(least.node, "keepdims", 0);
  EXPECT_EQ(least.Out().As<int64_t>(), (std::vector<int64_t>{1, 0}));
  Computed sum("CumSum", {3}, {1, 2, 3}, 14, {{0}});
  SetInt(sum.node, "exclusive", 1);
  SetInt(sum.node, "reverse", 1);
  EXPECT_EQ(sum.Values(), (Floats{5, 3, 0}));
  OnnxModelBuilder m;
  m.Input("x", {3, 8});
  m.Output("y");
  m.Output("places", 7);
  m.Ints("k", {4});
  m.Node("TopK", {"x", "k"}, "y")->add_output("places");
  const graph::Graph g = m.Import();
  EXPECT_EQ(Only(g, "gather_elements").Params<AxisParams>().axis, 1);
  EXPECT_EQ(g.values[static_cast<size_t>(g.outputs[1])].dims, (Dims{3, 4}));
  m.Ints("nine", {9});
  m.Node("TopK", {"x", "nine"}, "z")->add_output("w");
  EXPECT_NE(m.Report().find("does not fit shape"), std::string::npos);
}

TEST(OnnxIndexed, RowsBecomeSlicesTheRestAGather) {
  EXPECT_EQ(Computed("Gather", {4}, Counted(4), 13, {{2, -1, 0}}).Values(), (Floats{2, 3, 0}));
  EXPECT_EQ(Computed("GatherElements", {2, 2}, Counted(4), 13, {{0}}).m.Report().find("m.onnx: node 0"), 0U);
  EXPECT_NE(Computed("Gather", {4}, Counted(4), 13, {{4}}).m.Report().find("the index 4 lies outside"), std::string::npos);
  OnnxModelBuilder m;
  m.Input("x", {4, 6});
  m.Output("y");
  m.Ints("row", {4, 2, 0});
  SetInt(m.Node("Gather", {"x", "row"}, "y"), "axis", 1);
  const graph::Graph g = m.Import();
  EXPECT_EQ(Only(g, "slice").op, "slice");
  EXPECT_EQ(Only(g, "reverse").op, "reverse");
  EXPECT_EQ(OutputValue(g).dims, (Dims{4, 3}));
}

TEST(OnnxIndexed, ScattersAndOneHot) {
  OnnxModelBuilder m(18);
  m.Input("x", {4});
  m.Input("i", {2, 1}, 7);
  m.Input("u", {2});
  m.Output("y");
  SetString(m.Node("ScatterND", {"x", "i", "u"}, "y"), "reduction", "max");
  EXPECT_EQ(Only(m.Import(), "scatter_nd").Params<ScatterNdParams>().reduction, ScatterReduction::kMax);
  Computed hot("OneHot", {2}, {0, 1}, 11);
  OnnxModelBuilder h(11);
  h.Ints("i", {1, -1});
  h.Ints("depth", {3});
  h.Floats("values", {2}, {-1, 1});
  h.Output("y");
  h.Node("OneHot", {"i", "depth", "values"}, "y");
  const graph::Graph g = h.Import();
  EXPECT_EQ(g.values[static_cast<size_t>(g.nodes.at(0).inputs[0])].As<float>(), (Floats{-1, 1, -1, -1, -1, 1}));
}

TEST(OnnxBlocks, SplitTileExpandTrilu) {
  OnnxModelBuilder m(13);
  m.Input("x", {2, 7});
  m.Output("a");
  m.Output("b");
  m.Output("c");
  onnx::Node* split = m.Node("Split", {"x"}, "a");
  split->add_output("b");
  split->add_output("c");
  SetInt(split, "axis", 1);
  const graph::Graph g = m.Import();
  EXPECT_EQ(g.values[static_cast<size_t>(g.outputs[0])].dims, (Dims{2, 3}));
  EXPECT_EQ(g.values[static_cast<size_t>(g.outputs[2])].dims, (Dims{2, 1}));
  EXPECT_EQ(Computed("Tile", {2, 2}, Counted(4), 13, {{1, 2}}).Values(), (Floats{0, 1, 0, 1, 2, 3, 2, 3}));
  EXPECT_EQ(Computed("Tile", {2, 2}, Counted(4), 13, {{2, 2}}).Values(), (Floats{0, 1, 0, 1, 2, 3, 2, 3, 0, 1, 0, 1, 2, 3, 2, 3}));
  EXPECT_EQ(Computed("Expand", {2, 1}, Counted(2), 13, {{3}}).Values(), (Floats{0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(Computed("Trilu", {2, 3}, Counted(6), 14, {{1}}).Values(), (Floats{0, 1, 2, 0, 0, 5}));
  EXPECT_NE(Computed("Expand", {2, 3}, Counted(6), 13, {{4}}).m.Report().find("do not fit together"), std::string::npos);
}

TEST(OnnxBlocks, CenterCropPadAndEye) {
  Computed both("CenterCropPad", {2, 3}, Counted(6), 18, {{5, 2}});  // an odd element more or less goes behind
  EXPECT_EQ(both.Values(), (Floats{0, 0, 0, 1, 3, 4, 0, 0, 0, 0}));
  for (const auto& [k, want] : {std::pair(int64_t{1}, Floats{0, 1, 0, 0, 0, 1}), std::pair(int64_t{-1}, Floats{0, 0, 0, 1, 0, 0}),
                                std::pair(INT64_MAX, Floats(6, 0)), std::pair(INT64_MIN, Floats(6, 0))}) {
    Computed eye("EyeLike", {2, 3}, Counted(6), 9);
    SetInt(eye.node, "k", k);
    EXPECT_EQ(eye.Values(), want) << k;
  }
}

TEST(OnnxRange, CountsShortOfTheLimit) {
  OnnxModelBuilder m(11);
  m.Floats("from", {}, {1});
  m.Floats("to", {}, {2.5F});
  m.Floats("step", {}, {0.5F});
  m.Output("y");
  m.Node("Range", {"from", "to", "step"}, "y");
  const graph::Graph g = m.Import();
  EXPECT_EQ(g.values[static_cast<size_t>(g.nodes.at(0).inputs[0])].As<float>(), (Floats{1, 1.5F, 2}));
}

}  // namespace
}  // namespace adze::import
