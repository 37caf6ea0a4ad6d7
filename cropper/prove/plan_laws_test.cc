// SPDX-License-Identifier: Apache-2.0
// The algebra of plans, over random models, profiles and the real catalog: unions, crops of crops, and refusals that list what is missing and
// nothing else.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "cropper/generate/generate.h"
#include "cropper/plan/plan.h"
#include "cropper/prove/static_trace.h"
#include "cropper/verify/can_run.h"
#include "models/format/writer.h"
#include "models/graph/graph.h"
#include "models/passes/pipeline.h"
#include "op-registry/ops/binary.h"

namespace adze::prove {
namespace {

using Ids = std::set<std::string>;

class Dice {
 public:
  explicit Dice(uint32_t seed) : engine_(seed) {}
  int Below(int n) { return static_cast<int>(engine_() % static_cast<uint32_t>(n)); }

 private:
  std::mt19937 engine_;
};

struct Model {
  std::string name;
  std::string bytes;
  plan::ModelBytes view(const std::string& as = "") const {
    const std::string n = as.empty() ? name : as;
    return {n, n, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()};
  }
};

constexpr const char* kBinary[] = {"add", "mul", "sub", "div"};
constexpr const char* kUnary[] = {"sigmoid", "tanh", "sqrt", "erf", "gelu", "hard_swish"};

// A chain of elementwise ops.
Model AnyModel(Dice* dice, int number) {
  graph::Graph g;
  g.name = "m" + std::to_string(number);
  graph::Value x;
  x.name = "x";
  x.dims = {1, 1 + dice->Below(40)};
  int last = g.AddValue(x);
  g.inputs = {last};
  for (int n = 1 + dice->Below(4); n > 0; --n) {
    graph::Node node;
    const bool binary = dice->Below(2) != 0;
    node.op = binary ? kBinary[dice->Below(4)] : kUnary[dice->Below(6)];
    node.name = node.op + std::to_string(n);
    node.inputs = binary ? std::vector<int>{last, last} : std::vector<int>{last};
    if (binary) node.SetParams(BinaryParams());
    graph::Value y = x;
    y.name = "y" + std::to_string(n);
    last = g.AddValue(y);
    node.outputs = {last};
    g.nodes.push_back(node);
  }
  g.outputs = {last};
  passes::RunPipeline(&g);
  const std::vector<uint8_t> bytes = format::WriteAdze(g);
  return {g.name + ".adze", std::string(bytes.begin(), bytes.end())};
}

// Atoms and units, with their kinds.
Ids IdsOf(const plan::Plan& plan) {
  Ids ids;
  for (const plan::Atom& a : plan.atoms) ids.insert(std::string(plan::AtomKindName(a.kind)) + ":" + a.id);
  for (const plan::PlannedUnit& u : plan.units) ids.insert(u.path);
  return ids;
}

bool Within(const Ids& part, const Ids& whole) { return std::includes(whole.begin(), whole.end(), part.begin(), part.end()); }

size::Manifest ManifestOf(const plan::Plan& plan) {
  size::Manifest m;
  m.levels = plan.levels;
  const std::vector<CatalogRow> rows = generate::PlannedRows(plan);
  for (const CatalogRow& r : rows) m.rows.push_back({r.kind, r.name, r.op, r.types, r.level});
  m.row_bytes = SerializeRows(rows);
  return m;
}

class PlanLaws : public ::testing::TestWithParam<const char*> {
 protected:
  PlanLaws() : profile_(plan::LoadProfile(ADZE_SOURCE_DIR, GetParam())), index_(index::LoadIndex(ADZE_SOURCE_DIR, profile_.arch)) {}

  // Some of the architecture's levels, in any order.
  plan::Profile AnyProfile(Dice* dice) const {
    plan::Profile p = profile_;
    std::vector<Level> left = LevelsOfArch(p.arch);
    p.levels.clear();
    for (int n = 1 + dice->Below(static_cast<int>(left.size())); n > 0; --n) {
      const int i = dice->Below(static_cast<int>(left.size()));
      p.levels.push_back(left[static_cast<size_t>(i)]);
      left.erase(left.begin() + i);
    }
    p.threads = dice->Below(2) != 0;
    return p;
  }

  plan::Plan Of(const plan::Profile& p, const std::vector<plan::ModelBytes>& models) const { return plan::MakePlan(p, index_, models); }

  const plan::Profile profile_;
  const index::Index index_;
};
INSTANTIATE_TEST_SUITE_P(Arches, PlanLaws, testing::Values("linux-x64", "linux-arm64"));

TEST_P(PlanLaws, Unions) {
  Dice dice(5);
  for (int round = 0; round < 25; ++round) {
    const plan::Profile p = AnyProfile(&dice);
    const Model a = AnyModel(&dice, 0), b = AnyModel(&dice, 1), c = AnyModel(&dice, 2);
    const Ids of_a = IdsOf(Of(p, {a.view()})), of_b = IdsOf(Of(p, {b.view()})), of_c = IdsOf(Of(p, {c.view()}));
    const plan::Plan abc = Of(p, {a.view(), b.view(), c.view()});
    Ids all = of_a;
    all.insert(of_b.begin(), of_b.end());
    all.insert(of_c.begin(), of_c.end());
    EXPECT_EQ(IdsOf(abc), all);
    EXPECT_EQ(plan::PlanToJson(abc), plan::PlanToJson(Of(p, {c.view(), a.view(), b.view()})));
    EXPECT_EQ(IdsOf(Of(p, {a.view(), a.view("again.adze")})), of_a) << "a model under two names keeps more";
    EXPECT_TRUE(Within(IdsOf(Of(p, {a.view(), b.view()})), all)) << "not monotone";
    EXPECT_EQ(IdsOf(plan::WithUnits(abc, index_)), IdsOf(abc));
    plan::Profile fewer = p;
    fewer.levels.resize(1);
    EXPECT_TRUE(Within(IdsOf(Of(fewer, {a.view()})), of_a)) << "fewer levels keep more";
  }
}

// P1 with the real catalog, and refusals of what lies outside.
TEST_P(PlanLaws, CropsSelectAsTheFullRuntimeAndRefuseTheRest) {
  Dice dice(6);
  int refused = 0, ran = 0;
  for (int round = 0; round < 60; ++round) {
    const plan::Profile p = AnyProfile(&dice);
    const Model a = AnyModel(&dice, 0), b = AnyModel(&dice, 1);
    const plan::Plan crop = Of(p, {a.view()}), both = Of(p, {a.view(), b.view()});
    for (const Level level : p.levels) {
      const std::string full = StaticTrace(a.bytes, a.name, Catalog(), level);
      EXPECT_EQ(full.find("refused"), std::string::npos);
      EXPECT_EQ(StaticTrace(a.bytes, a.name, generate::PlannedRows(crop), level), full);
      EXPECT_EQ(StaticTrace(a.bytes, a.name, generate::PlannedRows(both), level), full);
    }
    EXPECT_TRUE(verify::WhatIsMissing(a.bytes, a.name, ManifestOf(crop)).empty());
    // As many lines as refused (node, level), each with a row that the crop lacks and its union has.
    std::string traces;
    for (const Level level : p.levels) traces += StaticTrace(b.bytes, b.name, generate::PlannedRows(crop), level);
    const Ids kept = IdsOf(crop), wanted = IdsOf(both);
    size_t lines = 0;
    for (size_t at = 0; (at = traces.find("refused", at)) != std::string::npos; at = traces.find('\n', at)) ++lines;
    const std::vector<std::string> missing = verify::WhatIsMissing(b.bytes, b.name, ManifestOf(crop));
    EXPECT_EQ(missing.size(), lines) << traces;
    for (const std::string& line : missing) {
      std::string names = line.substr(line.find(": needs ") + 8);
      ASSERT_FALSE(names.empty());
      for (size_t end; !names.empty(); names.erase(0, end == std::string::npos ? end : end + 2)) {
        end = names.find(", ");
        const std::string row = names.substr(0, end);
        const auto has = [&](const Ids& ids) {
          return ids.count("op:" + row) + ids.count("kernel:" + row) + ids.count("ukernel:" + row) > 0;
        };
        EXPECT_TRUE(has(wanted) && !has(kept)) << line;
      }
    }
    refused += missing.empty() ? 0 : 1;
    ran += missing.empty() ? 1 : 0;
  }
  EXPECT_GT(refused, 10);
  EXPECT_GT(ran, 2);
}

}  // namespace
}  // namespace adze::prove
