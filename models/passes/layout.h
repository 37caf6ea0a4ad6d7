// SPDX-License-Identifier: Apache-2.0
// Permutations of dims, and the ops that can do their work in any order of dims.
#pragma once

#include <vector>

#include "models/graph/graph.h"
#include "models/passes/rewrite.h"

namespace adze::passes {

// As in TransposeParams: dim d of the result is dim perm[d] of the source.
using Perm = std::vector<int>;

Perm PermOf(const graph::Graph& g, const graph::Node& transpose);
void SetPerm(graph::Node* n, const Perm& perm);
bool IsIdentity(const Perm& perm);
Perm Inverse(const Perm& perm);
// The one transpose that does `first`, then `second`.
Perm ComposePerms(const Perm& first, const Perm& second);
// True if a transpose of a tensor of `dims` leaves the order of the elements alone.
bool OnlyMovesOnes(const std::vector<int64_t>& dims, const Perm& perm);
std::vector<int64_t> PermuteDims(const std::vector<int64_t>& dims, const Perm& perm);

// `n` reads transpose(x, perm). If it can instead read x itself, gives the permutation that turns its new output into the old one
// and, for a reshape, the new output's dims; params are rewritten by RelayoutParams.
bool CanRelayout(const graph::Graph& g, const graph::Node& n, const Perm& perm, Perm* out_perm);
void RelayoutParams(graph::Node* n, const Perm& perm);

// True if `n` is a transpose whose readers can all read its source through strides: convolutions a transpose to NHWC, products one of their
// right operand, or of their left one where the last dim stays. Such a transpose is free.
bool OnlyFeedsStridedReaders(const graph::Graph& g, const GraphIndex& index, const graph::Node& n);

}  // namespace adze::passes
