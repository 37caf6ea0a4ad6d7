// SPDX-License-Identifier: Apache-2.0
// How large the block behind a session is. A unit of its own: the cropper asks the same function on the build machine.
#include "runtime/session/session_bind.h"

namespace adze {
namespace {

bool AddArray(size_t* bytes, uint64_t count, size_t element_bytes) {
  size_t array;
  return !__builtin_mul_overflow(count, element_bytes, &array) && !__builtin_add_overflow(*bytes, array, bytes);
}

}  // namespace

Status BookkeepingBytes(const format::Model& model, size_t* bytes) {
  uint64_t pointers = 0;
  for (uint32_t i = 0; i < model.n_nodes; ++i) {
    format::StoredNode node;
    model.node(i, &node);
    pointers += node.inputs.size + node.outputs.size + kMaxNeeds;
  }
  *bytes = sizeof(adze_session);
  const bool fits = AddArray(bytes, model.n_tensors, sizeof(Tensor)) && AddArray(bytes, model.n_nodes, sizeof(BoundNode)) &&
                    AddArray(bytes, pointers, sizeof(void*));
  return fits ? OkStatus() : Error(Code::kOutOfMemory, Detail::kTooLarge);
}

}  // namespace adze
