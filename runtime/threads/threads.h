// SPDX-License-Identifier: Apache-2.0
// The feature "threads": exactly one of thread_pool.cc (feature on) and single_thread.cc (off) is in a build.
#pragma once

#include "kernels/contract/kernel.h"
#include "op-registry/core/status.h"
#include "runtime/memory/allocator.h"

namespace adze {

// A pool of `threads` - 1 workers beside the caller, but no more threads than CPUs that the caller may run on, unless `exactly`. threads <= 1
// gives a pool that runs inline. Fails with kThreads where the feature is off and threads > 1. The pool serves one caller at a time, and its
// tasks must not call it.
Status CreateParallel(int threads, bool exactly, const Allocator& allocator, const Parallel** out);
void DestroyParallel(const Parallel* parallel, const Allocator& allocator);

}  // namespace adze
