// SPDX-License-Identifier: Apache-2.0
// Reading objects of both architectures: only what relocations of loaded sections name counts as a reference.
#include "cropper/indexer/objects.h"

#include <fstream>
#include <stdexcept>

#include "cropper/indexer/planted_tree.h"

namespace adze::indexer {
namespace {

class Objects : public PlantedTree {};

constexpr char kSource[] =
    "int Called(); int NeverCalled(); extern int datum;\n"
    "inline __attribute__((noinline)) int Inline(int x) { return x + Called(); }\n"
    "static int Local(int x) { return Inline(x) + datum; }\n"
    "extern \"C\" __attribute__((visibility(\"default\"))) int shown(int x) { return Local(x); }\n"
    "int Hidden(int x) { return false ? NeverCalled() : x; }\n"
    "extern int (*const pointer)(); int (*const pointer)() = Called;\n";

TEST_F(Objects, SymbolsByKindOnEveryArchitecture) {
  Write("op-registry/core/a.cc", kSource);
  Write("op-registry/core/b.cc", "extern int datum; int datum = 1; int Called() { return 1; }");
  for (const Target& target : Targets()) {
    Build(target);
    const ObjectSymbols& a = units_[0].symbols;
    EXPECT_EQ(a.strong, (std::set<std::string>{"shown", "_Z6Hiddeni", "pointer"})) << target.arch;
    EXPECT_EQ(a.exported, (std::set<std::string>{"shown"})) << target.arch;
    EXPECT_EQ(a.weak, (std::set<std::string>{"_Z6Inlinei"})) << target.arch;
    EXPECT_EQ(a.referenced.count("_Z6Calledv"), 1u) << target.arch;
    EXPECT_EQ(a.referenced.count("datum"), 1u) << target.arch;
    EXPECT_EQ(a.referenced.count("_Z11NeverCalledv"), 0u) << target.arch << ": folded away";
    EXPECT_FALSE(a.has_constructors);
  }
}

TEST_F(Objects, ConstructorsAreSeen) {
  Write("op-registry/core/a.cc", "int Called(); int value = Called();");
  Write("op-registry/core/b.cc", "int Called() { return 1; }");
  Build();
  EXPECT_TRUE(units_[0].symbols.has_constructors);
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_EQ(findings_[0], "x86_64: op-registry/core/a.cc: has a static constructor; make its data constant");
}

TEST_F(Objects, OtherFilesAreRefused) {
  Write("a.o", "not an object");
  EXPECT_THROW(ReadObject((root_ / "a.o").string()), std::runtime_error);
  EXPECT_THROW(ReadObject((root_ / "absent.o").string()), std::runtime_error);
  EXPECT_THROW(ReadObject("/proc/self/exe"), std::runtime_error);
}

}  // namespace
}  // namespace adze::indexer
