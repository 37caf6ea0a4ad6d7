// SPDX-License-Identifier: Apache-2.0
// Matrices: the product in a fixed order, and every problem at once.
#include "cropper/plan/matrix.h"

#include <gtest/gtest.h>

#include "cropper/plan/profile.h"

namespace adze::plan {
namespace {

TEST(Matrix, IsTheProduct) {
  const auto entries = ParseMatrix(
      R"({"sets": {"b": {"models": ["b.onnx", "c.onnx"], "prefix": "acme_b"}, "a": {"models": ["/a.onnx"]}}, "profiles": ["y", "x"]})",
      "dir/m.json");
  ASSERT_EQ(entries.size(), 4u);
  EXPECT_EQ(entries[0].folder, "a/y");
  EXPECT_EQ(entries[0].models, (std::vector<std::string>{"/a.onnx"}));
  EXPECT_EQ(entries[3].folder, "b/x");
  EXPECT_EQ(entries[3].prefix, "acme_b");
  EXPECT_EQ(entries[3].models, (std::vector<std::string>{"dir/b.onnx", "dir/c.onnx"}));
}

TEST(Matrix, SaysEverythingThatIsWrong) {
  const auto report = [](const std::string& text) {
    try {
      ParseMatrix(text, "m");
    } catch (const InputError& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  EXPECT_NE(report("nonsense").find("is not JSON"), std::string::npos);
  EXPECT_NE(report("[]").find("must be a JSON object"), std::string::npos);
  EXPECT_NE(report("{}").find("\"profiles\" must be"), std::string::npos);
  const std::string all =
      report(R"({"sets": {"../a": {"models": ["x"]}, "b": {"models": []}, "c": {"models": ["x", "x", 1], "prefix": "int", "more": 1}},
                 "profiles": ["p", "dir/p.json"], "other": 1})");
  for (const char* part : {"set \"../a\" names a folder", "set \"b\" must be", "lists \"x\" twice", "must list strings", "'int' is a word",
                           "unknown key \"more\"", "unknown key \"other\"", "two profiles would go to c/p"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << "\n" << all;
  }
}

}  // namespace
}  // namespace adze::plan
