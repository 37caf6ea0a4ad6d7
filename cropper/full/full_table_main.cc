// SPDX-License-Identifier: Apache-2.0
// adze-full-table: prints the table unit of the full runtime, every row of one architecture, for the checkout's own adze-run and tests. Crops and
// verification use `cropper generate --full` instead; both go through TableSource.
//
//   adze-full-table x86_64|aarch64 > table.cc
#include <iostream>
#include <string>

#include "cropper/generate/table_source.h"

int main(int argc, char** argv) {
  using adze::Level;
  const std::string arch = argc == 2 ? argv[1] : "";
  std::vector<Level> levels;
  if (arch == "x86_64") levels = {Level::kAvx512, Level::kAvx2, Level::kScalar, Level::kReference};
  if (arch == "aarch64") levels = {Level::kNeon, Level::kScalar, Level::kReference};
  if (levels.empty()) {
    std::cerr << "usage: adze-full-table x86_64|aarch64\n";
    return 2;
  }
  std::vector<adze::CatalogRow> rows;
  for (const adze::CatalogRow& row : adze::Catalog()) {
    bool serves = row.kind == adze::RowKind::kOp;
    for (const Level level : levels) serves = serves || adze::Serves(row.level, level);
    if (serves) rows.push_back(row);
  }
  std::cout << adze::generate::TableSource(rows, levels, {});
  return std::cout.good() ? 0 : 1;
}
