// SPDX-License-Identifier: Apache-2.0
// The objects behind all rows of this architecture, by the row's name, for tests. The table is generated from the catalog when the tests are built.
#pragma once

#include <cstddef>
#include <set>
#include <stdexcept>
#include <string>

namespace adze::parity {

struct RowSymbol {
  const char* row;
  const void* symbol;
};

extern const char* const kRowArch;  // "x86_64", "aarch64"
extern const RowSymbol kRowSymbols[];
extern const size_t kRowSymbolCount;

// The OpDef, Kernel or micro-kernel struct of a row; null if the row is another architecture's.
inline const void* FindSymbol(const std::string& row) {
  for (size_t i = 0; i < kRowSymbolCount; ++i) {
    if (row == kRowSymbols[i].row) return kRowSymbols[i].symbol;
  }
  return nullptr;
}

// The rows that tests took to run them.
inline std::set<std::string>& RowsAskedFor() {
  static std::set<std::string> rows;
  return rows;
}

inline const void* SymbolOf(const std::string& row) {
  const void* symbol = FindSymbol(row);
  if (symbol == nullptr) throw std::out_of_range("no row of " + std::string(kRowArch) + " is called " + row);
  RowsAskedFor().insert(row);
  return symbol;
}

}  // namespace adze::parity
