// SPDX-License-Identifier: Apache-2.0
// Ops and kernels by their rows, and the micro-kernels of a family that this CPU runs, from the catalog: a test that walks them tests every
// new row.
#pragma once

#include "kernels/catalog.h"
#include "kernels/contract/dot.h"
#include "kernels/contract/dwconv.h"
#include "kernels/contract/elementwise.h"
#include "kernels/contract/gemm.h"
#include "kernels/contract/winograd.h"
#include "kernels/testing/parity.h"
#include "kernels/testing/row_symbols.h"

namespace adze::parity {

// By the row's name, so that the row counts as tested.
inline const Kernel& KernelOf(const char* row) { return *static_cast<const Kernel*>(SymbolOf(row)); }
inline const OpDef& OpOf(const char* row) { return *static_cast<const OpDef*>(SymbolOf(row)); }

template <typename Ukernel>
std::vector<Variant<Ukernel>> VariantsOf(const std::string& family) {
  std::vector<Variant<Ukernel>> all;
  for (const CatalogRow& row : Catalog()) {
    if (row.kind != RowKind::kUkernel || row.name.compare(0, family.size() + 2, family + "__") != 0) continue;
    if (FindSymbol(row.name) != nullptr) all.push_back({row.name.c_str(), row.level, static_cast<const Ukernel*>(SymbolOf(row.name))});
  }
  return Runnable(all);
}

inline std::vector<Variant<GemmF32Ukernel>> GemmVariants() { return VariantsOf<GemmF32Ukernel>("gemm_f32"); }
inline std::vector<Variant<DwconvF32Ukernel>> DwconvVariants() { return VariantsOf<DwconvF32Ukernel>("dwconv_f32"); }
inline std::vector<Variant<UnaryF32Ukernel>> UnaryVariants(const std::string& op) { return VariantsOf<UnaryF32Ukernel>(op + "_f32"); }
inline std::vector<Variant<DotQs8Ukernel>> DotVariants() { return VariantsOf<DotQs8Ukernel>("dot_qs8"); }

}  // namespace adze::parity
