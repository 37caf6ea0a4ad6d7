// SPDX-License-Identifier: Apache-2.0
// Reading the linker's map.
#include "cropper/size/link_map.h"

#include <gtest/gtest.h>

namespace adze::size {
namespace {

constexpr char kMap[] = R"(Discarded input sections

 .text          0x0000000000000000        0x9 a.o

Linker script and memory map

LOAD a.o
.text           0x0000000000000450       0xde
 *(.text .stub .text.* .gnu.linkonce.t.*)
 .text          0x0000000000000450       0xb9 /usr/lib/crtbeginS.o
 .text.f2       0x0000000000000509       0x11 a dir/a.o
                0x0000000000000509                f2
 *fill*         0x000000000000051a        0x6 
 .text.a_name_longer_than_its_column
                0x0000000000000520        0xe b.o
 .text.empty    0x000000000000052e        0x0 b.o
)";

TEST(ParseLinkMap, PlacementsOnly) {
  const std::vector<Placement> p = ParseLinkMap(kMap);
  ASSERT_EQ(p.size(), 3u);
  EXPECT_EQ(p[0].object, "/usr/lib/crtbeginS.o");
  EXPECT_EQ(p[1].section, ".text.f2");
  EXPECT_EQ(p[1].address, 0x509u);
  EXPECT_EQ(p[1].bytes, 0x11u);
  EXPECT_EQ(p[1].object, "a dir/a.o");
  EXPECT_EQ(p[2].section, ".text.a_name_longer_than_its_column");
  EXPECT_EQ(p[2].object, "b.o");
}

TEST(ParseLinkMap, OtherTextGivesNothing) {
  EXPECT_TRUE(ParseLinkMap("").empty());
  EXPECT_TRUE(ParseLinkMap("VMA LMA Size Align Out In Symbol\n .text 0x1 0x2 a.o\n").empty());
}

}  // namespace
}  // namespace adze::size
