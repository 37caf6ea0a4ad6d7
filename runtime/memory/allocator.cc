// SPDX-License-Identifier: Apache-2.0
// Memory from the C library.
#include "runtime/memory/allocator.h"

#include <stdlib.h>

namespace adze {
namespace {

void* Allocate(void*, size_t bytes, size_t alignment) {
  void* memory = nullptr;
  return posix_memalign(&memory, alignment, bytes) == 0 ? memory : nullptr;
}

void Release(void*, void* memory) { free(memory); }

}  // namespace

Allocator SystemAllocator() { return {Allocate, Release, nullptr}; }

}  // namespace adze
