// SPDX-License-Identifier: Apache-2.0
// Plans of small models: what is kept and why, independence of order, unions, full, empty, and what a missing row or damage says.
#include "cropper/plan/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "cropper/plan/features.h"
#include "cropper/plan/select_rows.h"
#include "kernels/catalog.h"
#include "models/format/writer.h"
#include "models/graph/graph.h"
#include "models/passes/pipeline.h"
#include "models/schema/header.h"
#include "op-registry/core/select.h"
#include "op-registry/ops/binary.h"

namespace adze::plan {
namespace {

using Bytes = std::vector<uint8_t>;

struct Sample {
  std::string name;
  Bytes bytes;
};

// x -> op -> y over float32 [1, n]; `op` is add (with itself), mul or sigmoid.
graph::Graph MakeGraph(const std::string& name, const std::vector<std::string>& ops, int64_t n = 7) {
  graph::Graph g;
  g.name = "graph";
  g.source = name;
  graph::Value x;
  x.name = "x";
  x.dims = {1, n};
  int last = g.AddValue(x);
  g.inputs = {last};
  for (const std::string& op : ops) {
    graph::Value y;
    y.name = op + "_out";
    y.dims = {1, n};
    graph::Node node;
    node.op = op;
    node.name = op + "_node";
    node.inputs = op == "sigmoid" ? std::vector<int>{last} : std::vector<int>{last, last};
    if (op != "sigmoid") node.SetParams(BinaryParams());
    last = g.AddValue(y);
    node.outputs = {last};
    g.nodes.push_back(node);
  }
  g.outputs = {last};
  passes::RunPipeline(&g);
  return g;
}

Sample MakeModel(const std::string& name, const std::vector<std::string>& ops) {
  return {name + ".adze", format::WriteAdze(MakeGraph(name, ops))};
}

ModelBytes Of(const Sample& sample) { return {sample.name, "models/" + sample.name, sample.bytes.data(), sample.bytes.size()}; }

std::set<std::string> Ids(const Plan& plan) {
  std::set<std::string> ids;
  for (const Atom& atom : plan.atoms) ids.insert(std::string(AtomKindName(atom.kind)) + ":" + atom.id);
  return ids;
}
std::set<std::string> Paths(const Plan& plan) {
  std::set<std::string> paths;
  for (const PlannedUnit& unit : plan.units) paths.insert(unit.path);
  return paths;
}
template <typename T>
std::set<T> Union(const std::set<T>& a, const std::set<T>& b) {
  std::set<T> u = a;
  u.insert(b.begin(), b.end());
  return u;
}

class PlanTest : public testing::TestWithParam<const char*> {
 protected:
  const Profile profile_ = LoadProfile(ADZE_SOURCE_DIR, GetParam());
  const index::Index index_ = index::LoadIndex(ADZE_SOURCE_DIR, profile_.arch);
  const Sample add_ = MakeModel("add", {"add"});
  const Sample sigmoid_ = MakeModel("sigmoid", {"sigmoid", "mul"});
};
INSTANTIATE_TEST_SUITE_P(Profiles, PlanTest, testing::Values("linux-x64", "linux-x64-avx2", "linux-x64-avx512", "linux-arm64"));

TEST_P(PlanTest, KeepsWhatSelectionAsksForAndSaysWhy) {
  const Plan plan = MakePlan(profile_, index_, {Of(add_)});
  EXPECT_TRUE(plan.Has(AtomKind::kOp, "op_add"));
  EXPECT_FALSE(plan.Has(AtomKind::kOp, "op_mul"));
  EXPECT_TRUE(plan.Has(AtomKind::kFeature, "threads=off"));
  EXPECT_TRUE(plan.Has(AtomKind::kFeature, "error_text=on"));
  for (const Level level : profile_.levels) EXPECT_TRUE(plan.Has(AtomKind::kLevel, LevelName(level)));
  for (const Atom& atom : plan.atoms) {
    if (atom.kind == AtomKind::kLevel || atom.kind == AtomKind::kFeature) {
      EXPECT_NE(atom.because, "");
      continue;
    }
    ASSERT_FALSE(atom.reasons.empty()) << atom.id;
    EXPECT_EQ(atom.reasons[0].model, "add.adze");
    EXPECT_EQ(atom.reasons[0].op, "add");
    EXPECT_EQ(atom.reasons[0].level.empty(), atom.kind == AtomKind::kOp);
  }
  for (const PlannedUnit& unit : plan.units) EXPECT_FALSE(unit.atoms.empty() && unit.used_by.empty()) << unit.path;
  EXPECT_EQ(Paths(plan).count("runtime/threads/single_thread.cc"), 1u);
  EXPECT_EQ(Paths(plan).count("runtime/threads/thread_pool.cc"), 0u);
  EXPECT_EQ(Paths(plan).count("op-registry/ops/mul.cc"), 0u);
  EXPECT_TRUE(std::count(plan.headers.begin(), plan.headers.end(), "runtime/session/manifest.h"));
  EXPECT_TRUE(std::count(plan.headers.begin(), plan.headers.end(), "models/schema/adze_generated.h"));
}

TEST_P(PlanTest, SelectsTheSameRowsFromThePlanAsFromTheCatalog) {
  const Plan plan = MakePlan(profile_, index_, {Of(add_), Of(sigmoid_)});
  std::vector<CatalogRow> kept;
  for (const CatalogRow& row : Catalog()) {
    const AtomKind kind = row.kind == RowKind::kOp ? AtomKind::kOp : row.kind == RowKind::kKernel ? AtomKind::kKernel : AtomKind::kUkernel;
    if (plan.Has(kind, row.name)) kept.push_back(row);
  }
  const Bytes bytes = SerializeRows(kept);
  const RowTable table{bytes.data(), static_cast<int>(kept.size()), nullptr};
  for (const char* op : {"add", "mul", "sigmoid"}) {
    Key key;
    key.op = op;
    key.n_types = 1;
    key[Feature::kElements] = 7;
    key[Feature::kInnerDense] = key[Feature::kDense] = 1;
    key[Feature::kElementBytes] = 4;
    for (const Level level : profile_.levels) {
      const Selection full = Select(CatalogTable(), key, level), crop = Select(table, key, level);
      ASSERT_TRUE(full.complete() && crop.complete()) << op;
      EXPECT_EQ(Catalog()[full.kernel].name, kept[crop.kernel].name);
      for (int i = 0; i < full.n_ukernels; ++i) EXPECT_EQ(Catalog()[full.ukernels[i]].name, kept[crop.ukernels[i]].name);
    }
  }
}

TEST_P(PlanTest, OrderDoesNotMatterAndTextReadsBack) {
  const std::string text = PlanToJson(MakePlan(profile_, index_, {Of(add_), Of(sigmoid_)}));
  EXPECT_EQ(text, PlanToJson(MakePlan(profile_, index_, {Of(sigmoid_), Of(add_)})));
  EXPECT_EQ(text, PlanToJson(PlanFromJson(text, "plan.json")));
  for (const Plan& plan : {FullPlan(profile_, index_), EmptyPlan(profile_, index_)}) {
    EXPECT_EQ(PlanToJson(plan), PlanToJson(PlanFromJson(PlanToJson(plan), "plan.json")));
  }
}

TEST_P(PlanTest, TwoModelsNeedTheUnionOfWhatEachNeeds) {
  const Plan both = MakePlan(profile_, index_, {Of(add_), Of(sigmoid_)});
  const Plan a = MakePlan(profile_, index_, {Of(add_)}), s = MakePlan(profile_, index_, {Of(sigmoid_)});
  EXPECT_EQ(Ids(both), Union(Ids(a), Ids(s)));
  EXPECT_EQ(Paths(both), Union(Paths(a), Paths(s)));
  EXPECT_NE(Ids(a), Ids(s));
}

TEST_P(PlanTest, EveryShapeOfAModelIsPlannedAndSeveralNeedResize) {
  const Sample several = {"several.adze", format::WriteAdze({MakeGraph("several", {"add"}), MakeGraph("several", {"sigmoid"}, 9)})};
  const Plan plan = MakePlan(profile_, index_, {Of(several)}), one = MakePlan(profile_, index_, {Of(add_)});
  const std::set<std::string> ids = Ids(plan);
  for (const std::string& id : Ids(MakePlan(profile_, index_, {Of(MakeModel("a", {"add"})), Of(MakeModel("s", {"sigmoid"}))})))
    EXPECT_EQ(ids.count(id), 1u) << id;
  EXPECT_TRUE(plan.Has(AtomKind::kFeature, "resize=on"));
  EXPECT_EQ(Paths(plan).count("runtime/session/resize.cc"), 1u);
  EXPECT_FALSE(one.Has(AtomKind::kFeature, "resize=on"));
  EXPECT_EQ(Paths(one).count("runtime/session/resize.cc"), 0u);
  // A node that asks for the same at each shape is one reason.
  const Sample same = {"same.adze", format::WriteAdze({MakeGraph("same", {"add"}), MakeGraph("same", {"add"}, 9)})};
  const Plan twice = MakePlan(profile_, index_, {Of(same)});
  for (const Atom& atom : twice.atoms) EXPECT_LE(atom.reasons.size(), profile_.levels.size()) << atom.id;
}

TEST_P(PlanTest, FullKeepsAllAndEmptyOnlyTheRuntime) {
  const Plan full = FullPlan(profile_, index_), empty = EmptyPlan(profile_, index_), crop = MakePlan(profile_, index_, {Of(add_)});
  EXPECT_EQ(full.levels.back(), Level::kReference);
  EXPECT_EQ(full.levels.front(), profile_.levels.front());
  Profile with_resize = profile_;
  with_resize.resize = true;
  const std::set<std::string> absent = AbsentUnits(with_resize), full_ids = Ids(full), full_paths = Paths(full);
  for (const index::Unit& unit : index_.units()) {
    const bool has_row =
        std::any_of(unit.defines.begin(), unit.defines.end(), [](const std::string& s) { return s.rfind("adze_", 0) == 0; });
    EXPECT_TRUE(!has_row || full_paths.count(unit.path) == 1) << unit.path;
    EXPECT_TRUE(absent.count(unit.path) == 0 || full_paths.count(unit.path) == 0) << unit.path;
  }
  for (const std::string& id : Ids(crop)) EXPECT_EQ(full_ids.count(id), 1u) << id;
  for (const std::string& path : Paths(crop)) EXPECT_EQ(full_paths.count(path), 1u) << path;
  for (const Atom& atom : empty.atoms) EXPECT_TRUE(atom.kind == AtomKind::kLevel || atom.kind == AtomKind::kFeature) << atom.id;
  Profile bare = profile_;  // the empty plan has every feature off
  for (const FeatureRow& feature : Features()) bare.*feature.setting = false;
  const std::set<std::string> bare_paths = Paths(MakePlan(bare, index_, {Of(add_)}));
  for (const PlannedUnit& unit : empty.units) {
    EXPECT_NE(unit.path.rfind("kernels/", 0), 0u) << unit.path;
    EXPECT_NE(unit.path.rfind("op-registry/ops/", 0), 0u) << unit.path;
    EXPECT_EQ(bare_paths.count(unit.path), 1u) << unit.path;
  }
}

TEST_P(PlanTest, DamageAndMissingRowsOfAllModelsAreReported) {
  Sample broken = add_;
  broken.name = "broken.adze";
  broken.bytes[4] = 'X';
  Sample cut = sigmoid_;
  cut.name = "cut.adze";
  cut.bytes.resize(63);
  const Sample nothing{"nothing.adze", {}};
  try {
    MakePlan(profile_, index_, {Of(broken), Of(add_), Of(cut), Of(nothing)});
    FAIL();
  } catch (const InputError& e) {
    const std::string report = e.what();
    EXPECT_EQ(std::count(report.begin(), report.end(), '\n'), 2) << report;
    EXPECT_NE(report.find("models/broken.adze: damaged file: bytes 4 to 7 are not 'ADZE'; copy or convert the file again"),
              std::string::npos)
        << report;
    EXPECT_NE(report.find("models/cut.adze: damaged file"), std::string::npos) << report;
    EXPECT_NE(report.find("models/nothing.adze: damaged file"), std::string::npos) << report;
  }
}

// The model with the op `from` renamed to `to` (of equal length) and the checksum made right again: what a newer Adze could write.
Sample Renamed(Sample sample, const std::string& from, const std::string& to) {
  const std::string word = from + '\0';
  auto at = std::search(sample.bytes.begin(), sample.bytes.end(), word.begin(), word.end());
  EXPECT_NE(at, sample.bytes.end());
  std::copy(to.begin(), to.end(), at);
  FileHeader header;
  std::memcpy(&header, sample.bytes.data(), sizeof(header));
  header.graph_checksum = Checksum(sample.bytes.data() + header.graph_offset, header.graph_bytes);
  std::memcpy(sample.bytes.data(), &header, sizeof(header));
  return sample;
}

TEST_P(PlanTest, MissingRowsNameTheNodeAndTheLevels) {
  EXPECT_TRUE(MissingRows(Of(sigmoid_), profile_.levels).empty());
  EXPECT_TRUE(MissingRows(Of(sigmoid_), {Level::kReference}).empty());
  const Sample newer = Renamed(Renamed(sigmoid_, "sigmoid", "sigmoix"), "mul", "mux");
  std::string levels;
  for (const Level level : profile_.levels) levels += (levels.empty() ? "" : ", ") + std::string(LevelName(level));
  const std::string tail = "unknown op; this version of Adze knows none of that name (levels: " + levels + ")";
  EXPECT_EQ(MissingRows(Of(newer), profile_.levels),
            (std::vector<std::string>{"node 0 'sigmoid_node' (sigmoix): " + tail, "node 1 'mul_node' (mux): " + tail}));
  EXPECT_THROW(MakePlan(profile_, index_, {Of(newer)}), InputError);
}

TEST(ModelNames, AreUniqueAndDoNotDependOnOrder) {
  EXPECT_EQ(ModelNames({"b/m.onnx", "a/m.tflite", "x.onnx"}), (std::vector<std::string>{"m_2.adze", "m.adze", "x.adze"}));
  EXPECT_EQ(ModelNames({"x.onnx", "a/m.tflite", "b/m.onnx"}), (std::vector<std::string>{"x.adze", "m.adze", "m_2.adze"}));
}

TEST(PlanJson, RefusesOtherVersionsAndPathsOutsideTheTree) {
  const Profile profile = LoadProfile(ADZE_SOURCE_DIR, "linux-x64");
  const std::string text = PlanToJson(EmptyPlan(profile, index::LoadIndex(ADZE_SOURCE_DIR, "x86_64")));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = text;
    const size_t at = changed.find(from);
    EXPECT_NE(at, std::string::npos);
    return changed.replace(at, from.size(), to);
  };
  EXPECT_THROW(PlanFromJson(with("\"version\": 1", "\"version\": 2"), "p"), InputError);
  EXPECT_THROW(PlanFromJson(with("\"path\":\"runtime/session/session_create.cc", "\"path\":\"../../etc/passwd"), "p"), InputError);
  EXPECT_THROW(PlanFromJson(with("\"path\":\"runtime/session/session_create.cc", "\"path\":\"/etc/passwd"), "p"), InputError);
  EXPECT_THROW(PlanFromJson("", "p"), InputError);
  EXPECT_THROW(PlanFromJson("{}", "p"), InputError);
}

}  // namespace
}  // namespace adze::plan
