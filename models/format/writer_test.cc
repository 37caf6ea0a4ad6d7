// SPDX-License-Identifier: Apache-2.0
// Tests of the writer: what it writes is what the reader opens, and the same graph gives the same bytes.
#include "models/format/writer.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "models/format/reader.h"
#include "models/schema/header.h"

namespace adze::format {
namespace {

// y = clamp(x), z = reshape view of y; three constants, two of them equal.
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
  const int x = value("x", {2, 3}, 0), y = value("y", {2, 3}, 64), z = value("z", {6}, -1);
  g.values[z].view = {y, 0, {4}};
  const std::vector<float> ones = {1, 1, 1}, twos = {2, 2};
  g.AddConstant("ones", DType::kF32, {3}, ones);
  g.AddConstant("twos", DType::kF32, {2}, twos);
  g.AddConstant("ones again", DType::kF32, {1, 3}, ones);
  graph::Node n;
  n.op = "clamp";
  n.name = "relu";
  n.inputs = {x};
  n.outputs = {y};
  n.SetParams(uint64_t{0x7f80000000000000});  // {0, +inf}
  n.scratch_offset = 128;
  n.scratch_bytes = 64;
  g.nodes.push_back(n);
  g.inputs = {x};
  g.outputs = {z};
  g.arena_bytes = 192;
  return g;
}

struct Freed {
  void operator()(uint8_t* p) const { std::free(p); }
};
using AlignedBytes = std::unique_ptr<uint8_t, Freed>;

AlignedBytes Aligned(const std::vector<uint8_t>& bytes) {
  AlignedBytes p(static_cast<uint8_t*>(std::aligned_alloc(64, (bytes.size() + 63) / 64 * 64)));
  std::memcpy(p.get(), bytes.data(), bytes.size());
  return p;
}

TEST(WriteAdze, TheReaderOpensIt) {
  const std::vector<uint8_t> file = WriteAdze(SmallGraph());
  const AlignedBytes data = Aligned(file);
  Model model;
  ASSERT_TRUE(Open(data.get(), file.size(), &model).ok());
  const AlignedBytes workspace = Aligned(std::vector<uint8_t>(WorkspaceBytes(model) + 64));
  const Status status = Verify(model, workspace.get());
  ASSERT_TRUE(status.ok()) << static_cast<int>(status.detail) << " " << status.got << " " << status.want;
  EXPECT_EQ(model.n_tensors, 6u);
  EXPECT_EQ(model.arena_bytes, 192u);
  EXPECT_STREQ(model.name(), "small");
  StoredNode n;
  model.node(0, &n);
  EXPECT_STREQ(n.op, "clamp");
  EXPECT_STREQ(n.name, "relu");
  EXPECT_EQ(n.params.size, 8u);
  EXPECT_EQ(n.scratch_offset, 128u);
  EXPECT_EQ(n.scratch_bytes, 64u);
  StoredTensor z, ones, twos, again;
  model.tensor(2, &z);
  EXPECT_EQ(z.root, 1);
  EXPECT_EQ(z.tensor.shape.rank, 1);
  model.tensor(3, &ones);
  model.tensor(4, &twos);
  model.tensor(5, &again);
  EXPECT_EQ(ones.offset, again.offset);
  EXPECT_EQ(twos.offset % kBlobAlignment, 0u);
  EXPECT_EQ(model.blob_bytes, 64u + 8u);  // equal constants once
  float value;
  std::memcpy(&value, model.blob + twos.offset, sizeof(value));
  EXPECT_EQ(value, 2.0f);
}

TEST(WriteAdze, SameGraphSameBytes) { EXPECT_EQ(WriteAdze(SmallGraph()), WriteAdze(SmallGraph())); }

TEST(WriteAdze, RefusesWhatIsNotPlannedOrDoesNotFit) {
  graph::Graph g = SmallGraph();
  g.values[0].arena_offset = -1;
  EXPECT_THROW((void)WriteAdze(g), std::logic_error);
  g = SmallGraph();
  g.values[3].data.pop_back();
  EXPECT_THROW((void)WriteAdze(g), std::logic_error);
  g = SmallGraph();
  g.values[2].dims = {int64_t{1} << 31};
  EXPECT_THROW((void)WriteAdze(g), std::logic_error);
}

}  // namespace
}  // namespace adze::format
