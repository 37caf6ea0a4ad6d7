// SPDX-License-Identifier: Apache-2.0
// The parts of a report add up to the whole, whatever the map claims.
#include "cropper/size/report.h"

#include <gtest/gtest.h>

#include <map>

namespace adze::size {
namespace {

const std::string kPath = "CMakeFiles/adze_objects.dir/";

ElfFile Library() {
  ElfFile elf;
  elf.arch = "x86_64";
  elf.file_bytes = 5000;
  elf.sections = {{".dynsym", 0x100, 0x40, 0x40, true, false},
                  {".text", 0x200, 0x100, 0x100, true, false},
                  {".rodata", 0x300, 0x10, 0x10, true, false},
                  {".bss", 0x400, 0x20, 0, true, true},
                  {".comment", 0, 0x27, 0x27, false, false}};
  return elf;
}

std::vector<Placement> Map() {
  return {{".text", 0x200, 0x10, "/usr/lib/crtbeginS.o"},
          // The linker books its own tables under the first object.
          {".dynsym", 0x100, 0x40, kPath + "src/kernels/a__avx2.cc.o"},
          {".text.a", 0x210, 0x40, kPath + "src/kernels/a__avx2.cc.o"},
          {".text.b", 0x260, 0x80, kPath + "src/runtime/b.cc.o"},
          // Merged strings: both claim more than the section holds.
          {".rodata.str1.1", 0x300, 0x30, kPath + "src/runtime/b.cc.o"},
          {".rodata.str1.1", 0x308, 0x30, kPath + "src/kernels/a__avx2.cc.o"}};
}

std::map<std::string, uint64_t> AsMap(const std::vector<Entry>& entries, uint64_t* sum) {
  std::map<std::string, uint64_t> m;
  *sum = 0;
  for (const Entry& e : entries) {
    m[e.name] += e.bytes;
    *sum += e.bytes;
  }
  return m;
}

TEST(BytesByUnit, SumIsExact) {
  uint64_t sum = 0;
  auto m = AsMap(BytesByUnit(Library(), Map()), &sum);
  EXPECT_EQ(sum, Library().AllocBytes());
  EXPECT_EQ(m["src/kernels/a__avx2.cc"], 0x40u + 8);
  EXPECT_EQ(m["src/runtime/b.cc"], 0x80u + 8);
  EXPECT_EQ(m["(linker tables)"], 0x40u);
  EXPECT_EQ(m["(compiler start files)"], 0x10u);
  EXPECT_EQ(m["(padding and merged strings)"], 0x10u + 0x20 + 0x20);
}

TEST(BytesByUnit, WithoutAMapEverythingIsRest) {
  uint64_t sum = 0;
  auto m = AsMap(BytesByUnit(Library(), {}), &sum);
  EXPECT_EQ(sum, Library().AllocBytes());
  EXPECT_EQ(m.size(), 2u);
}

TEST(PlanReport, EveryKeyAddsUp) {
  plan::Plan plan;
  plan::Atom atom;
  atom.kind = plan::AtomKind::kUkernel;
  atom.id = "gemm_f32__avx2_6x16";
  atom.reasons = {{"m.adze", 0, "", "conv2d", "avx2"}, {"n.adze", 0, "", "fully_connected", "avx2"}};
  plan.atoms = {atom};
  plan.units = {{"kernels/a__avx2.cc", "avx2", "kernel", {"ukernel:gemm_f32__avx2_6x16"}, {}},
                {"runtime/b.cc", "any", "core", {"runtime"}, {}}};
  for (const std::string& by : ReportKeys()) {
    if (by == "section") continue;
    const Report r = PlanReport(Library(), Map(), plan, by);
    uint64_t sum = 0;
    auto m = AsMap(r.entries, &sum);
    EXPECT_EQ(sum, r.alloc_bytes) << by;
    const std::map<std::string, std::string> expected = {
        {"row", "gemm_f32__avx2_6x16"},     {"op", "conv2d + fully_connected"},     {"dtype", "f32"}, {"level", "avx2"},
        {"unit", "src/kernels/a__avx2.cc"}, {"model", "(shared by m.adze, n.adze)"}};
    EXPECT_EQ(m[expected.at(by)], 0x48u) << by;
  }
  uint64_t sum = 0;
  AsMap(SectionReport(Library()).entries, &sum);
  EXPECT_EQ(sum, Library().AllocBytes());
}

}  // namespace
}  // namespace adze::size
