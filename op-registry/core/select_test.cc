// SPDX-License-Identifier: Apache-2.0
// select(): equal to its definition written the slow way, and unchanged by the removal of rows that it did not choose (what is kept is
// exactly what will be asked for).
#include "op-registry/core/select.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace adze {
namespace {

struct TestRow {
  RowKind kind = RowKind::kKernel;
  std::string name;
  Level level = Level::kAny;
  std::string op;
  std::vector<DType> types;
  std::vector<std::string> needs;
  Expr when, cost, scratch;
};

// The layout documented in row_table.h.
void Serialize(const TestRow& r, std::vector<uint8_t>* out) {
  const size_t head[] = {static_cast<size_t>(r.kind),
                         static_cast<size_t>(r.level),
                         r.name.size(),
                         r.op.size(),
                         r.types.size(),
                         r.needs.size(),
                         r.when.size,
                         r.cost.size,
                         r.scratch.size};
  for (const size_t n : head) out->push_back(static_cast<uint8_t>(n));
  out->insert(out->end(), r.name.begin(), r.name.end());
  out->insert(out->end(), r.op.begin(), r.op.end());
  for (const DType t : r.types) out->push_back(static_cast<uint8_t>(t));
  for (const std::string& need : r.needs) {
    out->push_back(static_cast<uint8_t>(need.size()));
    out->insert(out->end(), need.begin(), need.end());
  }
  for (const Expr* e : {&r.when, &r.cost, &r.scratch}) out->insert(out->end(), e->code, e->code + e->size);
}

using Rows = std::vector<TestRow>;

// The names that were selected, "" for a need that nobody meets, and the scratch size.
struct Names {
  std::vector<std::string> list;
  int64_t scratch = 0;
  bool operator==(const Names& other) const { return list == other.list && scratch == other.scratch; }
};

Names SelectNames(const Rows& rows, const Key& key, Level level) {
  std::vector<uint8_t> bytes;
  for (const TestRow& r : rows) Serialize(r, &bytes);
  bytes.push_back(0);  // data() of an empty table must not be null
  const RowTable table{bytes.data(), static_cast<int>(rows.size()), nullptr};
  const Selection s = Select(table, key, level);
  Names names;
  if (s.kernel < 0) return names;
  names.list.push_back(rows[s.kernel].name);
  for (int i = 0; i < s.n_ukernels; ++i) names.list.push_back(s.ukernels[i] < 0 ? "" : rows[s.ukernels[i]].name);
  names.scratch = s.scratch_bytes;
  return names;
}

int64_t ValueOf(const Expr& e, const Key& key, int64_t if_empty) { return Evaluate(e.code, e.size, key, if_empty); }

bool Fits(const TestRow& r, const Key& key, Level level) { return Serves(r.level, level) && ValueOf(r.when, key, 1) != 0; }

// The definition, the slow way.
Names Oracle(const Rows& rows, const Key& key, Level level) {
  std::optional<std::tuple<bool, int64_t, std::string, Names>> best;
  for (const TestRow& k : rows) {
    const std::vector<DType> types(key.types, key.types + key.n_types);
    if (k.kind != RowKind::kKernel || k.op != key.op || (!k.types.empty() && k.types != types) || !Fits(k, key, level)) continue;
    Names names{{k.name}, ValueOf(k.scratch, key, 0)};
    bool incomplete = false;
    for (const std::string& need : k.needs) {
      std::vector<std::pair<int64_t, std::string>> candidates;
      for (const TestRow& u : rows) {
        if (u.kind != RowKind::kUkernel || u.name.substr(0, u.name.find("__")) != need || !Fits(u, key, level)) continue;
        candidates.emplace_back(ValueOf(u.cost, key, 0), u.name);
      }
      incomplete |= candidates.empty();
      names.list.push_back(candidates.empty() ? "" : std::min_element(candidates.begin(), candidates.end())->second);
    }
    const auto rank = std::make_tuple(incomplete, ValueOf(k.cost, key, 0), k.name);
    if (!best || rank < std::make_tuple(std::get<0>(*best), std::get<1>(*best), std::get<2>(*best))) {
      best.emplace(std::get<0>(rank), std::get<1>(rank), std::get<2>(rank), names);
    }
  }
  return best ? std::get<3>(*best) : Names();
}

class Random {
 public:
  explicit Random(uint32_t seed) : engine_(seed) {}
  int Below(int n) { return static_cast<int>(engine_() % static_cast<uint32_t>(n)); }

  // Few distinct values, so that constraints hold about half the time and costs often tie.
  Expr Constraint() {
    const auto f = static_cast<Feature>(Below(3));
    const int n = Below(4);
    switch (Below(5)) {
      case 0: return F(f) == n;
      case 1: return F(f) <= n && F(static_cast<Feature>(Below(3))) >= 1;
      case 2: return !(F(f) == n);
      default: return Expr();
    }
  }
  Expr Cost() {
    if (Below(4) == 0) return Expr();
    const Expr base = Below(3);
    return Below(2) != 0 ? base : base + F(static_cast<Feature>(Below(3))) * Below(3);
  }
  Level AnyLevel() { return static_cast<Level>(Below(kLevelCount)); }
  std::vector<DType> Types() {
    std::vector<DType> t(static_cast<size_t>(Below(3)));
    for (DType& d : t) d = static_cast<DType>(Below(2));
    return t;
  }

  Rows Catalog() {
    static const char* const kOps[] = {"add", "conv2d"};
    static const char* const kFamilies[] = {"gemm", "gemm_f32", "dw"};
    Rows rows;
    const int n = Below(24);
    for (int i = 0; i < n; ++i) {
      TestRow r;
      r.kind = static_cast<RowKind>(Below(8) == 0 ? 0 : 1 + Below(2));
      r.level = AnyLevel();
      r.when = Constraint();
      r.cost = Cost();
      const std::string tail = "__" + std::to_string(Below(1000)) + "_" + std::to_string(i);  // order of names is not order of rows
      if (r.kind == RowKind::kUkernel) {
        r.name = kFamilies[Below(3)] + tail;
      } else {
        r.op = kOps[Below(2)];
        r.name = r.op + tail;
      }
      if (r.kind == RowKind::kKernel) {
        r.types = Types();
        for (int k = Below(kMaxNeeds + 1); k > 0; --k) r.needs.emplace_back(kFamilies[Below(3)]);
        r.scratch = Cost();
      }
      rows.push_back(r);
    }
    return rows;
  }

  Key AnyKey() {
    Key k;
    k.op = Below(2) != 0 ? "add" : "conv2d";
    for (const DType t : Types()) k.types[k.n_types++] = t;
    for (int f = 0; f < 3; ++f) k.features[f] = Below(4);
    return k;
  }

 private:
  std::mt19937 engine_;
};

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
