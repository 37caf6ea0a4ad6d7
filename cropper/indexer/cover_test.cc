// SPDX-License-Identifier: Apache-2.0
// Syntax trees against objects, on planted trees: folded references are listed, hidden ones and wrong types reported.
#include "cropper/indexer/cover.h"

#include "cropper/indexer/planted_tree.h"

namespace adze::indexer {
namespace {

using Strings = std::vector<std::string>;

class Cover : public PlantedTree {
 protected:
  std::vector<ExcessEdge> Check(const std::vector<CatalogRow>& rows = {}) {
    Build();
    EXPECT_EQ(findings_, Strings());
    return CheckCover(Options(), Targets()[0], units_, rows, &findings_);
  }
};

CatalogRow Row(RowKind kind, const std::string& name) { return {kind, name, Level::kAny, "", {}, {}, {}}; }

TEST_F(Cover, AReferenceThatTheOptimizerFoldedAwayIsListed) {
  Write("op-registry/core/a.cc", "int Used(); int Folded();\nint A(int x) { return x * 0 == 1 ? Folded() : Used(); }\n");
  Write("op-registry/core/b.cc", "int Used() { return 1; }\nint Folded() { return 2; }\n");
  const auto excess = Check();
  ASSERT_EQ(excess.size(), 1u);
  EXPECT_EQ(excess[0].unit, "op-registry/core/a.cc");
  EXPECT_EQ(excess[0].symbol, "_Z6Foldedv");
  EXPECT_EQ(excess[0].defined_in, Strings{"op-registry/core/b.cc"});
  EXPECT_EQ(findings_, Strings());
  EXPECT_NE(ExcessToJson(excess).find("_Z6Foldedv"), std::string::npos);
}

TEST_F(Cover, SeesThroughInlineFunctionsTemplatesTablesLambdasAndDestructors) {
  Write("op-registry/core/h.h",
        "int F1(); int F2(); int F3(); int F4(); void F5(); struct S { ~S() { F5(); } };\n"
        "inline int Inline() { return F1(); }\ntemplate <typename T> int Template(T) { return F2(); }\n"
        "struct Table { int (*entry)(); };\ninline constexpr Table kTable[] = {{F3}};\n");
  Write("op-registry/core/a.cc",
        "#include \"op-registry/core/h.h\"\n"
        "int Call(int (*f)()) { return f(); }\n"
        "int A(int i) { S s; return Inline() + Template(1.0f) + kTable[i].entry() + Call([] { return F4(); }); }\n");
  Write("op-registry/core/b.cc",
        "#include \"op-registry/core/h.h\"\nint F1() { return 1; }\nint F2() { return 1; }\nint F3() { return 1; }\nint F4() { return 1; "
        "}\nvoid F5() {}\n");
  EXPECT_TRUE(Check().empty());
  EXPECT_EQ(findings_, Strings());
}

TEST_F(Cover, AReferenceHiddenInAssemblyIsReported) {
  Write("op-registry/core/a.cc", "int A() { asm volatile(\"call hidden@PLT\"); return 1; }\n");
  Write("op-registry/core/b.cc", "extern \"C\" int hidden() { return 1; }\n");
  EXPECT_TRUE(Check().empty());
  EXPECT_EQ(
      findings_,
      Strings{"x86_64: op-registry/core/a.cc: its object refers to hidden, its syntax tree does not: hidden in assembly or an alias?"});
}

TEST_F(Cover, TheTypesOfRowsAreProven) {
  Write("kernels/contract/g.h", "#pragma once\nnamespace adze { struct Kernel { int x; }; struct G { int x; }; struct H { int x; }; }\n");
  const auto unit = [&](const std::string& name, const std::string& type) {
    Write("kernels/cpu/g/" + name + ".cc", "#include \"kernels/contract/g.h\"\nnamespace adze { extern \"C\" { extern " + type + " adze_" +
                                               name + "; " + type + " adze_" + name + " = {1}; } }\n");
  };
  unit("k__any", "const Kernel");
  unit("l__any", "const G");
  unit("m__any", "Kernel");
  unit("g__scalar", "const G");
  unit("g__avx2", "const H");
  Write("kernels/cpu/g/h__scalar.cc",
        "namespace adze { struct Own { int x; };\nextern \"C\" { extern const Own adze_h__scalar; const Own adze_h__scalar = {1}; } }\n");
  Check({Row(RowKind::kKernel, "k__any"), Row(RowKind::kKernel, "l__any"), Row(RowKind::kKernel, "m__any"),
         Row(RowKind::kUkernel, "g__scalar"), Row(RowKind::kUkernel, "g__avx2"), Row(RowKind::kUkernel, "h__scalar")});
  EXPECT_EQ(findings_, (Strings{"x86_64: row g__scalar: other rows of family g are of type adze::H, this one of adze::G",
                                "x86_64: row h__scalar: adze_h__scalar must be of a struct of kernels/contract/, it is of type adze::Own",
                                "x86_64: row l__any: adze_l__any must be of type adze::Kernel, it is of type adze::G",
                                "x86_64: row m__any: adze_m__any must be a constant, it is a variable of type adze::Kernel"}));
}

TEST_F(Cover, AUnitThatClangCannotParseIsAnError) {
  Write("op-registry/core/a.cc", "int A() { return 1; }\n");
  Build();
  Write("op-registry/core/a.cc", "int A( {\n");
  EXPECT_THROW(CheckCover(Options(), Targets()[0], units_, {}, &findings_), std::runtime_error);
}

}  // namespace
}  // namespace adze::indexer
