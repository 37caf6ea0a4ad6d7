// SPDX-License-Identifier: Apache-2.0
// Many crops in one graph: what they share, and whose failure is whose.
#include <gtest/gtest.h>

#include "cropper/generate/matrix_build.h"
#include "cropper/generate/matrix_text.h"

namespace adze::generate {
namespace {

MatrixCrop Crop(const std::string& folder, const std::string& arch, const std::string& cxx, const std::vector<std::string>& units) {
  MatrixCrop crop;
  crop.folder = folder;
  crop.plan.profile.arch = arch;
  crop.plan.profile.compiler.cxx = cxx;
  for (const std::string& u : units) crop.plan.units.push_back({u, "any", "core", {}, {}});
  return crop;
}

TEST(GroupCrops, OneToolchainCompilesAUnitOnce) {
  const std::vector<MatrixCrop> crops = {Crop("a/x", "x86_64", "g++", {"r.cc", "s.cc"}), Crop("b/x", "x86_64", "g++", {"q.cc", "r.cc"}),
                                         Crop("a/c", "x86_64", "clang++", {"r.cc"}), Crop("a/arm", "aarch64", "g++", {"r.cc"})};
  std::vector<MatrixGroup> groups = GroupCrops(crops, false);
  ASSERT_EQ(groups.size(), 3U);
  size_t shared = 0;
  for (const MatrixGroup& g : groups) {
    if (g.crops.size() != 2) continue;
    ++shared;
    ASSERT_EQ(g.units.size(), 3U);
    EXPECT_EQ(g.units[0].path + g.units[1].path + g.units[2].path, "q.ccr.ccs.cc");
  }
  EXPECT_EQ(shared, 1U);
  // A prefix, an emulator or more levels change no unit; a toolchain file stands for all compilers of an architecture.
  std::vector<MatrixCrop> like = {crops[0], crops[1]};
  like[1].plan.profile.prefix = "face";
  like[1].plan.profile.threads = true;
  EXPECT_EQ(GroupCrops(like, false).size(), 1U);
  EXPECT_EQ(GroupCrops(crops, true).size(), 2U);
  like[1].plan.profile.emulator = {"qemu"};
  EXPECT_EQ(GroupCrops(like, false).size(), 2U);
}

TEST(GroupCrops, NamesDoNotDependOnTheOthers) {
  const std::vector<MatrixCrop> one = {Crop("a/c", "x86_64", "clang++", {"r.cc"})};
  const std::vector<MatrixCrop> two = {Crop("a/x", "x86_64", "g++", {"r.cc"}), one[0]};
  const std::string name = GroupCrops(one, false)[0].name;
  const std::vector<MatrixGroup> groups = GroupCrops(two, false);
  EXPECT_TRUE(groups[0].name == name || groups[1].name == name);
}

TEST(FailedSteps, OutputsAndTheCompilersWords) {
  const std::vector<FailedStep> steps = FailedSteps(
      "ninja: Entering directory `b'\n[1/4] Building CXX object g/a.cc.o\nFAILED: g/a.cc.o \n/usr/bin/c++ -c a.cc\na.cc:1: error: x\n  1 | "
      "x\n"
      "[2/4] Building CXX object g/b.cc.o\nb.cc:1: warning: y\n[3/4] Linking\nFAILED: g/liba.so g/liba.map \ncc\nld: z\n"
      "ninja: build stopped: cannot make progress due to previous errors.\n");
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].outputs, std::vector<std::string>{"g/a.cc.o"});
  EXPECT_EQ(steps[0].words, "a.cc:1: error: x\n  1 | x");
  EXPECT_EQ(steps[1].outputs, (std::vector<std::string>{"g/liba.so", "g/liba.map"}));
  EXPECT_EQ(steps[1].words, "ld: z");
  EXPECT_TRUE(FailedSteps("ninja: no work to do.\n").empty());
}

}  // namespace
}  // namespace adze::generate
