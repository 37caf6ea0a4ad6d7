// SPDX-License-Identifier: Apache-2.0
// The session: a verified model bound to rows and memory. Opaque to users; the trace harness of adze-run reads it.
#pragma once

#include "adze/adze.h"
#include "kernels/contract/kernel.h"
#include "models/format/reader.h"
#include "op-registry/core/select.h"

namespace adze {

// One node, ready to run.
struct BoundNode {
  const Kernel* kernel;
  KernelArgs args;
  int32_t kernel_row;               // index in the manifest
  int32_t ukernel_rows[kMaxNeeds];  // -1: none
};

// The app's own parallel loop. `base` comes first: kernels see a Parallel, the loop gets itself back.
struct AppParallel {
  Parallel base;
  adze_parallel_for loop;
  void* context;
};

}  // namespace adze

// One allocation holds this struct and, behind it, tensors, pointers and bound nodes; a second one is the arena. After adze_resize tensors,
// pointers and nodes are in an allocation of their own.
struct adze_session {
  adze::format::Model model;
  adze::Tensor* tensors;   // model.n_tensors
  adze::BoundNode* nodes;  // model.n_nodes
  uint8_t* arena;          // 64-byte aligned
  size_t bookkeeping_bytes;
  adze::Level level;
  const adze::Parallel* parallel;  // never null; app.base or a pool
  adze::AppParallel app;
  void (*release)(void* context, void* memory);
  void* context;
  // For the feature "resize".
  void* (*allocate)(void* context, size_t bytes, size_t alignment);
  const uint8_t* file;  // its first header
  size_t file_bytes;
  uint64_t arena_capacity;
};
