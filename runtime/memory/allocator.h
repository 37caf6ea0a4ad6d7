// SPDX-License-Identifier: Apache-2.0
// The only way by which the runtime gets memory.
#pragma once

#include <cstddef>

namespace adze {

struct Allocator {
  void* (*allocate)(void* context, size_t bytes, size_t alignment);  // null on failure; alignment: a power of 2, at least a pointer's
  void (*release)(void* context, void* memory);
  void* context;
  bool zeroed;  // what it allocates is zero
};

// calloc and free.
Allocator SystemAllocator();

}  // namespace adze
