// SPDX-License-Identifier: Apache-2.0
// After all kernel tests: every row of this architecture that this CPU can run must have been asked for by one of them. ADZE_ROWS_OF_TESTS=FILE
// has them write down who asked for what (scripts/test-crop).
#include <cstdlib>
#include <fstream>

#include "kernels/catalog.h"
#include "kernels/testing/parity.h"
#include "kernels/testing/row_symbols.h"

namespace adze::parity {
namespace {

class EveryRowIsTested : public ::testing::Environment {
 public:
  void TearDown() override {
    if (::testing::GTEST_FLAG(filter) != "*") return;
    for (const CatalogRow& row : Catalog()) {
      if (!CpuRuns(row.level) || FindSymbol(row.name) == nullptr) continue;
      EXPECT_EQ(RowsAskedFor().count(row.name), 1U) << "no test runs row " << row.name << ": give its op or micro-kernel a parity test";
    }
  }
};

// Lines "suite.test<tab>row".
class RowsOfTests : public ::testing::EmptyTestEventListener {
 public:
  explicit RowsOfTests(const char* path) : file_(path) {}
  void OnTestStart(const ::testing::TestInfo&) override {
    before_.insert(RowsAskedFor().begin(), RowsAskedFor().end());
    RowsAskedFor().clear();
  }
  void OnTestEnd(const ::testing::TestInfo& test) override {
    for (const std::string& row : RowsAskedFor()) file_ << test.test_suite_name() << '.' << test.name() << '\t' << row << '\n';
    RowsAskedFor().insert(before_.begin(), before_.end());
    file_.flush();
  }

 private:
  std::ofstream file_;
  std::set<std::string> before_;
};

class Recording : public ::testing::Environment {
 public:
  void SetUp() override {
    const char* path = std::getenv("ADZE_ROWS_OF_TESTS");
    if (path != nullptr && *path != 0) ::testing::UnitTest::GetInstance()->listeners().Append(new RowsOfTests(path));
  }
};

[[maybe_unused]] const auto* const kRecording = ::testing::AddGlobalTestEnvironment(new Recording);
[[maybe_unused]] const auto* const kRegistered = ::testing::AddGlobalTestEnvironment(new EveryRowIsTested);

}  // namespace
}  // namespace adze::parity
