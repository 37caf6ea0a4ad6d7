// SPDX-License-Identifier: Apache-2.0
// The body of the fuzzer with seeds, and that it finds selections which break the laws.
#include "tests/fuzz/selection_laws.h"

#include <gtest/gtest.h>

namespace adze::fuzz {
namespace {

TEST(SelectionLaws, HoldForRandomCatalogs) {
  Random random(3);
  Counts counts;
  for (int round = 0; round < 12000; ++round) CheckSelectionLaws(&random, &counts);
  EXPECT_GT(counts.kept, 8000);
  EXPECT_GT(counts.refused, 1000);
  EXPECT_GT(counts.recropped, 1000);
}

// Bytes make the same choices as a fuzzer's, down to none at all.
TEST(SelectionLaws, HoldForBytes) {
  std::mt19937 engine(4);
  Counts counts;
  for (int round = 0; round < 2000; ++round) {
    std::vector<uint8_t> bytes(static_cast<size_t>(round) % 500);
    for (uint8_t& b : bytes) b = static_cast<uint8_t>(engine());
    Random random(bytes.data(), bytes.size());
    CheckSelectionLaws(&random, &counts);
  }
  EXPECT_GT(counts.kept + counts.refused, 100);
}

// Selections that break a law are planted in test_selection_laws.py.
TEST(SelectionLawsDeathTest, BrokenLawsAreNamed) {
  EXPECT_DEATH(Hold(false, "the order of rows matters"), "broken: the order of rows matters");
  Rows rows(2);
  rows[0].name = "add__1";
  rows[0].op = "add";
  rows[0].needs = {"gemm"};
  rows[1].kind = RowKind::kUkernel;
  rows[1].name = "gemm__1";
  Key key;
  key.op = "add";
  Counts counts;
  CheckRefusal(rows, {}, key, Level::kScalar, &counts);
  CheckRefusal(rows, {"add__1"}, key, Level::kScalar, &counts);
  EXPECT_EQ(counts.refused, 2);
}

}  // namespace
}  // namespace adze::fuzz
