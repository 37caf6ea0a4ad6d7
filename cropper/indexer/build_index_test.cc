// SPDX-License-Identifier: Apache-2.0
// The index of planted trees: edges, stale data, and every defect that joining must report.
#include "cropper/indexer/build_index.h"

#include "cropper/indexer/planted_tree.h"

namespace adze::indexer {
namespace {

using Strings = std::vector<std::string>;

class BuildIndex : public PlantedTree {};

TEST_F(BuildIndex, EdgesHeadersAndClasses) {
  Write("op-registry/core/h.h", "int Helper();\n");
  Write("op-registry/core/a.cc", "#include \"op-registry/core/h.h\"\nextern \"C\" int adze_a() { return Helper(); }\n");
  Write("op-registry/core/b.cc", "#include \"op-registry/core/h.h\"\nint Helper() { return 1; }\n");
  Write("op-registry/core/b_test.cc", "not a unit");
  Write("kernels/cpu/x/x_f32__avx2_6x16.cc", "extern \"C\" { extern const int adze_x; const int adze_x = 1; }");
  Write("kernels/cpu/x/x_f32__neon.cc", "extern \"C\" { extern const int adze_y; const int adze_y = 1; }");
  Write("runtime/platform/cpu_aarch64.cc", "int Arm() { return 1; }");
  const index::Index index = Build();
  EXPECT_EQ(findings_, Strings());
  ASSERT_EQ(index.units().size(), 3u);
  EXPECT_EQ(index.Find("op-registry/core/a.cc")->uses, Strings{"op-registry/core/b.cc"});
  EXPECT_EQ(index.Find("op-registry/core/a.cc")->headers, Strings{"op-registry/core/h.h"});
  EXPECT_EQ(index.Find("op-registry/core/a.cc")->unit_class, "core");
  EXPECT_EQ(index.Find("kernels/cpu/x/x_f32__avx2_6x16.cc")->unit_class, "kernel");
  EXPECT_EQ(index.Find("kernels/cpu/x/x_f32__avx2_6x16.cc")->isa, "avx2");
  EXPECT_EQ(Build(Targets()[1]).units().size(), 4u);
}

TEST_F(BuildIndex, AHelperMovedToAnotherFileMakesTheIndexStale) {
  Write("op-registry/core/a.cc", "int Helper(); int A() { return Helper(); }\n");
  Write("op-registry/core/b.cc", "int Helper() { return 1; }\nint Other() { return 2; }\n");
  const index::Index committed = Build();
  EXPECT_EQ(Differences(committed, Build()), Strings());
  Write("op-registry/core/b.cc", "int Other() { return 2; }\n");
  Write("op-registry/core/c.cc", "int Helper() { return 1; }\n");
  EXPECT_EQ(Differences(committed, Build()),
            (Strings{"x86_64: op-registry/core/a.cc: no longer uses op-registry/core/b.cc",
                     "x86_64: op-registry/core/a.cc: now uses op-registry/core/c.cc",
                     "x86_64: op-registry/core/b.cc: no longer defines _Z6Helperv", "x86_64: op-registry/core/c.cc: a new unit"}));
  Remove("op-registry/core/a.cc");
  const Strings gone = Differences(committed, Build());
  EXPECT_EQ(gone[0], "x86_64: op-registry/core/a.cc: no longer a unit");
}

TEST_F(BuildIndex, AHelperThatNobodyDefinesIsReported) {
  Write("op-registry/core/a.cc", "int Helper(); int A() { return Helper(); }\n");
  Build();
  EXPECT_EQ(findings_,
            Strings{"x86_64: op-registry/core/a.cc: refers to _Z6Helperv, which no unit defines and which is not among the system symbols "
                    "that the runtime may use"});
}

TEST_F(BuildIndex, OnlyFeatureUnitsMayShareASymbol) {
  Write("runtime/threads/thread_pool.cc", "int Parallel() { return 8; }\n");
  Write("runtime/threads/single_thread.cc", "int Parallel() { return 1; }\n");
  Write("runtime/session/a.cc", "int Parallel(); int A() { return Parallel(); }\n");
  const index::Index index = Build();
  EXPECT_EQ(findings_, Strings());
  EXPECT_EQ(index.Find("runtime/session/a.cc")->uses, (Strings{"runtime/threads/single_thread.cc", "runtime/threads/thread_pool.cc"}));
  Write("runtime/session/b.cc", "int A() { return 2; }\n");
  Build();
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_NE(findings_[0].find("_Z1Av is defined by runtime/session/a.cc, runtime/session/b.cc"), std::string::npos) << findings_[0];
}

TEST_F(BuildIndex, WeakSymbolsInUnitsOfOneIsaAreReported) {
  const char* text = "inline __attribute__((noinline)) int W(int x) { return x * x; }\nint N(int x) { return W(x); }\n";
  Write("kernels/cpu/x/x__avx2.cc", text);
  Build();
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_NE(findings_[0].find("defines the weak symbol _Z1Wi"), std::string::npos) << findings_[0];
  Remove("kernels/cpu/x/x__avx2.cc");
  Write("kernels/cpu/x/x__any.cc", text);
  Build();
  EXPECT_EQ(findings_, Strings());
}

TEST_F(BuildIndex, EveryUnitThatDoesNotCompileIsNamed) {
  Write("op-registry/core/a.cc", "int A( {\n");
  Write("op-registry/core/b.cc", "int B( {\n");
  try {
    Build();
    FAIL();
  } catch (const std::runtime_error& e) {
    EXPECT_NE(std::string(e.what()).find("op-registry/core/a.cc: does not compile"), std::string::npos);
    EXPECT_NE(std::string(e.what()).find("op-registry/core/b.cc: does not compile"), std::string::npos);
  }
}

}  // namespace
}  // namespace adze::indexer
