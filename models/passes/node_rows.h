// SPDX-License-Identifier: Apache-2.0
// The rows that would run a node of the graph.
#pragma once

#include <vector>

#include "models/graph/graph.h"
#include "op-registry/core/select.h"

namespace adze::passes {

// What each level selects for `n` as it stands, of all rows there are; empty for an unknown op.
std::vector<Selection> RowsOf(const graph::Graph& g, const graph::Node& n);

// Do both name the same rows at every level?
bool SameRows(const std::vector<Selection>& a, const std::vector<Selection>& b);

}  // namespace adze::passes
