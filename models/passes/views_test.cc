// SPDX-License-Identifier: Apache-2.0
// Tests of passes view_slices, view_concats and pad_pixels: what becomes a view, what must stay as it is.
#include "models/passes/views.h"

#include "models/passes/arena.h"
#include "models/passes/rewrite.h"
#include "models/passes/testing/pass_test.h"

namespace adze::passes {
namespace {

// Both passes as the pipeline runs them, between packing and planning; the plan must keep the results too.
void ExpectViews(GraphBuilder* b, const std::string& ops) {
  ViewReshapes(&b->g);
  PackWeights(&b->g);
  RemoveDead(&b->g);
  const Buffers inputs = SomeInputs(b->g);
  const Buffers before = RunGraph(b->g, inputs);
  const int64_t live_before = LiveBytesPeak(b->g), copied_before = CopiedBytes(b->g);
  ExpectSameResults(&b->g, ViewSlices);
  ExpectSameResults(&b->g, ViewConcats);
  ExpectSameResults(&b->g, RemoveDead);
  EXPECT_EQ(OpsOf(b->g), ops);
  EXPECT_LE(LiveBytesPeak(b->g), live_before);
  EXPECT_LE(CopiedBytes(b->g), copied_before);
  PlanMemory(&b->g);
  graph::CheckGraph(b->g, "plan_memory");
  EXPECT_EQ(RunGraph(b->g, inputs, Memory::kArena), before);
}

TEST(ViewConcats, ConvolutionsWriteTheirChannels) {
  GraphBuilder b;
  const int x = b.Conv(b.Input({1, 5, 5, 3}), 16, 1);
  b.Output(b.Conv(b.Concat({b.Conv(x, 16, 1), b.Conv(x, 24, 3)}, 3), 8, 1));
  ExpectViews(&b, "conv2d conv2d conv2d conv2d");
}

TEST(ViewConcats, TheJoinedValueMayBeAnOutputAndItsPartsMayBeReadElsewhere) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 3});
  const int left = b.Conv(x, 16, 3), right = b.Conv(left, 16, 1);  // reads one part and writes the other
  b.Output(b.Concat({left, right}, 3));
  b.Output(b.Pool(left, PoolKind::kMax, 2, 2));
  ExpectViews(&b, "conv2d conv2d pool2d");
}

// As in DenseNet: each layer reads all before it.
TEST(ViewConcats, JoinsOfJoins) {
  GraphBuilder b;
  int x = b.Conv(b.Input({1, 6, 6, 3}), 16, 3);
  for (int k = 0; k < 3; ++k) x = b.Concat({x, b.Conv(x, 16, 3)}, 3);
  b.Output(b.Conv(x, 4, 1));
  ExpectViews(&b, "conv2d conv2d conv2d conv2d conv2d");
}

// As heads of detectors: every map flattened, all joined; a softmax follows.
TEST(ViewConcats, FlattenedMapsJoinedAlongRows) {
  GraphBuilder b;
  const int x = b.Input({1, 8, 8, 4});
  const int large = b.Reshape(b.Conv(x, 6, 3), {1, 192, 2});
  const int small = b.Reshape(b.Conv(b.Pool(x, PoolKind::kMax, 2, 2), 6, 3), {1, 48, 2});
  b.Output(b.Softmax(b.Concat({large, small}, 1)));
  ExpectViews(&b, "conv2d pool2d conv2d softmax");
}

TEST(ViewConcats, AlongRowsOfPixelsAndLines) {
  for (int axis : {1, 2}) {
    GraphBuilder b;
    const int x = b.Input({1, 4, 4, 3});
    b.Output(b.Conv(b.Concat({b.Conv(x, 16, 3), b.Conv(x, 16, 1)}, axis), 8, 3));
    ExpectViews(&b, "conv2d conv2d conv2d");
  }
}

TEST(ViewConcats, InputsAndConstantsAreCopiedToTheirPlace) {
  GraphBuilder b;
  const int x = b.Input({1, 4, 4, 16});
  b.Output(b.Conv(b.Concat({x, b.Conv(x, 32, 3), b.Constant({1, 4, 4, 16})}, 3), 8, 1));
  ExpectViews(&b, "conv2d reshape reshape conv2d");
}

TEST(ViewConcats, NothingToMoveIsLeftAlone) {
  GraphBuilder b;
  b.Output(b.Conv(b.Concat({b.Input({1, 4, 4, 16}), b.Input({1, 4, 4, 16})}, 3), 8, 1));
  ExpectViews(&b, "concat conv2d");
}

TEST(ViewConcats, TheSameValueTwiceHasOnePlace) {
  GraphBuilder b;
  const int x = b.Conv(b.Input({1, 4, 4, 16}), 16, 1);
  b.Output(b.Conv(b.Concat({x, x}, 3), 8, 1));
  ExpectViews(&b, "conv2d reshape conv2d");
}

TEST(ViewConcats, AValueInTwoJoinsHasOnePlace) {
  GraphBuilder b;
  const int in = b.Conv(b.Input({1, 4, 4, 128}), 16, 1);
  const int x = b.Conv(in, 16, 1), y = b.Conv(in, 16, 1), z = b.Conv(in, 16, 1);
  b.Output(b.Conv(b.Concat({x, y}, 3), 8, 1));
  b.Output(b.Conv(b.Concat({x, z}, 3), 8, 1));
  ExpectViews(&b, "conv2d conv2d conv2d conv2d conv2d reshape conv2d");
}

TEST(ViewConcats, AnOutputOfTheGraphKeepsBytesWithoutGaps) {
  GraphBuilder b;
  const int in = b.Input({1, 4, 4, 16});
  const int x = b.Conv(in, 16, 1);
  b.Output(x);
  b.Output(b.Conv(b.Concat({x, b.Conv(in, 16, 1)}, 3), 8, 1));
  ExpectViews(&b, "conv2d conv2d reshape conv2d");
  GraphBuilder rows;  // joined along rows, a part has no gaps
  const int from = rows.Input({1, 4, 4, 16});
  const int part = rows.Conv(from, 16, 1);
  rows.Output(part);
  rows.Output(rows.Conv(rows.Concat({part, rows.Conv(from, 16, 1)}, 1), 8, 1));
  ExpectViews(&rows, "conv2d conv2d conv2d");
}

// Few adjacent channels: an elementwise node would pay a call for each pixel.
TEST(ViewConcats, ShortRunsOfElementwiseNodesStay) {
  GraphBuilder b;
  const int x = b.Input({1, 8, 8, 4});
  b.Output(b.Concat({b.Sigmoid(x), b.Mul(x, x)}, 3));
  ExpectViews(&b, "sigmoid mul concat");
}

// The large part is dead long before the join: keeping it would cost more memory than the copy.
TEST(ViewConcats, MemoryDoesNotGrow) {
  GraphBuilder b;
  const int x = b.Input({1, 16, 16, 16});
  const int early = b.Conv(x, 16, 1);
  int y = b.Conv(early, 128, 1);
  y = b.Conv(b.Pool(b.Conv(y, 128, 1), PoolKind::kMax, 16, 16), 16, 1);
  b.Output(b.Conv(b.Concat({b.Pool(early, PoolKind::kMax, 16, 16), y}, 3), 8, 1));
  ExpectViews(&b, "conv2d conv2d conv2d pool2d conv2d pool2d conv2d");
}

TEST(ViewSlices, ConvolutionsReadTheirPart) {
  GraphBuilder b;
  const int x = b.Conv(b.Input({1, 6, 6, 8}), 32, 1);
  b.Output(b.Conv(b.Slice(x, {0, 0, 0, 16}, {1, 6, 6, 16}), 8, 3));
  b.Output(b.Conv(b.Slice(x, {0, 2, 0, 0}, {1, 3, 6, 32}), 8, 3));
  ExpectViews(&b, "conv2d conv2d conv2d");
}

TEST(ViewSlices, OfAnInput) {
  GraphBuilder b;
  const int x = b.Input({1, 6, 6, 32});
  b.Output(b.Conv(b.Slice(x, {0, 1, 1, 0}, {1, 4, 4, 32}), 8, 3));
  b.Output(b.Slice(x, {0, 1, 0, 0}, {1, 1, 6, 32}));  // has no gaps, but an output needs bytes that a node writes
  ExpectViews(&b, "conv2d slice");
}

TEST(ViewSlices, OutputsWithGapsAndShortRunsStay) {
  GraphBuilder b;
  const int x = b.Conv(b.Input({1, 6, 6, 8}), 32, 1);
  b.Output(b.Slice(x, {0, 0, 0, 16}, {1, 6, 6, 16}));
  b.Output(b.Sigmoid(b.Slice(x, {0, 0, 0, 16}, {1, 6, 6, 8})));
  ExpectViews(&b, "conv2d slice slice sigmoid");
}

// Channels split, worked on and joined again, all in place.
TEST(ViewSlices, SplitAndJoin) {
  GraphBuilder b;
  const int x = b.Conv(b.Input({1, 6, 6, 8}), 32, 1);
  const int left = b.Slice(x, {0, 0, 0, 0}, {1, 6, 6, 16}), right = b.Slice(x, {0, 0, 0, 16}, {1, 6, 6, 16});
  b.Output(b.Conv(b.Concat({b.Conv(left, 16, 3), b.Conv(right, 16, 3)}, 3), 8, 1));
  ExpectViews(&b, "conv2d conv2d conv2d conv2d");
}

int64_t PixelStride(const graph::Graph& g, int node) { return StridesOf(g.values[g.nodes[node].inputs[0]])[2]; }

TEST(PadPixels, DepthwiseLayersOfManyChannels) {
  for (const bool joined : {false, true}) {
    GraphBuilder b;
    const int in = b.Conv(b.Conv(b.Input({1, 8, 8, 8}), 1200, 1), 64, 1);  // most memory is in use long before
    const int x = joined ? b.Concat({b.Conv(in, 256, 1), b.Conv(in, 256, 1)}, 3) : b.Conv(in, 512, 1);
    b.Output(b.Conv(b.Conv(x, 512, 3, 512), 8, 1));
    PackWeights(&b.g);
    ViewConcats(&b.g);
    const Buffers inputs = SomeInputs(b.g);
    const Buffers before = RunGraph(b.g, inputs);
    ExpectSameResults(&b.g, PadPixels);
    EXPECT_EQ(PixelStride(b.g, joined ? 4 : 3), 2112);     // what the depthwise layer reads
    EXPECT_EQ(PixelStride(b.g, joined ? 5 : 4), 512 * 4);  // what it writes
    EXPECT_EQ(PixelStride(b.g, 2), 64 * 4);
    ExpectSameResults(&b.g, RemoveDead);
    PlanMemory(&b.g);
    graph::CheckGraph(b.g, "plan_memory");
    EXPECT_EQ(RunGraph(b.g, inputs, Memory::kArena), before);
  }
}

TEST(PadPixels, LeavesTheRestAlone) {
  GraphBuilder b;
  const int x = b.Conv(b.Conv(b.Input({1, 8, 8, 4}), 4000, 1), 256, 1);
  b.Output(b.Conv(x, 256, 1, 256));                                // no window
  b.Output(b.Conv(b.Conv(x, 384, 1), 384, 3, 384));                // 1536 bytes
  b.Output(b.Conv(b.Conv(x, 256, 1), 8, 3));                       // not depthwise
  b.Output(b.Conv(b.Pool(x, PoolKind::kMax, 8, 8), 256, 3, 256));  // one pixel a row
  const int shown = b.Conv(x, 256, 1);
  b.Output(shown);
  b.Output(b.Conv(shown, 256, 3, 256));
  PackWeights(&b.g);
  PadPixels(&b.g);
  RemoveDead(&b.g);
  EXPECT_EQ(graph::DumpGraph(b.g).find("_padded"), std::string::npos) << graph::DumpGraph(b.g);
}

TEST(ComposeViews, CrossesNoGaps) {
  // A dense [4, 6] becomes the left part of rows of 10 elements.
  graph::View target;
  target.root = 7;
  target.offset_bytes = 400;
  target.strides = {40, 4};
  graph::Value v;
  const auto compose = [&](std::vector<int64_t> dims, int64_t offset, std::vector<int64_t> strides) {
    v.dims = std::move(dims);
    v.view.root = 1;
    v.view.offset_bytes = offset;
    v.view.strides = std::move(strides);
    return ComposeViews(v, {4, 6}, target);
  };
  const auto same = compose({4, 6}, 0, {24, 4});
  ASSERT_TRUE(same.has_value());
  EXPECT_EQ(same->root, 7);
  EXPECT_EQ(same->offset_bytes, 400);
  EXPECT_EQ(same->strides, (std::vector<int64_t>{40, 4}));
  const auto split = compose({2, 2, 3, 2}, 0, {48, 24, 8, 4});  // a reshape that crosses no row
  ASSERT_TRUE(split.has_value());
  EXPECT_EQ(split->strides, (std::vector<int64_t>{80, 40, 8, 4}));
  const auto corner = compose({1, 2}, 24 * 3 + 4 * 4, {4, 4});  // the last two elements
  ASSERT_TRUE(corner.has_value());
  EXPECT_EQ(corner->offset_bytes, 400 + 3 * 40 + 16);
  EXPECT_EQ(corner->strides, (std::vector<int64_t>{8, 4}));
  const auto transposed = compose({6, 4}, 0, {4, 24});
  ASSERT_TRUE(transposed.has_value());
  EXPECT_EQ(transposed->strides, (std::vector<int64_t>{4, 40}));
  EXPECT_FALSE(compose({24}, 0, {4}).has_value());
  EXPECT_FALSE(compose({3, 8}, 0, {32, 4}).has_value());
  EXPECT_FALSE(compose({7}, 0, {4}).has_value());
  EXPECT_FALSE(compose({2}, 20, {4}).has_value());  // from the end of one row to the next
  EXPECT_FALSE(compose({4}, 0, {28}).has_value());  // a diagonal
  EXPECT_FALSE(compose({3}, 0, {0}).has_value());
}

}  // namespace
}  // namespace adze::passes
