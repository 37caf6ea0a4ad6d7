// SPDX-License-Identifier: Apache-2.0
// What the ops of binary.h share: their check, shape rule and key.
#pragma once

#include "op-registry/core/op.h"

namespace adze {

// OpDef::infer of an element-by-element op of two inputs with BinaryParams.
Status InferBinary(const NodeArgs& node, TensorType* out);

// OpDef::key of such an op, named `op`.
void BinaryKey(const NodeArgs& node, const char* op, Key* key);

}  // namespace adze
