// SPDX-License-Identifier: Apache-2.0
// The generated CMake: flags per unit, page size, features, toolchains.
#include "cropper/generate/cmake_text.h"

#include <gtest/gtest.h>

namespace adze::generate {
namespace {

UnitFlags TestFlags() {
  UnitFlags f;
  f.common = {"-std=c++17"};
  f.arch_common = {"-mno-x"};
  f.of_class = {{"core", {"-Os"}}, {"kernel", {"-O2"}}};
  f.of_isa = {{"any", {}}, {"avx2", {"-mavx2", "-mfma"}}};
  f.link = {"-Wl,--gc-sections"};
  return f;
}

plan::Plan TestPlan() {
  plan::Plan p;
  p.kind = "crop";
  p.profile.name = "test";
  p.profile.arch = "x86_64";
  p.profile.page_size = 16384;
  p.units = {{"kernels/a/a__avx2.cc", "avx2", "kernel", {}, {}}, {"runtime/r.cc", "any", "core", {}, {}}};
  return p;
}

bool Has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(UnitFlags, OrderAndUnknownNames) {
  EXPECT_EQ(TestFlags().Of("kernel", "avx2"), (std::vector<std::string>{"-std=c++17", "-O2", "-mno-x", "-mavx2", "-mfma"}));
  EXPECT_THROW(TestFlags().Of("core", "neon"), std::runtime_error);
  EXPECT_THROW(TestFlags().Of("driver", "any"), std::runtime_error);
}

TEST(CMakeText, EveryUnitWithItsFlags) {
  const std::string text = CMakeText(TestPlan(), TestFlags(), {"src/runtime/tools/adze_run.cc"});
  EXPECT_TRUE(Has(text, "\"src/kernels/a/a__avx2.cc\"\n  PROPERTIES COMPILE_OPTIONS\n  \"-std=c++17;-O2;-mno-x;-mavx2;-mfma\""));
  EXPECT_TRUE(Has(text, "\"src/runtime/r.cc\"\n  \"src/generated/table.cc\"\n  PROPERTIES COMPILE_OPTIONS\n  \"-std=c++17;-Os;-mno-x\""));
  EXPECT_TRUE(Has(text, "-Wl,-z,max-page-size=16384"));
  EXPECT_TRUE(Has(text, "LINKER_LANGUAGE C"));
  EXPECT_TRUE(Has(text, "add_executable(${ADZE_TARGET}-run"));
  EXPECT_FALSE(Has(text, "Threads"));
  EXPECT_FALSE(Has(text, "flatbuffers"));
}

TEST(CMakeText, FeaturesAddOnlyTheirs) {
  plan::Plan p = TestPlan();
  p.profile.threads = true;
  p.external = {"flatbuffers/base.h"};
  const std::string text = CMakeText(p, TestFlags(), {});
  EXPECT_TRUE(Has(text, "find_package(Threads REQUIRED)"));
  EXPECT_TRUE(Has(text, "third_party/flatbuffers/include"));
  EXPECT_FALSE(Has(text, "adze-run"));
}

TEST(ToolchainText, OnlyWhereNeeded) {
  plan::Profile p = TestPlan().profile;
  EXPECT_EQ(ToolchainText(p), "");
  p.emulator = {"qemu", "-L", "/a;b c"};
  EXPECT_TRUE(Has(ToolchainText(p), "set(CMAKE_CROSSCOMPILING_EMULATOR \"qemu\" \"-L\" \"/a\\;b c\")"));
  EXPECT_TRUE(Has(ToolchainText(p), "set(CMAKE_SYSTEM_NAME Linux)"));
  p.emulator.clear();
  p.compiler.c = "clang";
  EXPECT_TRUE(Has(ToolchainText(p), "set(CMAKE_C_COMPILER \"clang\")"));
  EXPECT_FALSE(Has(ToolchainText(p), "CMAKE_SYSTEM_NAME"));
}

}  // namespace
}  // namespace adze::generate
