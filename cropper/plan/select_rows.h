// SPDX-License-Identifier: Apache-2.0
// The runtime's selection, asked on the build machine: which rows of the whole catalog each stored node of a model gets at each level.
#pragma once

#include <string>
#include <vector>

#include "cropper/plan/plan.h"
#include "kernels/catalog.h"
#include "op-registry/core/row_table.h"

namespace adze::plan {

// The catalog as the table that select() reads, made once. Row i of the table is Catalog()[i]; op rows point to their definitions.
const RowTable& CatalogTable();

// The rows of one node at one level, as indices in Catalog().
struct NodeRows {
  uint32_t graph = 0;  // of the file, for one of its shapes
  int32_t node = 0;    // of the graph
  std::string node_name;
  std::string op;
  Level level = Level::kReference;
  int op_row = -1;
  int kernel = -1;
  std::vector<int> ukernels;
};

struct ModelRows {
  uint32_t graphs = 0;               // of the file
  std::vector<NodeRows> nodes;       // only complete ones
  std::vector<std::string> damage;   // why the file is refused, in words; empty: it is sound
  std::vector<std::string> missing;  // one line per node and need that no row meets, with the levels concerned
};

// Opens the model with the device's own verifier and resolves every node at every level. Never throws for a bad file.
ModelRows SelectRows(const ModelBytes& model, const std::vector<Level>& levels);

}  // namespace adze::plan
