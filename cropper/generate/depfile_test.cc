// SPDX-License-Identifier: Apache-2.0
// Depfiles: what they name, and names that make would trip over.
#include "cropper/generate/depfile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace adze::generate {
namespace {

TEST(Depfile, EscapesAndNamesEachFileOnce) {
  EXPECT_EQ(DepfileText("/o u/crop.json", {"/b/$x", "/a/#1 2", "/b/./$x"}), "/o\\ u/crop.json: \\\n  /a/\\#1\\ 2 \\\n  /b/$$x\n");
}

TEST(Depfile, RelativePathsAreMadeAbsolute) {
  EXPECT_EQ(DepfileText("o", {"a"}),
            (std::filesystem::current_path() / "o").string() + ": \\\n  " + (std::filesystem::current_path() / "a").string() + "\n");
}

TEST(Depfile, InputsAreTheSdksFilesOfThePlan) {
  const Sdk sdk = FindSdk("");
  plan::Plan plan;
  plan.profile.arch = "x86_64";
  plan.units = {{"runtime/session/session_run.cc", "any", "core", {}, {}}};
  plan.headers = {"models/schema/adze_generated.h", "runtime/session/session.h"};
  const std::vector<std::string> inputs = InputsOf(sdk, plan);
  for (const char* path : {"runtime/session/session_run.cc", "runtime/session/session.h", "runtime/include/adze/adze.h",
                           "cmake/unit_flags.json", "cropper/index/data/x86_64.json"}) {
    EXPECT_EQ(std::count(inputs.begin(), inputs.end(), sdk.root + "/" + path), 1) << path;
  }
  EXPECT_EQ(std::count(inputs.begin(), inputs.end(), sdk.generated + "/models/schema/adze_generated.h"), 1);
  EXPECT_EQ(std::count(inputs.begin(), inputs.end(), std::filesystem::read_symlink("/proc/self/exe").string()), 1);
  for (const std::string& path : inputs) EXPECT_TRUE(std::filesystem::is_regular_file(path)) << path;
}

}  // namespace
}  // namespace adze::generate
