// SPDX-License-Identifier: Apache-2.0
// The index: closures, feature alternatives, and a JSON form that does not depend on the order of the units.
#include "cropper/index/index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace adze::index {
namespace {

Unit MakeUnit(const std::string& path, std::vector<std::string> defines, std::vector<std::string> uses) {
  Unit unit;
  unit.path = path;
  unit.isa = "any";
  unit.unit_class = "core";
  unit.defines = std::move(defines);
  unit.uses = std::move(uses);
  return unit;
}

// a -> b -> {pool | single}, cycle b <-> c, d alone.
std::vector<Unit> Sample() {
  return {MakeUnit("b.cc", {"b"}, {"c.cc", "single.cc", "pool.cc"}),
          MakeUnit("a.cc", {"a", "a2"}, {"b.cc"}),
          MakeUnit("c.cc", {"c"}, {"b.cc"}),
          MakeUnit("d.cc", {"d"}, {}),
          MakeUnit("pool.cc", {"parallel"}, {"d.cc"}),
          MakeUnit("single.cc", {"parallel"}, {})};
}

std::set<std::string> Keys(const std::map<std::string, std::vector<std::string>>& closure) {
  std::set<std::string> keys;
  for (const auto& entry : closure) keys.insert(entry.first);
  return keys;
}

TEST(Index, ClosureFollowsEdgesAndCyclesAndSaysWho) {
  const Index index("x86_64", "gcc 12", Sample());
  const auto closure = index.Closure({"a.cc"}, {"pool.cc"});
  EXPECT_EQ(Keys(closure), (std::set<std::string>{"a.cc", "b.cc", "c.cc", "single.cc"}));
  EXPECT_EQ(closure.at("b.cc"), (std::vector<std::string>{"a.cc", "c.cc"}));
  EXPECT_TRUE(closure.at("a.cc").empty());
}

TEST(Index, TheOtherChoiceOfAFeatureBringsItsOwnUnits) {
  const Index index("x86_64", "gcc 12", Sample());
  EXPECT_EQ(Keys(index.Closure({"a.cc"}, {"single.cc"})), (std::set<std::string>{"a.cc", "b.cc", "c.cc", "d.cc", "pool.cc"}));
  EXPECT_EQ(index.Defining("parallel", {"single.cc"})->path, "pool.cc");
  EXPECT_EQ(index.Defining("parallel", {"pool.cc"})->path, "single.cc");
  EXPECT_EQ(index.Defining("parallel", {"pool.cc", "single.cc"}), nullptr);
  EXPECT_EQ(index.Defining("nothing"), nullptr);
}

TEST(Index, ClosureOfNothingIsEmptyAndOfAnUnknownUnitAnError) {
  const Index index("x86_64", "gcc 12", Sample());
  EXPECT_TRUE(index.Closure({}, {}).empty());
  EXPECT_THROW(index.Closure({"gone.cc"}, {}), std::runtime_error);
}

TEST(Index, TextDoesNotDependOnOrderAndReadsBack) {
  std::vector<Unit> reversed = Sample();
  std::reverse(reversed.begin(), reversed.end());
  std::reverse(reversed.back().uses.begin(), reversed.back().uses.end());
  const std::string text = Index("x86_64", "gcc 12", Sample()).ToJson();
  EXPECT_EQ(text, Index("x86_64", "gcc 12", reversed).ToJson());
  EXPECT_EQ(text, Index::FromJson(text, "t").ToJson());
}

TEST(Index, RefusesDanglingEdgesDuplicatesAndOtherVersions) {
  EXPECT_THROW(Index("x86_64", "gcc 12", {MakeUnit("a.cc", {}, {"b.cc"})}), std::runtime_error);
  EXPECT_THROW(Index("x86_64", "gcc 12", {MakeUnit("a.cc", {}, {}), MakeUnit("a.cc", {}, {})}), std::runtime_error);
  try {
    Index::FromJson(R"({"version": 9, "arch": "x86_64", "compiler": "gcc 12", "units": {}})", "data/x.json");
    FAIL();
  } catch (const std::runtime_error& e) {
    EXPECT_STREQ(e.what(), "data/x.json: index version 9, this cropper reads 1; restore the file or run adze-indexer");
  }
  EXPECT_THROW(Index::FromJson("{", "t"), std::runtime_error);
}

}  // namespace
}  // namespace adze::index
