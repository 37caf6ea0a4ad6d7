// SPDX-License-Identifier: Apache-2.0
// Op checks on graph nodes: types written, refusals in words, absurd dims refused.
#include <gtest/gtest.h>

#include "models/graph/test_graph.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/movement.h"
#include "op-registry/ops/ops.rows.h"

namespace adze::graph {
namespace {

TEST(FindOpDef, KnowsEveryRow) {
  for (const OpRow& row : kOpRows) {
    const OpDef* def = FindOpDef(row.op);
    ASSERT_NE(def, nullptr) << row.op;
    EXPECT_STREQ(def->name, row.op);
    EXPECT_EQ(std::string(row.name), std::string("op_") + row.op);
  }
  EXPECT_EQ(FindOpDef("Conv"), nullptr);
  EXPECT_EQ(FindOpDef(""), nullptr);
}

Graph AddGraph(std::vector<int64_t> a, std::vector<int64_t> b) {
  Graph g;
  g.source = "dir/m.tflite";
  AddTensor(&g, "a", std::move(a));
  AddTensor(&g, "b", std::move(b));
  AddTensor(&g, "y", {-1, -1}, DType::kI8);  // as an importer leaves it
  g.inputs = {0, 1};
  g.outputs = {2};
  g.nodes = {MakeNode("add", "sum", {0, 1}, {2})};
  g.nodes[0].SetParams(BinaryParams());
  return g;
}

TEST(InferNode, WritesTheOutput) {
  Graph g = AddGraph({2, 1}, {1, 3});
  InferNode(&g, g.nodes[0]);
  EXPECT_EQ(g.values[2].dims, (std::vector<int64_t>{2, 3}));
  EXPECT_EQ(g.values[2].dtype, DType::kF32);
}

TEST(InferNode, SaysWhatDisagrees) {
  Graph g = AddGraph({2, 4}, {2, 3});
  EXPECT_EQ(MessageOf<ImportError>([&] { InferNode(&g, g.nodes[0]); }),
            "dir/m.tflite: node 'sum' (add): a size is 3 where 4 is needed; inputs: 'a' float32[2,4], 'b' float32[2,3]; outputs: 'y' "
            "int8[-1,-1]");
  g.values[1].dtype = DType::kI32;
  EXPECT_TRUE(Contains(MessageOf<ImportError>([&] { InferNode(&g, g.nodes[0]); }), "an element type is int32 where float32 is needed"));
  g.nodes[0].op = "Gelu";
  EXPECT_TRUE(Contains(MessageOf<ImportError>([&] { InferNode(&g, g.nodes[0]); }), "node 'sum' (Gelu): this build knows no such op"));
  g.nodes[0].op = "add";
  g.nodes[0].inputs = {0, 7};
  EXPECT_TRUE(Contains(MessageOf<ImportError>([&] { InferNode(&g, g.nodes[0]); }), "tensor 7 (no such tensor)"));
}

TEST(InferNode, RefusesAbsurdTensors) {
  const std::pair<std::vector<int64_t>, std::string> cases[] = {
      {{2, -1}, "dimension -1"},
      {{INT64_MIN}, "dimension -9223372036854775808"},
      {{int64_t{1} << 31}, "dimension 2147483648"},
      {{1, 1, 1, 1, 1, 1, 1}, "7 dimensions"},
      {{1 << 20, 1 << 20}, "more than 1099511627776 bytes"},
      {{INT32_MAX, INT32_MAX, INT32_MAX, 0}, "more than 1099511627776 bytes"},
  };
  for (const auto& [dims, part] : cases) {
    Graph g = AddGraph(dims, {1});
    const std::string text = MessageOf<ImportError>([&] { InferNode(&g, g.nodes[0]); });
    EXPECT_TRUE(Contains(text, "dir/m.tflite: tensor 'a'") && Contains(text, part)) << text;
  }
  // Each input is legal, the output is not: 2^39 floats.
  Graph g = AddGraph({1 << 20, 1}, {1, 1 << 19});
  EXPECT_TRUE(Contains(MessageOf<ImportError>([&] { InferNode(&g, g.nodes[0]); }), "would take more than"));
  Graph unknown = AddGraph({1}, {1});
  unknown.values[0].dtype = static_cast<DType>(77);
  EXPECT_TRUE(Contains(MessageOf<ImportError>([&] { InferNode(&unknown, unknown.nodes[0]); }), "unknown element type"));
}

TEST(InferNode, KeptShapesMustBeKnown) {
  Graph g;
  AddTensor(&g, "x", {1});
  AddTensor(&g, "y", {-1});
  g.nodes = {MakeNode("reshape", "flat", {0}, {1})};
  EXPECT_TRUE(Contains(MessageOf<ImportError>([&] { InferNode(&g, g.nodes[0]); }), "'flat'"));
  g.values[1].dims = {1, 1};
  InferNode(&g, g.nodes[0]);
  EXPECT_EQ(g.values[1].dims.size(), 2U);
}

TEST(NodeView, ShowsConstantsAndViews) {
  Graph g = AddGraph({2, 3}, {2, 3});
  g.values[2].dims = {2, 3};
  g.values[0].Set(std::vector<float>{1, 2, 3, 4, 5, 6});
  g.values[1].view = {0, 4, {4, 8}};
  const NodeView view(g, g.nodes[0]);
  const NodeArgs& a = view.args();
  ASSERT_EQ(a.n_in, 2);
  ASSERT_EQ(a.n_out, 1);
  EXPECT_EQ(a.in[0]->strides[0], 12);
  EXPECT_EQ(a.in[0]->as<float>()[5], 6);
  EXPECT_EQ(a.in[1]->strides[0], 4);
  EXPECT_EQ(a.in[1]->strides[1], 8);
  EXPECT_EQ(a.in[1]->as<float>()[0], 2);
  EXPECT_EQ(a.out[0]->data, nullptr);
  EXPECT_EQ(a.params_bytes, sizeof(BinaryParams));
}

}  // namespace
}  // namespace adze::graph
