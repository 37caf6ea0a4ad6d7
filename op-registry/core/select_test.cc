// SPDX-License-Identifier: Apache-2.0
// select(): equal to its definition written the slow way, and unchanged by the removal of rows that it did not choose (what is kept is
// exactly what will be asked for).
#include "op-registry/core/select.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "op-registry/testing/random_rows.h"

namespace adze {
namespace {

using testing_rows::Names;
using testing_rows::Oracle;
using testing_rows::Random;
using testing_rows::Rows;
using testing_rows::SelectNames;
using testing_rows::Serialize;
using testing_rows::TestRow;

TEST(Select, IsItsDefinition) {
  Random random(1);
  int complete = 0;
  for (int round = 0; round < 20000; ++round) {
    const Rows rows = random.Catalog();
    const Key key = random.AnyKey();
    const Level level = random.AnyLevel();
    const Names got = SelectNames(rows, key, level);
    ASSERT_EQ(got.list, Oracle(rows, key, level).list) << "round " << round;
    ASSERT_EQ(got.scratch, Oracle(rows, key, level).scratch) << "round " << round;
    complete += !got.list.empty() && std::find(got.list.begin(), got.list.end(), "") == got.list.end();
  }
  EXPECT_GT(complete, 2000) << "the catalogs are too poor to test anything";
}

// P1: select(full, q) in C implies select(C, q) = select(full, q).
TEST(Select, RowsNotChosenDoNotMatter) {
  Random random(2);
  int shrunk = 0;
  for (int round = 0; round < 8000; ++round) {
    const Rows full = random.Catalog();
    const Key key = random.AnyKey();
    const Level level = random.AnyLevel();
    const Names want = SelectNames(full, key, level);
    for (int subset = 0; subset < 8; ++subset) {
      Rows kept;
      for (const TestRow& r : full) {
        const bool chosen = std::find(want.list.begin(), want.list.end(), r.name) != want.list.end();
        if (chosen || (subset > 0 && random.Below(2) != 0)) kept.push_back(r);  // subset 0 keeps nothing else
      }
      if (subset > 3) {
        for (size_t i = kept.size(); i > 1; --i) std::swap(kept[i - 1], kept[random.Below(static_cast<int>(i))]);  // nor does the order
      }
      shrunk += kept.size() < full.size();
      ASSERT_EQ(SelectNames(kept, key, level).list, want.list) << "round " << round;
      ASSERT_EQ(SelectNames(kept, key, level).scratch, want.scratch) << "round " << round;
    }
  }
  EXPECT_GT(shrunk, 10000);
}

TEST(Select, CompleteBeatsCheaperIncomplete) {
  const auto row = [](RowKind kind, const std::string& name, const std::string& op, std::vector<std::string> needs, int cost) {
    TestRow r;
    r.kind = kind;
    r.name = name;
    r.op = op;
    r.needs = std::move(needs);
    r.cost = cost;
    return r;
  };
  Rows rows = {row(RowKind::kKernel, "a__any", "add", {"gemm"}, 1), row(RowKind::kKernel, "b__any", "add", {"dw"}, 5),
               row(RowKind::kUkernel, "dw__any", "", {}, 0)};
  Key key;
  key.op = "add";
  EXPECT_EQ(SelectNames(rows, key, Level::kScalar).list, (std::vector<std::string>{"b__any", "dw__any"}));
  rows.pop_back();
  EXPECT_EQ(SelectNames(rows, key, Level::kScalar).list, (std::vector<std::string>{"a__any", ""}));  // to say what is missing
  rows.push_back(row(RowKind::kUkernel, "gemm_f32__any", "", {}, 0));  // another family, though its name starts alike
  EXPECT_EQ(SelectNames(rows, key, Level::kScalar).list, (std::vector<std::string>{"a__any", ""}));
}

TEST(Select, FindsOpRows) {
  Rows rows(3);
  rows[0] = {RowKind::kKernel, "add_f32__any", Level::kAny, "add", {}, {}, {}, {}, {}};
  rows[1] = {RowKind::kOp, "op_add", Level::kAny, "add", {}, {}, {}, {}, {}};
  rows[2] = {RowKind::kOp, "op_mul", Level::kAny, "mul", {}, {}, {}, {}, {}};
  std::vector<uint8_t> bytes;
  for (const TestRow& r : rows) Serialize(r, &bytes);
  const RowTable table{bytes.data(), 3, nullptr};
  EXPECT_EQ(FindOp(table, TextOf("add")), 1);
  EXPECT_EQ(FindOp(table, TextOf("mul")), 2);
  EXPECT_EQ(FindOp(table, TextOf("mu")), -1);
  EXPECT_EQ(FindOp(table, TextOf("")), -1);
}

TEST(Level, Serving) {
  EXPECT_TRUE(Serves(Level::kAvx2, Level::kAvx512));
  EXPECT_FALSE(Serves(Level::kAvx512, Level::kAvx2));
  EXPECT_FALSE(Serves(Level::kAvx2, Level::kNeon));
  EXPECT_FALSE(Serves(Level::kAny, Level::kReference));
  EXPECT_FALSE(Serves(Level::kReference, Level::kScalar));
  EXPECT_TRUE(Serves(Level::kScalar, Level::kNeon));
  EXPECT_STREQ(LevelName(Level::kAvx512), "avx512");
  EXPECT_STREQ(LevelName(static_cast<Level>(200)), "?");
}

}  // namespace
}  // namespace adze
