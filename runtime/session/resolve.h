// SPDX-License-Identifier: Apache-2.0
// From a stored node to the rows that run it. The only path by which a row is ever chosen, shared by sessions on the device and by the planner on
// the build machine.
#pragma once

#include "models/format/reader.h"
#include "op-registry/core/select.h"

namespace adze {

struct Resolved {
  const OpDef* op = nullptr;  // null: this table has no row for the op
  int op_row = -1;
  Key key;              // valid if op is not null
  Selection selection;  // valid if op is not null
};

// Checks the node (op's infer, stored output types equal to inferred ones) and selects its rows at `level`. Missing rows are no error here: look at
// `op` and `selection.complete()`. Fails only if the file contradicts itself, or with kScratch if the stored scratch is too small.
// `args` holds the node's tensors, strides set, data pointers null or not.
Status ResolveNode(const RowTable& table, const format::StoredNode& node, const NodeArgs& args, Level level, Resolved* out);

}  // namespace adze
