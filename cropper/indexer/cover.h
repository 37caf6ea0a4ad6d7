// SPDX-License-Identifier: Apache-2.0
// The syntax trees held against the objects: every edge of the objects must be seen, every further edge is listed, every row's type proven.
#pragma once

#include <string>
#include <vector>

#include "cropper/indexer/ast.h"
#include "cropper/indexer/build_index.h"
#include "kernels/catalog.h"

namespace adze::indexer {

// A reference in the source that the object does not hold.
struct ExcessEdge {
  std::string arch, unit, symbol;
  std::vector<std::string> defined_in;
  std::string explanation;
};

// Parses every unit. Appends findings: object edges that the tree does not show, rows whose object has another type than its kind demands.
std::vector<ExcessEdge> CheckCover(const BuildOptions& options, const Target& target, const std::vector<CompiledUnit>& units,
                                   const std::vector<CatalogRow>& rows, std::vector<std::string>* findings);

// Text of cropper/index/data/excess.json.
std::string ExcessToJson(const std::vector<ExcessEdge>& edges);

}  // namespace adze::indexer
