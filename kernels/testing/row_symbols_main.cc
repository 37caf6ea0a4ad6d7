// SPDX-License-Identifier: Apache-2.0
// adze-row-symbols: prints the unit behind kernels/testing/row_symbols.h, so that a new row is tested without a list that names it, or the one
// behind kernels/reference_kernels.h.
//
//   adze-row-symbols x86_64|aarch64 > row_symbols.cc
//   adze-row-symbols reference > reference_kernels.cc
#include <iostream>
#include <string>

#include "kernels/catalog.h"

namespace {

int PrintReferenceKernels() {
  const std::vector<adze::CatalogRow> rows = adze::ReferenceKernelRows();
  std::cout << "// Generated from the catalog.\n#include \"kernels/reference_kernels.h\"\n\nnamespace adze {\n\nextern \"C\" {\n";
  for (const adze::CatalogRow& row : rows) std::cout << "extern const Kernel adze_" << row.name << ";\n";
  std::cout << "}\n\nconst Kernel* const kReferenceKernels[] = {\n";
  for (const adze::CatalogRow& row : rows) std::cout << "    &adze_" << row.name << ",\n";
  std::cout << "};\n\n}  // namespace adze\n";
  return std::cout.good() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string arch = argc == 2 ? argv[1] : "";
  if (arch == "reference") return PrintReferenceKernels();
  if (adze::LevelsOfArch(arch).empty()) {
    std::cerr << "usage: adze-row-symbols x86_64|aarch64|reference\n";
    return 2;
  }
  const std::vector<adze::CatalogRow> rows = adze::RowsOfLevels(adze::LevelsOfArch(arch));
  std::cout << "// Generated from the catalog.\n#include \"kernels/testing/row_symbols.h\"\n\nextern \"C\" {\n";
  // Addresses only: the indexer proves the types.
  for (const adze::CatalogRow& row : rows) std::cout << "extern const unsigned char adze_" << row.name << "[];\n";
  std::cout << "}\n\nnamespace adze::parity {\n\nconst char* const kRowArch = \"" << arch << "\";\nconst RowSymbol kRowSymbols[] = {\n";
  for (const adze::CatalogRow& row : rows) std::cout << "    {\"" << row.name << "\", adze_" << row.name << "},\n";
  std::cout << "};\nconst size_t kRowSymbolCount = " << rows.size() << ";\n\n}  // namespace adze::parity\n";
  return std::cout.good() ? 0 : 1;
}
