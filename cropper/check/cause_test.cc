// SPDX-License-Identifier: Apache-2.0
// Causes add up to the change and name who asked.
#include "cropper/check/cause.h"

#include <gtest/gtest.h>

#include "cropper/size/sample_record.h"

namespace adze::check {
namespace {

// The sample without the model n, whose node shares a unit with m.
size::SizeRecord WithUnit(const std::string& path, const std::string& row, const std::string& model, uint64_t bytes) {
  size::SizeRecord r = size::SampleRecord();
  size::SizedAtom atom;
  atom.kind = plan::AtomKind::kKernel;
  atom.id = row;
  atom.askers = {{model, "softmax", 7, "prob", 2, {"avx2"}}};
  r.atoms.push_back(atom);
  r.units.push_back({path, "any", "kernel", {"kernel:" + row}, {}, {{".text", bytes}}});
  for (size::SizedSection& s : r.sections) s.bytes += s.name == ".text" ? bytes : 0;
  r.library.alloc += bytes;
  r.library.file += bytes;
  return r;
}

int64_t Sum(const std::vector<Cause>& causes) {
  int64_t sum = 0;
  for (const Cause& c : causes) sum += c.Change();
  return sum;
}

TEST(Causes, ARowThatCameNamesItsNode) {
  const size::SizeRecord before = size::SampleRecord(), after = WithUnit("src/softmax.cc", "softmax_f32__any", "m.adze", 0x50);
  const std::vector<Cause> causes = Causes(before, after, Metric::kAlloc);
  ASSERT_EQ(causes.size(), 1u);
  EXPECT_EQ(causes[0].name, "softmax_f32__any");
  EXPECT_EQ(causes[0].move, Move::kCame);
  EXPECT_EQ(causes[0].Change(), 0x50);
  EXPECT_EQ(causes[0].units, (std::vector<std::string>{"src/softmax.cc"}));
  ASSERT_EQ(causes[0].asked_by.size(), 1u);
  EXPECT_TRUE(causes[0].asked_by[0].is_new);
  EXPECT_EQ(AskerText(causes[0].asked_by[0].asker), "m.adze, node 7 'prob' (softmax) and 1 more node at avx2");

  const std::vector<Cause> back = Causes(after, before, Metric::kFile);
  ASSERT_EQ(back.size(), 1u);
  EXPECT_EQ(back[0].move, Move::kLeft);
  EXPECT_EQ(back[0].Change(), -0x50);
  ASSERT_EQ(back[0].asked_by.size(), 1u);
}

TEST(Causes, TheSameCropHasNone) {
  for (const Metric m : kMetrics) EXPECT_TRUE(Causes(size::SampleRecord(), size::SampleRecord(), m).empty()) << MetricName(m);
}

TEST(Causes, AUnitThatAnotherRowSharesIsNoChange) {
  const size::SizeRecord before = WithUnit("src/shared.cc", "pool_f32__any", "m.adze", 0x50);
  size::SizeRecord after = before;
  size::SizedAtom other = after.atoms.back();
  other.id = "softmax_f32__any";
  after.atoms.push_back(other);
  after.units.back().atoms.push_back("kernel:softmax_f32__any");
  EXPECT_TRUE(Causes(before, after, Metric::kAlloc).empty());
  // It grows a little too: that alone is the change.
  after.units.back().bytes[".text"] += 4;
  const std::vector<Cause> causes = Causes(before, after, Metric::kAlloc);
  ASSERT_EQ(causes.size(), 1u);
  EXPECT_EQ(causes[0].name, "pool_f32__any + softmax_f32__any");
  EXPECT_EQ(causes[0].move, Move::kChanged);
  EXPECT_EQ(causes[0].Change(), 4);
  ASSERT_EQ(causes[0].asked_by.size(), 2u);
  EXPECT_EQ(causes[0].asked_by[0].row, "softmax_f32__any") << "what is new comes first";
}

TEST(Causes, AddUpWhateverChanged) {
  const size::SizeRecord before = WithUnit("src/gone.cc", "gone_f32__any", "n.adze", 0x30);
  size::SizeRecord after = WithUnit("src/here.cc", "here_f32__any", "m.adze", 0x90);
  after.units[0].bytes[".text"] -= 8;
  after.library.alloc -= 8;
  const std::vector<Cause> causes = Causes(before, after, Metric::kAlloc);
  EXPECT_EQ(Sum(causes), static_cast<int64_t>(after.library.alloc) - static_cast<int64_t>(before.library.alloc));
  EXPECT_EQ(causes.front().name, "here_f32__any");
  EXPECT_EQ(causes.back().name, "gone_f32__any");
}

TEST(Causes, OfMemoryAreTheModels) {
  const size::SizeRecord before = size::SampleRecord();
  size::SizeRecord after = before;
  after.models[0].arena += 64;
  after.models[1].private_weights = 32;
  const std::vector<Cause> causes = Causes(before, after, Metric::kRam);
  ASSERT_EQ(causes.size(), 2u);
  EXPECT_EQ(causes[0].name, after.models[0].name);
  EXPECT_EQ(Sum(causes), 96);
}

TEST(Largest, AreTheLargest) {
  const std::vector<Cause> all = Largest(size::SampleRecord(), Metric::kAlloc, 100);
  EXPECT_EQ(Sum(all), static_cast<int64_t>(size::SampleRecord().library.alloc));
  const std::vector<Cause> two = Largest(size::SampleRecord(), Metric::kAlloc, 2);
  ASSERT_EQ(two.size(), 2u);
  EXPECT_GE(two[0].after, two[1].after);
  EXPECT_EQ(two[0].name, all[0].name);
}

}  // namespace
}  // namespace adze::check
