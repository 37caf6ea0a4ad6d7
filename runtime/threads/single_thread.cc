// SPDX-License-Identifier: Apache-2.0
// The feature "threads" off: everything runs on the caller's thread.
#include "runtime/threads/threads.h"

namespace adze {
namespace {

void RunInline(const Parallel*, void (*task)(void* context, size_t begin, size_t end), void* context, size_t n, size_t) {
  if (n != 0) task(context, 0, n);
}

constexpr Parallel kInline = {RunInline};

}  // namespace

Status CreateParallel(int threads, bool, const Allocator&, const Parallel** out) {
  if (threads > 1) return Error(Code::kInvalidArgument, Detail::kThreads, threads, 1);
  *out = &kInline;
  return OkStatus();
}

void DestroyParallel(const Parallel*, const Allocator&) {}

}  // namespace adze
