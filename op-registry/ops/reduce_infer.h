// SPDX-License-Identifier: Apache-2.0
// What the definitions of reductions share.
#pragma once

#include "op-registry/core/op.h"
#include "op-registry/ops/reduce.h"

namespace adze {

inline bool IsSummable(DType t) { return t == DType::kF32 || t == DType::kI32 || t == DType::kI64; }
inline bool IsOrdered(DType t) { return t != DType::kF16; }

// One input of any dtype, ReduceParams, one output with 1 for each dim of `axes`.
Status InferReduce(const NodeArgs& node, TensorType* out);

void FillReduceKey(const NodeArgs& node, const char* op, Key* key);

}  // namespace adze
