// SPDX-License-Identifier: Apache-2.0
// Every byte once, whatever the map claims.
#include "cropper/size/byte_map.h"

#include <gtest/gtest.h>

#include "cropper/plan/profile.h"
#include "cropper/size/sample_record.h"

namespace adze::size {
namespace {

uint64_t Sum(const std::vector<Claim>& claims, bool Claim::*counts) {
  uint64_t sum = 0;
  for (const Claim& c : claims) sum += c.*counts ? c.bytes : 0;
  return sum;
}

uint64_t Of(const std::vector<Claim>& claims, const std::string& owner, const std::string& section) {
  uint64_t sum = 0;
  for (const Claim& c : claims) sum += c.owner == owner && c.section == section ? c.bytes : 0;
  return sum;
}

TEST(MapBytes, AddsUpToMemoryAndToTheFile) {
  const ElfFile elf = SampleLibrary();
  const auto claims = MapBytes(elf, SampleMap());
  EXPECT_EQ(Sum(claims, &Claim::alloc), elf.AllocBytes());
  EXPECT_EQ(Sum(claims, &Claim::in_file), elf.file_bytes);
  EXPECT_EQ(Of(claims, "src/kernels/a__avx2.cc", ".text"), 0x40u);
  EXPECT_EQ(Of(claims, "src/kernels/a__avx2.cc", ".bss"), 0x20u);
  EXPECT_EQ(Of(claims, "src/runtime/b.cc", ".text"), 0x80u);
  EXPECT_EQ(Of(claims, "(dynamic symbols)", ".dynsym"), 0x40u);
  EXPECT_EQ(Of(claims, "(merged strings and constants)", ".rodata"), 0x38u);
  EXPECT_EQ(Of(claims, "(compiler start files)", ".text"), 0x10u);
  EXPECT_EQ(Of(claims, "(padding)", ".text"), 0x30u);
  EXPECT_EQ(Of(claims, "(padding)", ".rodata"), 8u);
  EXPECT_EQ(Of(claims, "(padding)", "(between sections)"), 0xc0u + 0xc0 + 0x239);
  EXPECT_EQ(Of(claims, "(ELF headers)", "(section headers)"), 0x100u);
  EXPECT_EQ(Of(claims, "(compiler's notes)", ".comment"), 0x27u);
}

TEST(MapBytes, WithoutAMapNothingIsInvented) {
  const ElfFile elf = SampleLibrary();
  const auto claims = MapBytes(elf, {});
  EXPECT_EQ(Sum(claims, &Claim::alloc), elf.AllocBytes());
  EXPECT_EQ(Sum(claims, &Claim::in_file), elf.file_bytes);
  EXPECT_EQ(Of(claims, "(unknown)", ".text"), 0x100u);
}

TEST(MapBytes, PartsThatOverlapAreRefused) {
  ElfFile elf = SampleLibrary();
  elf.sections[2].offset = 0x2f0;
  EXPECT_THROW(MapBytes(elf, SampleMap()), plan::InputError);
  elf = SampleLibrary();
  elf.headers[1].bytes = UINT64_MAX;
  EXPECT_THROW(MapBytes(elf, SampleMap()), plan::InputError);
}

}  // namespace
}  // namespace adze::size
