// SPDX-License-Identifier: Apache-2.0
// All rows of all families on all architectures, as data. Host code: no kernel is linked by this.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "op-registry/core/row_table.h"

namespace adze {

// One row of the catalog: what it is and its serialized bytes (op-registry/core/row_table.h).
struct CatalogRow {
  RowKind kind;
  std::string name;
  Level level;     // kAny for op rows
  std::string op;  // op and kernel rows
  std::vector<DType> types;
  std::vector<std::string> needs;
  std::vector<uint8_t> bytes;
};

// Every row, ops first, then kernels, then micro-kernels, each in ascending order of names.
const std::vector<CatalogRow>& Catalog();

// The bytes of all of `rows`, in order: what RowTable.bytes points to.
std::vector<uint8_t> SerializeRows(const std::vector<CatalogRow>& rows);

// The levels of an architecture that a profile can list, best first, kReference last; empty for an unknown architecture.
std::vector<Level> LevelsOfArch(const std::string& arch);

// The rows that can be asked for when sessions run at one of `levels`, in the catalog's order.
std::vector<CatalogRow> RowsOfLevels(const std::vector<Level>& levels);

// The kernels of level reference, in the catalog's order.
std::vector<CatalogRow> ReferenceKernelRows();

}  // namespace adze
