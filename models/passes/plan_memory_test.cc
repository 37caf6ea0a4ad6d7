// SPDX-License-Identifier: Apache-2.0
// Tests of the memory planner: nothing live is overwritten, and the arena is close to its lower bound.
#include "models/passes/arena.h"
#include "models/passes/testing/pass_test.h"

namespace adze::passes {
namespace {

class Random {
 public:
  explicit Random(uint32_t seed) : state_(seed * 2654435761u + 1) {}
  int Below(int n) {
    state_ = state_ * 1664525u + 1013904223u;
    return static_cast<int>((state_ >> 8) % static_cast<uint32_t>(n));
  }

 private:
  uint32_t state_;
};

TEST(PlaceBlocks, NoTwoThatLiveTogetherOverlap) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    Random random(seed);
    std::vector<Block> blocks;
    for (int i = random.Below(60); i > 0; --i) {
      const int first = random.Below(40);
      blocks.push_back({random.Below(50) * kArenaAlignment, first, first + random.Below(8), 0});
    }
    const int64_t peak = LivePeak(blocks), top = PlaceBlocks(&blocks);
    EXPECT_GE(top, peak);
    EXPECT_LE(static_cast<double>(top), 1.10 * static_cast<double>(peak)) << "seed " << seed;
    for (size_t i = 0; i < blocks.size(); ++i) {
      const Block& a = blocks[i];
      EXPECT_LE(a.offset + a.bytes, top);
      for (size_t k = 0; k < i; ++k) {
        const Block& b = blocks[k];
        const bool together = a.first <= b.last && b.first <= a.last;
        EXPECT_FALSE(together && a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes) << "seed " << seed;
      }
    }
  }
}

TEST(PlaceBlocks, NoneAndEmptyOnes) {
  std::vector<Block> none;
  EXPECT_EQ(PlaceBlocks(&none), 0);
  std::vector<Block> empty = {{0, 0, 5, 0}, {0, 1, 2, 0}};
  EXPECT_EQ(PlaceBlocks(&empty), 0);
}

// A random network of elementwise nodes, views, joins and layers over [1, 4, 4, c] values.
graph::Graph RandomGraph(uint32_t seed) {
  Random random(seed);
  GraphBuilder b;
  std::vector<int> values = {b.Input({1, 4, 4, 3}), b.Input({1, 4, 4, 5})};
  for (int i = 0; i < 25; ++i) {
    const int x = values[random.Below(static_cast<int>(values.size()))];
    const int y = values[random.Below(static_cast<int>(values.size()))];
    const auto dims = b.g.values[x].dims;
    switch (random.Below(7)) {
      case 0: values.push_back(b.Relu(x)); break;
      case 1: values.push_back(b.Sigmoid(x)); break;
      case 2: values.push_back(dims == b.g.values[y].dims ? b.Add(x, y) : b.Mul(x, b.Constant({1, 1, 1, 1}))); break;
      case 3: values.push_back(b.Conv(x, 1 + random.Below(9), 3)); break;
      case 4: values.push_back(dims[3] < 40 ? b.Concat({x, y}, 3) : b.Relu(x)); break;
      case 5: values.push_back(b.Reshape(b.Sigmoid(b.Reshape(x, {16 * dims[3]})), dims)); break;
      default: values.push_back(b.ToNhwc(b.ToNchw(x))); break;
    }
  }
  for (int i = 0; i < 3; ++i) b.Output(values[values.size() - 1 - static_cast<size_t>(random.Below(10))]);
  return b.g;
}

TEST(PlanMemory, RandomNetworksGiveTheSameResultsInTheArenaAfterAllPasses) {
  for (uint32_t seed = 0; seed < 60; ++seed) {
    graph::Graph g = RandomGraph(seed);
    const Buffers inputs = SomeInputs(g);
    const Buffers before = RunGraph(g, inputs);
    RunPipeline(&g);
    EXPECT_LE(LargestDifference(before, RunGraph(g, inputs, Memory::kArena)), 2e-2f) << "seed " << seed << "\n" << graph::DumpGraph(g);
    // In-place and separate memory: the very same bits.
    EXPECT_EQ(RunGraph(g, inputs), RunGraph(g, inputs, Memory::kArena)) << "seed " << seed;
    EXPECT_LE(static_cast<double>(g.arena_bytes), 1.10 * static_cast<double>(g.live_bytes_peak)) << "seed " << seed;
  }
}

TEST(PlanMemory, ElementwiseChainsRunInPlace) {
  GraphBuilder b;
  const int x = b.Relu(b.Input({1024}));
  b.Output(b.Sigmoid(b.Mul(x, b.Constant({1}))));
  ExpectSameResults(&b.g, PlanMemory);
  EXPECT_EQ(b.g.arena_bytes, 4096);
}

TEST(PlanMemory, AnInputReadAgainIsNotOverwritten) {
  GraphBuilder b;
  const int x = b.Input({1024});
  b.Output(b.Add(b.Relu(x), x));
  ExpectSameResults(&b.g, PlanMemory);
  EXPECT_EQ(b.g.arena_bytes, 8192);
}

TEST(PlanMemory, ScratchIsTheLargestOfAllLevelsAndLivesWithItsNode) {
  GraphBuilder b;
  b.Output(b.Conv(b.Input({1, 8, 8, 16}), 16, 3));  // padded: zeros for padded positions
  PackWeights(&b.g);
  ExpectSameResults(&b.g, PlanMemory);
  const graph::Node& n = b.g.nodes[0];
  EXPECT_GE(n.scratch_bytes, 16 * 4);
  for (int v : {n.inputs[0], n.outputs[0]}) {
    const int64_t begin = b.g.values[v].arena_offset, end = begin + b.g.values[v].Bytes();
    EXPECT_TRUE(n.scratch_offset >= end || n.scratch_offset + n.scratch_bytes <= begin);
  }
}

}  // namespace
}  // namespace adze::passes
