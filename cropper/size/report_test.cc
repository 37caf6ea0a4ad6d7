// SPDX-License-Identifier: Apache-2.0
// The parts of a report add up to the whole, under every key.
#include "cropper/size/report.h"

#include <gtest/gtest.h>

#include <map>

#include "cropper/size/sample_record.h"

namespace adze::size {
namespace {

std::map<std::string, Entry> ByName(const Report& report) {
  std::map<std::string, Entry> m;
  uint64_t alloc = 0, file = 0;
  for (const Entry& e : report.entries) {
    EXPECT_TRUE(m.emplace(e.name, e).second) << e.name;
    alloc += e.bytes;
    file += e.file_bytes;
  }
  EXPECT_EQ(alloc, report.alloc_bytes) << report.by;
  EXPECT_EQ(file, report.file_bytes) << report.by;
  return m;
}

TEST(Pieces, AddUpToTheEntries) {
  const SizeRecord record = SampleRecord();
  for (const std::string& by : ReportKeys()) {
    std::map<std::string, std::pair<uint64_t, uint64_t>> sums;
    for (const Piece& p : Pieces(record, by)) {
      EXPECT_FALSE(p.part.empty()) << by;
      sums[p.group].first += p.bytes;
      sums[p.group].second += p.file_bytes;
    }
    const Report report = RecordReport(record, by);
    EXPECT_EQ(sums.size(), report.entries.size()) << by;
    for (const Entry& e : report.entries) EXPECT_EQ(sums[e.name], std::make_pair(e.bytes, e.file_bytes)) << by << " " << e.name;
  }
}

TEST(RecordReport, EveryKeyAddsUp) {
  const SizeRecord record = SampleRecord();
  for (const std::string& by : ReportKeys()) {
    const Report r = RecordReport(record, by);
    EXPECT_EQ(r.alloc_bytes, SampleLibrary().AllocBytes());
    EXPECT_EQ(r.file_bytes, SampleLibrary().file_bytes);
    const auto m = ByName(r);
    if (by == "section") continue;
    const std::map<std::string, std::string> expected = {
        {"row", "gemm_f32__avx2_6x16"},     {"op", "conv2d + fully_connected"},     {"dtype", "f32"}, {"level", "avx2"},
        {"unit", "src/kernels/a__avx2.cc"}, {"model", "(shared by m.adze, n.adze)"}};
    ASSERT_EQ(m.count(expected.at(by)), 1u) << by;
    // The row's line in the table is its own, but a unit is what its object holds.
    const uint64_t line = by == "unit" ? 0 : 0x20;
    EXPECT_EQ(m.at(expected.at(by)).bytes, 0x60u + line) << by;
    EXPECT_EQ(m.at(expected.at(by)).file_bytes, 0x40u + line) << by;
  }
}

TEST(RecordReport, ByModelTellsOwnFromShared) {
  SizeRecord record = SampleRecord();
  record.atoms[0].askers.pop_back();
  auto m = ByName(RecordReport(record, "model"));
  EXPECT_EQ(m["m.adze"].bytes, 0x80u);
  EXPECT_EQ(m["m.adze"].models, std::vector<std::string>{"m.adze"});
  EXPECT_EQ(m["(runtime)"].bytes, 0x80u);
  EXPECT_TRUE(m["(runtime)"].models.empty());
  EXPECT_EQ(m["(manifest and row table)"].bytes, 0x40u);
}

TEST(RecordReport, AModelNeedsAUnitWhicheverWayItGetsThere) {
  SizeRecord record = SampleRecord();
  SizedAtom other;
  other.kind = plan::AtomKind::kUkernel;
  other.id = "gemm_f32__avx2_1x8";
  other.askers = {{"o.adze", "conv2d", 0, "", 1, {"avx2"}}};
  record.atoms.push_back(other);
  for (SizedUnit& u : record.units) {
    if (u.path == "src/runtime/b.cc") u.atoms = {"ukernel:gemm_f32__avx2_1x8"};
    if (u.path == "src/kernels/a__avx2.cc") u.used_by = {"src/runtime/b.cc", "src/kernels/a__avx2.cc"};
  }
  auto m = ByName(RecordReport(record, "model"));
  EXPECT_EQ(m["(shared by m.adze, n.adze, o.adze)"].bytes, 0x60u);
  EXPECT_EQ(m["o.adze"].bytes, 0x80u);
}

TEST(SectionReport, AddsUp) {
  const auto m = ByName(SectionReport(SampleLibrary()));
  EXPECT_EQ(m.at(".text").bytes, 0x100u);
  EXPECT_EQ(m.at(".comment").bytes, 0u);
  EXPECT_EQ(m.at(".comment").file_bytes, 0x27u);
  EXPECT_EQ(m.at("(section headers)").file_bytes, 0x100u);
  EXPECT_EQ(m.at(".bss").file_bytes, 0u);
}

}  // namespace
}  // namespace adze::size
