// SPDX-License-Identifier: Apache-2.0
// Rows against the index and against each other: planted rows that name nothing, stand in the wrong file, or that nobody can select.
#include "cropper/indexer/row_checks.h"

#include <gtest/gtest.h>

namespace adze::indexer {
namespace {

using Strings = std::vector<std::string>;

// A catalog row, its bytes as in op-registry/core/row_table.h.
CatalogRow MakeRow(RowKind kind, const std::string& name, const std::string& op, Level level, const Strings& needs, const Expr& when,
                   const Expr& cost) {
  CatalogRow row{kind, name, level, op, {}, needs, {}};
  if (kind == RowKind::kKernel) row.types = {DType::kF32};
  row.bytes = {static_cast<uint8_t>(kind),
               static_cast<uint8_t>(level),
               static_cast<uint8_t>(name.size()),
               static_cast<uint8_t>(op.size()),
               static_cast<uint8_t>(row.types.size()),
               static_cast<uint8_t>(needs.size()),
               when.size,
               cost.size,
               0};
  const auto text = [&](const std::string& s) { row.bytes.insert(row.bytes.end(), s.begin(), s.end()); };
  text(name);
  text(op);
  for (const DType t : row.types) row.bytes.push_back(static_cast<uint8_t>(t));
  for (const std::string& need : needs) {
    row.bytes.push_back(static_cast<uint8_t>(need.size()));
    text(need);
  }
  row.bytes.insert(row.bytes.end(), when.code, when.code + when.size);
  row.bytes.insert(row.bytes.end(), cost.code, cost.code + cost.size);
  return row;
}

CatalogRow Kernel(const std::string& name, Level level, const Expr& when, const Expr& cost, const Strings& needs = {}) {
  return MakeRow(RowKind::kKernel, name, "conv", level, needs, when, cost);
}
CatalogRow Ukernel(const std::string& name, Level level, const Expr& when, const Expr& cost) {
  return MakeRow(RowKind::kUkernel, name, "", level, {}, when, cost);
}
CatalogRow OpOf(const std::string& op) { return MakeRow(RowKind::kOp, "op_" + op, op, Level::kAny, {}, {}, {}); }

// The rows named in findings.
Strings Named(const Strings& findings) {
  Strings names;
  for (const std::string& finding : findings) names.push_back(finding.substr(4, finding.find(':') - 4));
  return names;
}

TEST(UnselectableRows, EveryRowOfTheCatalogCanBeSelected) { EXPECT_EQ(UnselectableRows(Catalog()), Strings()); }

TEST(UnselectableRows, NarrowConstraintsAreMet) {
  const Expr narrow = F(Feature::kGroups) == 1 && F(Feature::kIndirection) <= 160 && F(Feature::kCin) == 1234567 && !F(Feature::kDilated);
  EXPECT_EQ(UnselectableRows(
                {OpOf("conv"), Kernel("conv_f32__any", Level::kAny, {}, 100), Kernel("conv_f32__any_narrow", Level::kAny, narrow, 1)}),
            Strings());
}

TEST(UnselectableRows, AContradictionADearerTwinAndAnUnneededMicroKernelAreReported) {
  const Strings findings = UnselectableRows({
      OpOf("conv"),
      OpOf("lonely"),
      Kernel("conv_f32__any", Level::kAny, F(Feature::kGroups) == 1, 10, {"gemm"}),
      Kernel("conv_f32__any_never", Level::kAny, F(Feature::kGroups) == 1 && F(Feature::kGroups) == 2, 1),
      Kernel("conv_f32__avx2_dear", Level::kAvx2, F(Feature::kGroups) == 1 && F(Feature::kCin) <= 8, 11),
      Ukernel("gemm__avx2", Level::kAvx2, {}, 1),
      Ukernel("gemm__scalar", Level::kScalar, {}, 1),
      Ukernel("gemm__scalar_z", Level::kScalar, {}, 1),
      Ukernel("other__scalar", Level::kScalar, {}, 1),
  });
  EXPECT_EQ(Named(findings), (Strings{"op_lonely", "conv_f32__any_never", "conv_f32__avx2_dear", "gemm__scalar_z", "other__scalar"}));
}

index::Unit MakeUnit(const std::string& path, const Strings& defines) {
  index::Unit unit;
  unit.path = path;
  unit.isa = "any";
  unit.unit_class = "core";
  unit.defines = defines;
  return unit;
}

TEST(MisnamedRows, ARowNamingNoFunctionAndOneInTheWrongFileAreReported) {
  const index::Index index(
      "x86_64", "gcc 12",
      {MakeUnit("op-registry/ops/conv.cc", {"adze_op_conv"}), MakeUnit("kernels/cpu/a/a__any.cc", {"adze_a__any", "adze_b__any"})});
  const std::vector<CatalogRow> rows = {OpOf("conv"), Kernel("a__any", Level::kAny, {}, 1), Kernel("b__any", Level::kAny, {}, 1),
                                        Kernel("c__avx2", Level::kAvx2, {}, 1), Kernel("d__neon", Level::kNeon, {}, 1)};
  EXPECT_EQ(
      MisnamedRows(rows, index),
      (Strings{
          "x86_64: row b__any: its object stands in kernels/cpu/a/a__any.cc; the file must be called b__any.cc",
          "x86_64: row c__avx2: no unit defines its object adze_c__avx2; write it in c__avx2.cc and run adze-indexer, or remove the row"}));
}

TEST(MisnamedRows, TheCommittedIndexHoldsEveryRow) {
  for (const char* arch : {"x86_64", "aarch64"}) EXPECT_EQ(MisnamedRows(Catalog(), index::LoadIndex(ADZE_SOURCE_DIR, arch)), Strings());
}

}  // namespace
}  // namespace adze::indexer
