// SPDX-License-Identifier: Apache-2.0
// What must hold between the catalog's rows and the index: every row names an object in the file of its name, and every row can be
// selected.
#pragma once

#include <string>
#include <vector>

#include "cropper/index/index.h"
#include "kernels/catalog.h"

namespace adze::indexer {

// Linker symbol of a row.
std::string SymbolOf(const CatalogRow& row);

// Stem of the file that must define it: the row's name; for an op row the op's.
std::string StemOf(const CatalogRow& row);

// Does a row of this level exist on `arch`? Rows of level any (ops, drivers) do everywhere.
bool OnArch(const CatalogRow& row, const std::string& arch);

// Rows of the index's architecture whose symbol no unit defines, or one whose file has another name.
std::vector<std::string> MisnamedRows(const std::vector<CatalogRow>& rows, const index::Index& index);

// Rows that no key selects at any level. Keys are drawn, repeatably, from the values at which the constraints and costs of the rows of one
// op change: their constants and the neighbours of these.
std::vector<std::string> UnselectableRows(const std::vector<CatalogRow>& rows);

}  // namespace adze::indexer
