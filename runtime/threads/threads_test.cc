// SPDX-License-Identifier: Apache-2.0
// The pool covers every range exactly once, whatever the number of threads, items and the grain.
#include "runtime/threads/threads.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace adze {
namespace {

TEST(Threads, CoversEachItemOnce) {
  for (int threads : {0, 1, 2, 3, 8}) {
    const Parallel* parallel = nullptr;
    ASSERT_TRUE(CreateParallel(threads, SystemAllocator(), &parallel).ok());
    for (size_t n : {0u, 1u, 2u, 7u, 8u, 9u, 1000u}) {
      for (size_t grain : {0u, 1u, 3u, 1000u, 5000u}) {
        std::vector<std::atomic<int>> hits(n);
        std::atomic<size_t> calls{0};
        KernelArgs args = {};
        args.parallel = parallel;
        ParallelFor(args, n, grain, [&](size_t begin, size_t end) {
          ++calls;
          EXPECT_LT(begin, end);
          for (size_t i = begin; i < end; ++i) ++hits[i];
        });
        for (size_t i = 0; i < n; ++i) ASSERT_EQ(hits[i], 1) << threads << " " << n << " " << grain << " " << i;
        EXPECT_LE(calls, threads > 1 ? static_cast<size_t>(threads) : 1u);
        if (grain >= n && n > 0) {
          EXPECT_EQ(calls, 1u);
        }
      }
    }
    DestroyParallel(parallel, SystemAllocator());
  }
}

TEST(Threads, ManyRunsInARow) {
  const Parallel* parallel = nullptr;
  ASSERT_TRUE(CreateParallel(4, SystemAllocator(), &parallel).ok());
  KernelArgs args = {};
  args.parallel = parallel;
  std::atomic<size_t> sum{0};
  for (int k = 0; k < 5000; ++k) ParallelFor(args, 4, 1, [&](size_t begin, size_t end) { sum += end - begin; });
  EXPECT_EQ(sum, 20000u);
  DestroyParallel(parallel, SystemAllocator());
}

TEST(Threads, RefusesTooMany) {
  const Parallel* parallel = nullptr;
  const Status status = CreateParallel(1 << 20, SystemAllocator(), &parallel);
  EXPECT_EQ(status.code, Code::kInvalidArgument);
  EXPECT_EQ(status.detail, Detail::kThreads);
}

}  // namespace
}  // namespace adze
