// SPDX-License-Identifier: Apache-2.0
// why-not: every row, unit and symbol of Adze that a crop lacks has a reason; each kind of reason is the right one.
#include "cropper/verify/why_not.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "cropper/generate/files.h"
#include "cropper/index/index.h"
#include "cropper/plan/plan.h"
#include "cropper/verify/expr_text.h"
#include "cropper/verify/near_names.h"
#include "kernels/catalog.h"
#include "models/format/writer.h"
#include "models/graph/graph.h"
#include "models/passes/pipeline.h"
#include "op-registry/ops/binary.h"

namespace adze::verify {
namespace {

std::vector<uint8_t> AddModel() {
  graph::Graph g;
  graph::Value x;
  x.name = "x";
  x.dims = {1, 40};
  graph::Value y = x;
  y.name = "y";
  g.inputs = {g.AddValue(x)};
  g.outputs = {g.AddValue(y)};
  graph::Node n;
  n.op = "add";
  n.name = "twice";
  n.inputs = {g.inputs[0], g.inputs[0]};
  n.outputs = g.outputs;
  n.SetParams(BinaryParams());
  g.nodes = {n};
  passes::RunPipeline(&g);
  return format::WriteAdze(g);
}

class WhyNotTest : public ::testing::Test {
 protected:
  WhyNotTest() {
    const plan::Profile profile = plan::LoadProfile(ADZE_SOURCE_DIR, "linux-x64-avx2");
    const std::vector<uint8_t> bytes = AddModel();
    plan_ = plan::MakePlan(profile, index_, {{"add.adze", "add.onnx", bytes.data(), bytes.size()}});
    generate::WriteFile(out_ + "/plan.json", plan::PlanToJson(plan_));
    generate::WriteFile(out_ + "/models/add.adze", std::string(bytes.begin(), bytes.end()));
  }

  WhyNot Find(const std::string& name) const { return FindWhyNot({ADZE_SOURCE_DIR, "", ""}, out_, name); }
  std::string First(const std::string& name) const { return Find(name).reasons.at(0); }
  std::string Error(const std::string& name) const {
    try {
      Find(name);
    } catch (const plan::InputError& e) {
      return e.what();
    }
    return "";
  }

  const index::Index index_ = index::LoadIndex(ADZE_SOURCE_DIR, "x86_64");
  const std::string out_ = testing::TempDir() + "adze_why_not_test_" + std::to_string(getpid());
  plan::Plan plan_;
};

bool Holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(WhyNotTest, EveryRowThatIsNotKeptHasAReasonAndNoneThatIs) {
  int dropped = 0, kept = 0;
  for (const CatalogRow& row : Catalog()) {
    const plan::AtomKind kind = row.kind == RowKind::kOp       ? plan::AtomKind::kOp
                                : row.kind == RowKind::kKernel ? plan::AtomKind::kKernel
                                                               : plan::AtomKind::kUkernel;
    if (plan_.Has(kind, row.name)) {
      EXPECT_TRUE(Holds(Error(row.name), "cropper why")) << row.name;
      ++kept;
      continue;
    }
    const WhyNot why_not = Find(row.name);
    ASSERT_FALSE(why_not.reasons.empty()) << row.name;
    for (const std::string& r : why_not.reasons) {
      EXPECT_FALSE(r.empty() || Holds(r, "though") || Holds(r, "damaged expression")) << row.name << ": " << r;
    }
    ++dropped;
  }
  EXPECT_EQ(kept, 3);
  EXPECT_GT(dropped, 80);
}

TEST_F(WhyNotTest, EveryUnitAndSymbolThatIsNotKeptHasAReason) {
  int dropped = 0;
  for (const index::Unit& unit : index_.units()) {
    const auto planned = [&](const plan::PlannedUnit& u) { return u.path == unit.path; };
    if (std::any_of(plan_.units.begin(), plan_.units.end(), planned)) continue;
    ++dropped;
    std::vector<std::string> reasons = Find("src/" + unit.path).reasons;
    if (!unit.defines.empty() && index_.Defining(unit.defines[0]) == &unit) {
      const std::vector<std::string> more = Find(unit.defines[0]).reasons;
      reasons.insert(reasons.end(), more.begin(), more.end());
    }
    ASSERT_FALSE(reasons.empty()) << unit.path;
    for (const std::string& r : reasons) EXPECT_FALSE(Holds(r, "though") || Holds(r, "no row, feature or unit")) << unit.path << ": " << r;
  }
  EXPECT_GT(dropped, 80);
}

TEST_F(WhyNotTest, EachKindOfReason) {
  EXPECT_EQ(First("sigmoid"), "no listed model has a node of op sigmoid");
  EXPECT_EQ(First("adze_op_sigmoid"), "no listed model has a node of op sigmoid");
  EXPECT_EQ(First("add_f32__avx512"), "it is for level avx512; the library's levels are avx2");
  EXPECT_TRUE(Holds(First("add_f32__scalar"), " where add_f32__avx2 costs ")) << First("add_f32__scalar");
  EXPECT_TRUE(Holds(First("add_f32__scalar"), "add.adze, node 0 'twice' (add) at level avx2")) << First("add_f32__scalar");
  EXPECT_TRUE(Holds(First("gemm_f32__avx2_6x16"), "no node of the listed models runs a kernel that calls micro-kernels of gemm_f32;"));
  EXPECT_EQ(First("avx512"), "profile linux-x64-avx2 does not list it in \"levels\"");
  EXPECT_EQ(First("neon"), "profile linux-x64-avx2 is for x86_64, which has no such level");
  EXPECT_TRUE(Holds(First("threads"), "profile linux-x64-avx2 sets \"threads\" to false"));
  EXPECT_EQ(First("runtime/threads/thread_pool.cc"), "it is feature threads=on; profile linux-x64-avx2 sets \"threads\" to false");
  EXPECT_TRUE(Holds(First("build/CMakeFiles/adze_objects.dir/src/op-registry/ops/window.cc.o"), "only "));
  EXPECT_EQ(Find("adze_op_sigmoid").kind, "row");
  EXPECT_EQ(Find("sigmoid").kind, "op");
}

TEST_F(WhyNotTest, KeptAndUnknownNames) {
  EXPECT_TRUE(Holds(Error("avx2"), "says why"));
  EXPECT_TRUE(Holds(Error("error_text"), "says why"));
  EXPECT_TRUE(Holds(Error("threads=off"), "says why"));
  EXPECT_TRUE(Holds(Error("gemm_f32__avx2_6x17"), "near it: gemm_f32__avx2_6x16")) << Error("gemm_f32__avx2_6x17");
  EXPECT_TRUE(Holds(Error("sigmoidd"), "sigmoid"));
  EXPECT_FALSE(Holds(Error("qqqqqqqqqqqq"), "near it"));
}

// The plan of another model: the rows would be chosen, and the answer does not pretend otherwise.
TEST_F(WhyNotTest, APlanThatDoesNotFitItsModelsIsTold) {
  plan::Plan less = plan_;
  less.atoms.erase(
      std::remove_if(less.atoms.begin(), less.atoms.end(), [](const plan::Atom& a) { return a.kind == plan::AtomKind::kUkernel; }),
      less.atoms.end());
  generate::WriteFile(out_ + "/plan.json", plan::PlanToJson(less));
  EXPECT_TRUE(Holds(First("add_f32__avx2"), "though it is chosen for add.adze, node 0"));
}

TEST(ExprText, InfixWithParenthesesWhereTheyCount) {
  const auto text = [](const Expr& e) { return ExprText({e.code, e.size}); };
  EXPECT_EQ(text(Expr()), "always");
  EXPECT_EQ(text(F(Feature::kGroups) == 1 && F(Feature::kKernelArea) <= 9), "groups == 1 and kernel area <= 9");
  EXPECT_EQ(text((F(Feature::kM) + 3) * 2 - (F(Feature::kN) - 1)), "(M + 3) * 2 - (N - 1)");
  EXPECT_EQ(text(!(F(Feature::kDense) == 1 || F(Feature::kMode) > -2)), "not (dense == 1 or mode > -2)");
  Key key;
  key[Feature::kGroups] = 8;
  const Expr e = F(Feature::kGroups) == F(Feature::kM) || F(Feature::kGroups) == 1;
  EXPECT_EQ(FeatureValues({e.code, e.size}, key), "groups = 8, M = 0");
  const uint8_t cut[] = {0};
  EXPECT_EQ(ExprText({cut, 1}), "(damaged expression)");
}

TEST(NearNames, FewEditsOrAPart) {
  const std::vector<std::string> names = {"gemm_f32__avx2_6x16", "gemm_qs8__any", "softmax", "add"};
  EXPECT_EQ(NearNames(names, "softmux"), (std::vector<std::string>{"softmax"}));
  EXPECT_EQ(NearNames(names, "gemm"), (std::vector<std::string>{"gemm_qs8__any", "gemm_f32__avx2_6x16"}));
  EXPECT_EQ(NearText(names, "nothing like it"), "");
}

}  // namespace
}  // namespace adze::verify
