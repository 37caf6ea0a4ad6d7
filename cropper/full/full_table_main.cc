// SPDX-License-Identifier: Apache-2.0
// adze-full-table: prints the table unit of the full runtime, every row of one architecture, for the checkout's own adze-run and tests. Crops and
// verification use `cropper generate --full` instead; both go through TableSource.
//
//   adze-full-table x86_64|aarch64 > table.cc
#include <iostream>
#include <string>

#include "cropper/generate/table_source.h"

int main(int argc, char** argv) {
  const std::string arch = argc == 2 ? argv[1] : "";
  const std::vector<adze::Level> levels = adze::LevelsOfArch(arch);
  if (levels.empty()) {
    std::cerr << "usage: adze-full-table x86_64|aarch64\n";
    return 2;
  }
  std::cout << adze::generate::TableSource(adze::RowsOfLevels(levels), levels, {});
  return std::cout.good() ? 0 : 1;
}
