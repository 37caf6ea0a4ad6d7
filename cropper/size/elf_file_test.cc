// SPDX-License-Identifier: Apache-2.0
// Reading ELF files and the manifest, sound and damaged.
#include "cropper/size/elf_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "cropper/generate/files.h"
#include "cropper/plan/profile.h"
#include "kernels/catalog.h"

namespace adze::size {
namespace {

// The descriptor that a library with the first `n` rows of the catalog would carry.
std::string Descriptor(size_t n) {
  const std::vector<CatalogRow> rows(Catalog().begin(), Catalog().begin() + static_cast<std::ptrdiff_t>(n));
  const std::vector<uint8_t> bytes = SerializeRows(rows);
  std::string d;
  const auto u32 = [&](uint32_t v) {
    for (int i = 0; i < 4; ++i) d += static_cast<char>(v >> (8 * i));
  };
  u32(1);
  for (int i = 0; i < 16; ++i) d += static_cast<char>(i * 17);
  d += std::string("\x02\x03\x02\x00\x00\x00\x00\x00", 8);  // avx2, scalar
  u32(static_cast<uint32_t>(n));
  u32(static_cast<uint32_t>(bytes.size()));
  d.append(bytes.begin(), bytes.end());
  return d;
}

TEST(ParseManifest, ReadsWhatTheCatalogWrites) {
  const size_t n = Catalog().size();
  const Manifest m = ParseManifest(Descriptor(n) + std::string(2, '\0'), "lib");
  EXPECT_EQ(m.crop_id, "00112233445566778899aabbccddeeff");
  EXPECT_EQ(m.levels, (std::vector<Level>{Level::kAvx2, Level::kScalar}));
  ASSERT_EQ(m.rows.size(), n);
  for (size_t i = 0; i < n; ++i) {
    EXPECT_EQ(m.rows[i].name, Catalog()[i].name);
    EXPECT_EQ(m.rows[i].kind, Catalog()[i].kind);
    EXPECT_EQ(m.rows[i].types, Catalog()[i].types);
  }
  EXPECT_EQ(m.row_bytes, SerializeRows(Catalog()));
}

TEST(ParseManifest, EveryTruncationIsRefused) {
  const std::string whole = Descriptor(3);
  EXPECT_EQ(ParseManifest(whole, "lib").rows.size(), 3u);
  for (size_t n = 0; n < whole.size(); ++n) EXPECT_THROW(ParseManifest(whole.substr(0, n), "lib"), plan::InputError) << n;
}

TEST(ParseManifest, NewerVersionSaysSo) {
  std::string d = Descriptor(0);
  d[0] = 2;
  try {
    ParseManifest(d, "lib");
    FAIL();
  } catch (const plan::InputError& e) {
    EXPECT_NE(std::string(e.what()).find("version 2"), std::string::npos);
  }
}

TEST(ReadElf, ThisProgram) {
  const ElfFile elf = ReadElf("/proc/self/exe");
  EXPECT_GT(elf.AllocBytes(), 1000u);
  EXPECT_GT(elf.file_bytes, 1000u);
  ASSERT_NE(elf.Find(".text"), nullptr);
  EXPECT_TRUE(elf.Find(".text")->alloc);
  EXPECT_FALSE(elf.needed.empty());
  EXPECT_FALSE(elf.symbols.empty());
  EXPECT_THROW(ReadManifest(elf), plan::InputError);
  EXPECT_TRUE(elf.linked);
  EXPECT_FALSE(elf.executable_stack);
  EXPECT_FALSE(elf.text_relocations);
  ASSERT_GE(elf.segments.size(), 2u);
  for (const Segment& s : elf.segments) EXPECT_LE(s.offset + s.file_bytes, elf.file_bytes);
  std::set<std::string> offered_by;
  for (const Symbol& s : elf.symbols) offered_by.insert(s.needs_from);
  EXPECT_EQ(offered_by.count("libc.so.6"), 1u);
  for (const std::string& library : offered_by) {
    EXPECT_TRUE(library.empty() || std::count(elf.needed.begin(), elf.needed.end(), library) == 1) << library;
  }
}

TEST(ReadElf, RefusesOtherFiles) {
  EXPECT_THROW(ReadElf("/no/such/file"), plan::InputError);
  EXPECT_THROW(ReadElf("/proc/self/cmdline"), plan::InputError);
  const std::string path = testing::TempDir() + "cut.elf";
  const std::string whole = generate::ReadFile("/proc/self/exe");
  for (const size_t n : {size_t{0}, size_t{4}, size_t{20}, size_t{63}, size_t{64}, size_t{1000}, whole.size() / 2}) {
    generate::WriteFile(path, whole.substr(0, n));
    EXPECT_THROW(ReadElf(path), plan::InputError) << n;
  }
}

}  // namespace
}  // namespace adze::size
