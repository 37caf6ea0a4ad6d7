// SPDX-License-Identifier: Apache-2.0
// The catalog: one line per family. A new family adds its rows header and its line here, nothing else.
#include "kernels/catalog.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "kernels/cpu/arithmetic/arithmetic.rows.h"
#include "kernels/cpu/binary/binary.rows.h"
#include "kernels/cpu/cast/cast.rows.h"
#include "kernels/cpu/compare/compare.rows.h"
#include "kernels/cpu/conv2d/conv2d.rows.h"
#include "kernels/cpu/dot/dot.rows.h"
#include "kernels/cpu/dwconv/dwconv.rows.h"
#include "kernels/cpu/fully_connected/fully_connected.rows.h"
#include "kernels/cpu/gemm/gemm.rows.h"
#include "kernels/cpu/indexed/indexed.rows.h"
#include "kernels/cpu/lstm/lstm.rows.h"
#include "kernels/cpu/math/math.rows.h"
#include "kernels/cpu/matmul/matmul.rows.h"
#include "kernels/cpu/maxpool/maxpool.rows.h"
#include "kernels/cpu/movement/movement.rows.h"
#include "kernels/cpu/normalize/normalize.rows.h"
#include "kernels/cpu/pool2d/pool2d.rows.h"
#include "kernels/cpu/recurrent/recurrent.rows.h"
#include "kernels/cpu/reduce/reduce.rows.h"
#include "kernels/cpu/resize/resize.rows.h"
#include "kernels/cpu/unary/unary.rows.h"
#include "kernels/cpu/where/where.rows.h"
#include "kernels/cpu/winograd/winograd.rows.h"
#include "op-registry/ops/ops.rows.h"

namespace adze {
namespace {

void AppendText(std::vector<uint8_t>* out, const std::string& text) { out->insert(out->end(), text.begin(), text.end()); }

void AppendExpr(std::vector<uint8_t>* out, const Expr& e) { out->insert(out->end(), e.code, e.code + e.size); }

// The layout of op-registry/core/row_table.h. `cost` and `scratch` are not part of op rows.
void Serialize(CatalogRow* row, const Expr& when, const Expr& cost, const Expr& scratch) {
  auto byte = [&](size_t n) {
    if (n > 255) throw std::logic_error("row " + row->name + ": a part is longer than 255 bytes");
    row->bytes.push_back(static_cast<uint8_t>(n));
  };
  byte(static_cast<size_t>(row->kind));
  byte(static_cast<size_t>(row->level));
  byte(row->name.size());
  byte(row->op.size());
  byte(row->types.size());
  byte(row->needs.size());
  byte(when.size);
  byte(cost.size);
  byte(scratch.size);
  AppendText(&row->bytes, row->name);
  AppendText(&row->bytes, row->op);
  for (const DType t : row->types) byte(static_cast<size_t>(t));
  for (const std::string& need : row->needs) {
    byte(need.size());
    AppendText(&row->bytes, need);
  }
  AppendExpr(&row->bytes, when);
  AppendExpr(&row->bytes, cost);
  AppendExpr(&row->bytes, scratch);
}

void Add(std::vector<CatalogRow>* rows, const OpRow& r) {
  CatalogRow row{RowKind::kOp, r.name, Level::kAny, r.op, {}, {}, {}};
  Serialize(&row, {}, {}, {});
  rows->push_back(std::move(row));
}

void Add(std::vector<CatalogRow>* rows, const KernelRow& r) {
  CatalogRow row{RowKind::kKernel, r.name, r.level, r.op, {r.types.types, r.types.types + r.types.n}, {}, {}};
  for (int i = 0; i < r.needs.n; ++i) row.needs.emplace_back(r.needs.families[i]);
  Serialize(&row, r.when, r.cost, r.scratch);
  rows->push_back(std::move(row));
}

void Add(std::vector<CatalogRow>* rows, const UkernelRow& r) {
  CatalogRow row{RowKind::kUkernel, r.name, r.level, "", {}, {}, {}};
  Serialize(&row, r.when, r.cost, {});
  rows->push_back(std::move(row));
}

template <typename Row, size_t N>
void AddFamily(std::vector<CatalogRow>* rows, const Row (&family)[N]) {
  for (const Row& r : family) Add(rows, r);
}

std::vector<CatalogRow> MakeCatalog() {
  std::vector<CatalogRow> rows;
  AddFamily(&rows, kOpRows);
  AddFamily(&rows, kArithmeticRows);
  AddFamily(&rows, kBinaryRows);
  AddFamily(&rows, kBinaryUkernelRows);
  AddFamily(&rows, kCastRows);
  AddFamily(&rows, kCompareRows);
  AddFamily(&rows, kConv2dRows);
  AddFamily(&rows, kDotUkernelRows);
  AddFamily(&rows, kDwconvUkernelRows);
  AddFamily(&rows, kFullyConnectedRows);
  AddFamily(&rows, kGemmUkernelRows);
  AddFamily(&rows, kIndexedRows);
  AddFamily(&rows, kLstmRows);
  AddFamily(&rows, kLstmUkernelRows);
  AddFamily(&rows, kMathRows);
  AddFamily(&rows, kMatMulRows);
  AddFamily(&rows, kMaxpoolUkernelRows);
  AddFamily(&rows, kMovementRows);
  AddFamily(&rows, kNormalizeRows);
  AddFamily(&rows, kNormalizeUkernelRows);
  AddFamily(&rows, kPackUkernelRows);
  AddFamily(&rows, kPool2dRows);
  AddFamily(&rows, kRecurrentRows);
  AddFamily(&rows, kRecurrentUkernelRows);
  AddFamily(&rows, kReduceRows);
  AddFamily(&rows, kResizeRows);
  AddFamily(&rows, kResizeUkernelRows);
  AddFamily(&rows, kUnaryRows);
  AddFamily(&rows, kUnaryUkernelRows);
  AddFamily(&rows, kWhereRows);
  AddFamily(&rows, kWinogradUkernelRows);
  std::sort(rows.begin(), rows.end(), [](const CatalogRow& a, const CatalogRow& b) {
    return a.kind != b.kind ? a.kind < b.kind : NameLess(a.name.c_str(), b.name.c_str());
  });
  for (size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].name == rows[i - 1].name) throw std::logic_error("two rows are called " + rows[i].name);
  }
  return rows;
}

}  // namespace

const std::vector<CatalogRow>& Catalog() {
  static const std::vector<CatalogRow> rows = MakeCatalog();
  return rows;
}

std::vector<Level> LevelsOfArch(const std::string& arch) {
  if (arch == "x86_64") return {Level::kAvx512, Level::kAvx2, Level::kScalar, Level::kReference};
  if (arch == "aarch64") return {Level::kNeon, Level::kScalar, Level::kReference};
  return {};
}

std::vector<CatalogRow> RowsOfLevels(const std::vector<Level>& levels) {
  std::vector<CatalogRow> rows;
  for (const CatalogRow& row : Catalog()) {
    bool serves = row.kind == RowKind::kOp;
    for (const Level level : levels) serves = serves || Serves(row.level, level);
    if (serves) rows.push_back(row);
  }
  return rows;
}

std::vector<CatalogRow> ReferenceKernelRows() {
  std::vector<CatalogRow> rows;
  for (const CatalogRow& row : Catalog()) {
    if (row.kind == RowKind::kKernel && row.level == Level::kReference) rows.push_back(row);
  }
  return rows;
}

std::vector<uint8_t> SerializeRows(const std::vector<CatalogRow>& rows) {
  std::vector<uint8_t> bytes;
  for (const CatalogRow& row : rows) bytes.insert(bytes.end(), row.bytes.begin(), row.bytes.end());
  return bytes;
}

}  // namespace adze
