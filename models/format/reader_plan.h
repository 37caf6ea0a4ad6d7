// SPDX-License-Identifier: Apache-2.0
// What the two halves of the reader's verifier share: the checked form of a tensor, and the table they keep in the caller's workspace.
#pragma once

#include "models/format/reader.h"
#include "op-registry/core/comb.h"

namespace adze::format {

inline constexpr int32_t kNever = INT32_MAX;

// Per tensor. Times are steps: graph inputs are written at step 0, node i runs at step i + 1, graph outputs are read at step n_nodes + 1.
// `first` and `last` are kept at roots and speak for the root and all its views: their family.
struct TensorPlan {
  uint64_t begin, end;  // bytes from the start of the arena or the blob section
  Comb comb;            // what of these bytes it takes
  int32_t root;         // itself, if it is no view
  int32_t written;      // step; -1 for a constant, kNever
  int32_t last_read;    // step; -1: not read
  int32_t first, last;  // the family is in use from its first write to its last use
  bool constant;
  bool view;
  bool live;  // roots: is in the list of live families
};

// Reads tensor `i` of a structurally sound graph and checks all that can be said of it alone; kNone if it is well.
Detail ReadTensor(const Model& model, uint32_t i, StoredTensor* out);

// Checks sections, views, execution order, writers and overlaps. `plans` and `live` have n_tensors entries.
Status CheckPlan(const Model& model, TensorPlan* plans, int32_t* live);

}  // namespace adze::format
