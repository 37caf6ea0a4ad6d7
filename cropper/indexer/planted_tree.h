// SPDX-License-Identifier: Apache-2.0
// A little source tree in a temporary folder, with this project's own flags, for tests that plant defects.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "cropper/indexer/build_index.h"

namespace adze::indexer {

class PlantedTree : public ::testing::Test {
 protected:
  void SetUp() override {
    const ::testing::TestInfo* test = ::testing::UnitTest::GetInstance()->current_test_info();
    // The process's own: two checkouts may run their tests at once.
    root_ = std::filesystem::path(::testing::TempDir()) /
            (std::string("planted tree ") + test->test_suite_name() + test->name() + " " + std::to_string(getpid()));
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_ / "cmake");
    std::filesystem::copy_file(std::filesystem::path(ADZE_SOURCE_DIR) / "cmake/unit_flags.json", root_ / "cmake/unit_flags.json");
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  void Write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  void Remove(const std::string& path) { std::filesystem::remove(root_ / path); }

  BuildOptions Options() const { return {root_.string(), (root_ / "generated").string(), (root_ / "objects").string(), 1}; }

  index::Index Build(const Target& target = Targets()[0]) {
    findings_.clear();
    units_ = CompileUnits(Options(), target);
    return JoinUnits(target, units_, &findings_);
  }

  std::filesystem::path root_;
  std::vector<CompiledUnit> units_;
  std::vector<std::string> findings_;
};

}  // namespace adze::indexer
