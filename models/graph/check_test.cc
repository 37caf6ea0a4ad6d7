// SPDX-License-Identifier: Apache-2.0
// CheckGraph finds each kind of broken graph and names the pass.
#include <gtest/gtest.h>

#include <functional>

#include "models/graph/test_graph.h"

namespace adze::graph {
namespace {

Graph Good() {
  Graph g;
  g.source = "m.onnx";
  AddTensor(&g, "x", {2, 3});
  AddTensor(&g, "h", {2, 3});
  AddTensor(&g, "y", {2, 3});
  g.AddConstant<float>("c", DType::kF32, {2, 3}, {1, 2, 3, 4, 5, 6});
  AddTensor(&g, "column", {2, 1});
  g.values[4].view = {0, 4, {12, 4}};
  AddTensor(&g, "z", {2, 1});
  AddTensor(&g, "dead", {-7});  // no one names it
  g.inputs = {0};
  g.outputs = {2, 5};
  g.nodes = {MakeNode("sigmoid", "first", {0}, {1}), MakeNode("sigmoid", "second", {1}, {2}), MakeNode("sigmoid", "third", {4}, {5})};
  return g;
}

TEST(CheckGraph, AcceptsASoundGraph) { EXPECT_NO_THROW(CheckGraph(Good(), "import")); }

TEST(CheckGraph, FindsWhatIsBroken) {
  const std::pair<std::function<void(Graph*)>, std::string> cases[] = {
      {[](Graph* g) { g->nodes[0].inputs = {9}; }, "node 'first' (sigmoid) names the value 9"},
      {[](Graph* g) { g->nodes[0].outputs = {-1}; }, "names the value -1"},
      {[](Graph* g) { g->inputs = {70}; }, "the list of graph inputs names the value 70"},
      {[](Graph* g) { g->outputs = {-2}; }, "the list of graph outputs names the value -2"},
      {[](Graph* g) { std::swap(g->nodes[0], g->nodes[1]); }, "node 'second' (sigmoid) reads 'h' before it is written"},
      {[](Graph* g) { g->nodes.erase(g->nodes.begin()); }, "reads 'h', which nothing writes"},
      {[](Graph* g) {
         g->outputs = {1, 6};
         g->values[6].dims = {1};
       },
       "the graph's end reads 'dead', which nothing writes"},
      {[](Graph* g) { g->nodes[1].outputs = {1}; }, "value 'h' is written by 2 nodes"},
      {[](Graph* g) { g->nodes[1].outputs = {3}; }, "value 'c' is a constant or a graph input, and a node writes it"},
      {[](Graph* g) { g->nodes[1].outputs = {0}; }, "value 'x' is a constant or a graph input, and a node writes it"},
      {[](Graph* g) {
         g->values[2].dims = {3, 2};
       },
       "stores the output 'y' float32[3,2], its op says float32[2,3]"},
      {[](Graph* g) { g->values[2].dtype = DType::kI32; }, "stores the output 'y' int32[2,3]"},
      {[](Graph* g) {
         g->values[1].dims = {2, -3};
       },
       "tensor 'h' has the dimension -3"},
      {[](Graph* g) { g->nodes[0].op = "wobble"; }, "node 'first' (wobble): no such op"},
      {[](Graph* g) { g->nodes[0].params = {1}; }, "node 'first' (sigmoid): the size of the parameters is 1 where 0 is needed"},
      {[](Graph* g) {
         g->nodes[0].inputs = {3};
         g->values[3].data.pop_back();
       },
       "constant 'c' float32[2,3] holds 23 bytes"},
      {[](Graph* g) { g->values[4].view.root = 99; }, "view 'column' has a root that does not exist"},
      {[](Graph* g) { g->values[0].view.root = 1; }, "view 'column' has another view as its root"},
      {[](Graph* g) { g->values[4].view.strides = {12}; }, "view 'column' has not one stride per dimension"},
      {[](Graph* g) { g->values[4].view.offset_bytes = 8; }, ""},
      {[](Graph* g) { g->values[4].view.offset_bytes = 9; }, "view 'column' reaches outside 'x'"},
      {[](Graph* g) { g->values[4].view.offset_bytes = -4; }, "view 'column' reaches outside 'x'"},
      {[](Graph* g) {
         g->values[4].view.strides = {INT64_MAX, 4};
       },
       "view 'column' reaches outside 'x'"},
      {[](Graph* g) {
         g->values[4].view.strides = {-4, 4};
       },
       "view 'column' reaches outside 'x'"},
  };
  for (size_t i = 0; i < std::size(cases); ++i) {
    Graph g = Good();
    cases[i].first(&g);
    const std::string text = MessageOf<std::logic_error>([&] { CheckGraph(g, "fold_padding"); });
    EXPECT_EQ(text.empty(), cases[i].second.empty()) << "case " << i << ": " << text;
    EXPECT_TRUE(Contains(text, cases[i].second)) << "case " << i << ": " << text;
    EXPECT_EQ(text.empty(), !Contains(text, "'m.onnx' is broken after fold_padding")) << text;
  }
}

TEST(CheckGraph, TellsEverythingAtOnce) {
  Graph g = Good();
  g.nodes[0].op = "wobble";
  g.values[5].dims = {1, 2};
  const std::string text = MessageOf<std::logic_error>([&] { CheckGraph(g, "x"); });
  EXPECT_TRUE(Contains(text, "no such op") && Contains(text, "stores the output 'z'")) << text;
}

}  // namespace
}  // namespace adze::graph
