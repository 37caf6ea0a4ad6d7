// SPDX-License-Identifier: Apache-2.0
// Memory from the C library: calloc, because it knows which of its memory is zero already. A large block comes straight from the system and
// takes no physical memory before it is used.
#include "runtime/memory/allocator.h"

#include <stdlib.h>

#include <cstdint>

namespace adze {
namespace {

static_assert(alignof(max_align_t) >= sizeof(void*), "calloc's alignment leaves room for a pointer below every larger one");

// The block that calloc gave is remembered right below the memory returned.
void* Allocate(void*, size_t bytes, size_t alignment) {
  size_t whole;
  if (__builtin_add_overflow(bytes, alignment, &whole)) return nullptr;
  void* block = calloc(1, whole);
  if (block == nullptr) return nullptr;
  auto* memory = reinterpret_cast<void**>(static_cast<char*>(block) + alignment - (reinterpret_cast<uintptr_t>(block) & (alignment - 1)));
  memory[-1] = block;
  return memory;
}

void Release(void*, void* memory) { free(static_cast<void**>(memory)[-1]); }

}  // namespace

Allocator SystemAllocator() { return {Allocate, Release, nullptr, true}; }

}  // namespace adze
