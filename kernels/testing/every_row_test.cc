// SPDX-License-Identifier: Apache-2.0
// After all kernel tests: every row of this architecture that this CPU can run must have been asked for by one of them.
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

[[maybe_unused]] const auto* const kRegistered = ::testing::AddGlobalTestEnvironment(new EveryRowIsTested);

}  // namespace
}  // namespace adze::parity
