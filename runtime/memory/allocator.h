// SPDX-License-Identifier: Apache-2.0
// The only way by which the runtime gets memory.
#pragma once

#include <cstddef>

namespace adze {

struct Allocator {
  void* (*allocate)(void* context, size_t bytes, size_t alignment);  // null on failure
  void (*release)(void* context, void* memory);
  void* context;
};

// posix_memalign and free.
Allocator SystemAllocator();

}  // namespace adze
