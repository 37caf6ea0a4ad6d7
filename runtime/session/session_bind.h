// SPDX-License-Identifier: Apache-2.0
// Laying out a session's bookkeeping block and binding its nodes to rows and memory.
#pragma once

#include "runtime/memory/allocator.h"
#include "runtime/session/resolve.h"
#include "runtime/session/session.h"

namespace adze {

// Bytes of the block that holds the session, tensors, bound nodes and their pointers.
Status BookkeepingBytes(const format::Model& model, size_t* bytes);

// Opens a file and verifies it with a workspace that is given back before the session's own memory is taken.
Status OpenModel(const void* data, size_t bytes, const Allocator& allocator, format::Model* model);

// Fills `block` (model set), which holds what BookkeepingBytes counts behind the session: tensors without data, nodes without rows.
void LayOut(adze_session* session, void* block);
// Gives back the block if it is not behind the session.
inline void ReleaseBlock(adze_session* session) {
  if (static_cast<void*>(session->tensors) != session + 1) session->release(session->context, session->tensors);
}

// Node `i` as its op sees it.
NodeArgs ArgsOf(const adze_session& session, uint32_t i);

// Selects the rows of all nodes at session->level. `nodes_missing` receives how many lack a row.
Status BindRows(adze_session* session, int32_t* nodes_missing);

// Points tensors and scratch into the arena and the file.
void BindMemory(adze_session* session);

}  // namespace adze
