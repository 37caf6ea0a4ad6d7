// SPDX-License-Identifier: Apache-2.0
// Checks of a node's operands and parts of a key that the definitions of ops share. Out of line: a refusal costs one call in each op.
#pragma once

#include "op-registry/core/op.h"
#include "op-registry/ops/clamp_range.h"

namespace adze {

// Damaged(), out of line.
Status Refuse(Detail detail, int64_t got = 0, int64_t want = 0);

Status CheckType(const Tensor& t, DType want);
Status CheckRank(const Tensor& t, int want);
Status CheckShape(const Tensor& t, const Shape& want);
Status CheckClamp(const ClampRange& clamp);

// For ops without params.
Status CheckNoParams(const NodeArgs& node);

// Input `i` is a weight or bias: exactly this type and shape, and without gaps, because kernels read it by its documented layout.
Status CheckWeights(const NodeArgs& node, int i, DType type, const Shape& shape);

// The inferred output must be a shape that can exist.
Status CheckOutput(const TensorType& out);

// One float32 input of any shape, one output like it.
Status InferLikeInput(const NodeArgs& node, TensorType* out);

// Clears the key, then sets its op, its types (the first `n_in_types` inputs, then the output if `out_type`) and the common features.
void StartKey(const NodeArgs& node, const char* op, int n_in_types, bool out_type, Key* key);

}  // namespace adze
