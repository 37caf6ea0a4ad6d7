// SPDX-License-Identifier: Apache-2.0
// Commands as build systems write them, split as a shell would, without one.
#include "cropper/prove/recorded_build.h"

#include <gtest/gtest.h>

namespace adze::prove {
namespace {

using Words = std::vector<std::string>;

TEST(SplitCommand, WordsQuotesAndBackslashes) {
  EXPECT_EQ(SplitCommand(""), Words());
  EXPECT_EQ(SplitCommand("  c++  -O2\t-c a.cc \n"), (Words{"c++", "-O2", "-c", "a.cc"}));
  EXPECT_EQ(SplitCommand(R"("-I/a folder" '-DX="y z"' -I/b\ c)"), (Words{"-I/a folder", "-DX=\"y z\"", "-I/b c"}));
  EXPECT_EQ(SplitCommand(R"(a"b c"d '' "\$x \n \"")"), (Words{"ab cd", "", "$x \\n \""}));
}

TEST(SplitCommand, ExpandsNothing) {
  EXPECT_EQ(SplitCommand("$(touch x) `y` *.cc ; rm"), (Words{"$(touch", "x)", "`y`", "*.cc", ";", "rm"}));
}

TEST(RecordedBuild, AFolderWithoutABuildIsAnError) { EXPECT_ANY_THROW(RecordedBuild(testing::TempDir() + "no_such_crop")); }

}  // namespace
}  // namespace adze::prove
