// SPDX-License-Identifier: Apache-2.0
// The text of a graph, character by character.
#include <gtest/gtest.h>

#include "models/graph/test_graph.h"
#include "op-registry/ops/binary.h"

namespace adze::graph {
namespace {

TEST(DumpGraph, Golden) {
  Graph g;
  g.name = "tiny";
  AddTensor(&g, "x", {1, 4});
  g.AddConstant<float>("bias", DType::kF32, {1, 4}, {1, 2, 3, 4});
  AddTensor(&g, "h", {1, 4});
  AddTensor(&g, "tail", {1, 2});
  g.values[3].view = {2, 8, {16, 4}};
  AddTensor(&g, "y", {1, 2});
  g.values[2].arena_offset = 64;
  g.arena_bytes = 128;
  g.inputs = {0};
  g.outputs = {4};
  g.nodes = {MakeNode("add", "sum", {0, 1}, {2}), MakeNode("sigmoid", "squash", {3}, {4})};
  g.nodes[0].SetParams(BinaryParams{{0, 6}});
  g.nodes[1].params = {255, 255, 255, 255, 7};
  g.nodes[1].scratch_bytes = 32;
  g.nodes[1].scratch_offset = 192;
  EXPECT_EQ(DumpGraph(g),
            "graph 'tiny' arena 128\n"
            "inputs 'x' float32[1,4]\n"
            "add 'sum' ('x' float32[1,4], 'bias' float32[1,4] const) -> 'h' float32[1,4] @64 params 0 0x40c00000\n"
            "sigmoid 'squash' ('tail' float32[1,2] view of 'h'+8:16:4) -> 'y' float32[1,2] params -1 07 scratch 32@192\n"
            "outputs 'y' float32[1,2]\n");
}

TEST(DumpGraph, SurvivesABrokenGraph) {
  Graph g;
  g.nodes = {MakeNode("add", "sum", {-1, 5}, {2})};
  EXPECT_EQ(DumpGraph(g),
            "graph '' arena 0\ninputs \n"
            "add 'sum' (tensor -1 (no such tensor), tensor 5 (no such tensor)) -> tensor 2 (no such tensor)\noutputs \n");
}

}  // namespace
}  // namespace adze::graph
