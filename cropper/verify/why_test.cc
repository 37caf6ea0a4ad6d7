// SPDX-License-Identifier: Apache-2.0
// why: the chain through a plan.
#include "cropper/verify/why.h"

#include <gtest/gtest.h>

#include "cropper/generate/files.h"

namespace adze::verify {
namespace {

// A folder that holds only a plan: driver -> walk, micro-kernel, runtime.
std::string PlannedFolder() {
  plan::Plan p;
  p.kind = "crop";
  p.profile.name = "test";
  p.profile.arch = "x86_64";
  p.profile.levels = {Level::kAvx2};
  p.levels = p.profile.levels;
  p.models = {{"m.adze", "m.onnx"}};
  plan::Atom level{plan::AtomKind::kLevel, "avx2", "profile test lists it", {}};
  plan::Atom kernel{plan::AtomKind::kKernel, "add_f32__any", "", {{"m.adze", 3, "sum", "add", "avx2"}}};
  plan::Atom ukernel{plan::AtomKind::kUkernel, "add_f32__avx2", "", {{"m.adze", 3, "sum", "add", "avx2"}}};
  p.atoms = {level, kernel, ukernel};
  p.units = {{"kernels/cpu/binary/add_f32__any.cc", "any", "core", {"kernel:add_f32__any"}, {}},
             {"kernels/cpu/binary/add_f32__avx2.cc", "avx2", "kernel", {"ukernel:add_f32__avx2"}, {}},
             {"kernels/cpu/binary/binary_walk.cc", "any", "core", {}, {"kernels/cpu/binary/add_f32__any.cc"}},
             {"runtime/session/session_run.cc", "any", "core", {"runtime"}, {}}};
  std::string out = testing::TempDir() + "adze_why_test";
  generate::WriteFile(out + "/plan.json", plan::PlanToJson(p));
  return out;
}

TEST(FindWhy, RowAndSymbol) {
  for (const char* name : {"add_f32__any", "adze_add_f32__any"}) {
    const Why why = FindWhy(PlannedFolder(), name);
    ASSERT_EQ(why.chains.size(), 1u);
    EXPECT_EQ(why.chains[0].atom.reasons.at(0).node_name, "sum");
    EXPECT_EQ(why.unit, "kernels/cpu/binary/add_f32__any.cc");
    EXPECT_TRUE(why.object.empty());
  }
}

TEST(FindWhy, UnitThroughItsUser) {
  for (const char* name : {"kernels/cpu/binary/binary_walk.cc", "src/kernels/cpu/binary/binary_walk.cc"}) {
    const Why why = FindWhy(PlannedFolder(), name);
    ASSERT_EQ(why.chains.size(), 1u);
    EXPECT_EQ(why.chains[0].atom.id, "add_f32__any");
    EXPECT_EQ(why.chains[0].units, (std::vector<std::string>{"kernels/cpu/binary/add_f32__any.cc", "kernels/cpu/binary/binary_walk.cc"}));
  }
}

TEST(FindWhy, RuntimeUnitAndLevel) {
  const Why runtime = FindWhy(PlannedFolder(), "runtime/session/session_run.cc");
  ASSERT_EQ(runtime.chains.size(), 1u);
  EXPECT_TRUE(runtime.chains[0].atom.id.empty());
  const Why level = FindWhy(PlannedFolder(), "avx2");
  EXPECT_TRUE(level.unit.empty());
  EXPECT_EQ(level.chains.at(0).atom.because, "profile test lists it");
}

// The way forth: what a model, a node or an op brought in.
TEST(FindWhy, ModelNodeAndOp) {
  for (const char* name : {"m.adze", "models/m.adze", "m", "m.onnx", "sum", "add"}) {
    const Why why = FindWhy(PlannedFolder(), name);
    ASSERT_EQ(why.chains.size(), 2u) << name;
    EXPECT_EQ(why.chains[0].atom.id, "add_f32__any");
    EXPECT_EQ(why.chains[1].units, (std::vector<std::string>{"kernels/cpu/binary/add_f32__avx2.cc"}));
    EXPECT_TRUE(why.unit.empty());
  }
}

TEST(FindWhy, UnknownNameOffersSimilarOnes) {
  try {
    FindWhy(PlannedFolder(), "add_f32__neon");
    FAIL();
  } catch (const plan::InputError& e) {
    EXPECT_NE(std::string(e.what()).find("add_f32__avx2"), std::string::npos) << e.what();
  }
  EXPECT_THROW(FindWhy("/no/such/folder", "x"), plan::InputError);
}

}  // namespace
}  // namespace adze::verify
