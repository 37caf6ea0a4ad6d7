// SPDX-License-Identifier: Apache-2.0
// Changes add up, and say who asks.
#include "cropper/size/difference.h"

#include <gtest/gtest.h>

#include "cropper/size/sample_record.h"

namespace adze::size {
namespace {

TEST(Differences, OfEqualRecordsAreNone) { EXPECT_TRUE(Differences(SampleRecord(), SampleRecord()).empty()); }

TEST(Differences, AddUpAndNameWhoAsks) {
  const SizeRecord before = SampleRecord();
  SizeRecord after = before;
  SizedUnit helper{"src/kernels/walk.cc", "any", "core", {}, {"src/kernels/a__avx2.cc"}, {{".text", 0x20}}};
  after.units.push_back(helper);
  for (Part& p : after.parts) {
    if (p.name == "(padding)") p.bytes[".text"] -= 0x10;
  }
  const std::vector<Change> changes = Differences(before, after);
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[0].what, "src/kernels/walk.cc");
  EXPECT_EQ(changes[0].kind, Change::Kind::kCame);
  EXPECT_EQ(changes[0].alloc, 0x20);
  EXPECT_EQ(changes[1].alloc, -0x10);
  // Nobody names the helper: those that refer to it do.
  EXPECT_EQ(changes[0].atoms, std::vector<std::string>{"ukernel:gemm_f32__avx2_6x16"});
  ASSERT_EQ(changes[0].askers.size(), 2u);
  EXPECT_EQ(ChangeText(changes[0]),
            "       +32  src/kernels/walk.cc for gemm_f32__avx2_6x16: m.adze, node 0 'first' (conv2d) and 1 more; n.adze, node 0 "
            "(fully_connected)");
  EXPECT_EQ(ChangeText(changes[1]), "       -16  (padding)");
  EXPECT_EQ(Differences(after, before)[0].kind, Change::Kind::kWent);
}

TEST(Differences, OfTheTableAreItsRows) {
  const SizeRecord before = SampleRecord();
  SizeRecord after = before;
  SizedAtom row;
  row.kind = plan::AtomKind::kKernel;
  row.id = "pool2d_f32__any";
  row.table_bytes = 40;
  row.askers = {{"n.adze", "pool2d", 1, "pool", 1, {}}};
  after.atoms.push_back(row);
  for (SizedUnit& u : after.units) {
    if (u.path == "src/generated/table.cc") u.bytes[".note.adze"] += 40;
  }
  const std::vector<Change> came = Differences(before, after), went = Differences(after, before);
  ASSERT_EQ(came.size(), 1u);
  EXPECT_EQ(ChangeText(came[0]), "       +40  src/generated/table.cc for pool2d_f32__any: n.adze, node 1 'pool' (pool2d)");
  ASSERT_EQ(went.size(), 1u);
  EXPECT_EQ(ChangeText(went[0]), "       -40  src/generated/table.cc for pool2d_f32__any: n.adze, node 1 'pool' (pool2d)");
}

}  // namespace
}  // namespace adze::size
