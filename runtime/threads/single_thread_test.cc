// SPDX-License-Identifier: Apache-2.0
// The feature "threads" off: one call on the caller's thread, and a clear no to more threads.
#include <gtest/gtest.h>

#include "runtime/threads/threads.h"

namespace adze {
namespace {

TEST(SingleThread, RunsInOneCall) {
  const Parallel* parallel = nullptr;
  ASSERT_TRUE(CreateParallel(1, false, SystemAllocator(), &parallel).ok());
  KernelArgs args = {};
  args.parallel = parallel;
  for (size_t n : {0u, 1u, 100u}) {
    size_t calls = 0;
    ParallelFor(args, n, 1, [&](size_t begin, size_t end) {
      ++calls;
      EXPECT_EQ(begin, 0u);
      EXPECT_EQ(end, n);
    });
    EXPECT_EQ(calls, n == 0 ? 0u : 1u);
  }
  DestroyParallel(parallel, SystemAllocator());
}

TEST(SingleThread, RefusesMore) {
  const Parallel* parallel = nullptr;
  EXPECT_EQ(CreateParallel(2, false, SystemAllocator(), &parallel).detail, Detail::kThreads);
}

}  // namespace
}  // namespace adze
