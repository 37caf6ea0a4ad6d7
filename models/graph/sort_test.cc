// SPDX-License-Identifier: Apache-2.0
// Execution order, cycles, and dependencies through views.
#include <gtest/gtest.h>

#include "models/graph/test_graph.h"

namespace adze::graph {
namespace {

std::string Order(const Graph& g) {
  std::string names;
  for (const Node& n : g.nodes) names += n.name;
  return names;
}

Graph WithValues(int n) {
  Graph g;
  g.source = "m.onnx";
  for (int i = 0; i < n; ++i) AddTensor(&g, "v" + std::to_string(i), {2});
  g.inputs = {0};
  return g;
}

TEST(SortNodes, PutsWritersFirstAndKeepsTheRest) {
  Graph g = WithValues(6);
  g.nodes = {MakeNode("sigmoid", "d", {3}, {4}), MakeNode("sigmoid", "a", {0}, {1}), MakeNode("sigmoid", "x", {0}, {5}),
             MakeNode("sigmoid", "b", {1}, {2}), MakeNode("add", "c", {1, 2}, {3})};
  SortNodes(&g);
  EXPECT_EQ(Order(g), "axbcd");
  SortNodes(&g);
  EXPECT_EQ(Order(g), "axbcd");
  Graph empty;
  SortNodes(&empty);
  EXPECT_TRUE(empty.nodes.empty());
}

TEST(SortNodes, NamesTheNodesOfACycleOnly) {
  Graph g = WithValues(6);
  g.nodes = {MakeNode("sigmoid", "ahead", {0}, {1}), MakeNode("add", "one", {1, 3}, {2}), MakeNode("sigmoid", "two", {2}, {3}),
             MakeNode("sigmoid", "behind", {3}, {4})};
  const std::string text = MessageOf<ImportError>([&] { SortNodes(&g); });
  EXPECT_TRUE(Contains(text, "m.onnx: ")) << text;
  EXPECT_TRUE(Contains(text, "cycle")) << text;
  EXPECT_TRUE(Contains(text, "'one'") && Contains(text, "'two'")) << text;
  EXPECT_FALSE(Contains(text, "ahead") || Contains(text, "behind")) << text;
}

TEST(SortNodes, ANodeThatReadsItselfIsACycle) {
  Graph g = WithValues(2);
  g.nodes = {MakeNode("sigmoid", "self", {1}, {1})};
  EXPECT_TRUE(Contains(MessageOf<ImportError>([&] { SortNodes(&g); }), "'self'"));
}

TEST(SortNodes, RefusesTensorsThatDoNotExist) {
  Graph g = WithValues(2);
  g.nodes = {MakeNode("sigmoid", "low", {-1}, {1}), MakeNode("sigmoid", "high", {0}, {2})};
  const std::string text = MessageOf<ImportError>([&] { SortNodes(&g); });
  EXPECT_TRUE(Contains(text, "'low'") && Contains(text, "'high'")) << text;
}

// A free concat: two nodes write views of one value, a third reads the whole.
TEST(SortNodes, FollowsViews) {
  Graph g = WithValues(5);
  g.values[1].dims = {4};
  g.values[2].view = {1, 0, {4}};
  g.values[3].view = {1, 8, {4}};
  g.nodes = {MakeNode("sigmoid", "c", {1}, {4}), MakeNode("sigmoid", "b", {0}, {3}), MakeNode("sigmoid", "a", {0}, {2})};
  SortNodes(&g);
  EXPECT_EQ(Order(g), "bac");
}

TEST(SortNodes, LongChainsInReverse) {
  constexpr int kNodes = 20000;
  Graph g = WithValues(kNodes + 1);
  for (int i = kNodes; i > 0; --i) g.nodes.push_back(MakeNode("sigmoid", std::to_string(i), {i - 1}, {i}));
  SortNodes(&g);
  for (int i = 0; i < kNodes; ++i) ASSERT_EQ(g.nodes[i].name, std::to_string(i + 1));
}

}  // namespace
}  // namespace adze::graph
