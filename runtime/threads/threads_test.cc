// SPDX-License-Identifier: Apache-2.0
// The pool covers every range exactly once, whatever the number of threads, items and the grain.
#include "runtime/threads/threads.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "runtime/platform/system.h"

namespace adze {
namespace {

TEST(Threads, CoversEachItemOnce) {
  for (int threads : {0, 1, 2, 3, 8}) {
    const Parallel* parallel = nullptr;
    ASSERT_TRUE(CreateParallel(threads, true, SystemAllocator(), &parallel).ok());
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

// Runs of changing width follow each other at once, so that workers without a part in one meet a later one.
TEST(Threads, ManyShortRunsInARow) {
  for (int threads : {2, 4, 9}) {
    const Parallel* parallel = nullptr;
    ASSERT_TRUE(CreateParallel(threads, true, SystemAllocator(), &parallel).ok());
    KernelArgs args = {};
    args.parallel = parallel;
    for (size_t k = 0; k < 20000; ++k) {
      // Plain memory: that the caller sees what the workers wrote is the pool's promise. A part apart, they share no element.
      size_t sums[11] = {};
      const size_t n = k % 11;
      ParallelFor(args, n, 1, [&](size_t begin, size_t end) {
        for (size_t i = begin; i < end; ++i) sums[begin] += i + k;
      });
      size_t sum = 0;
      for (size_t s : sums) sum += s;
      ASSERT_EQ(sum, n * k + (n == 0 ? 0 : n * (n - 1) / 2)) << threads << " " << k;
    }
    DestroyParallel(parallel, SystemAllocator());
  }
}

// Gaps around the time that a thread spins before it sleeps (50 us): some find the other side awake, some asleep, some on the way.
TEST(Threads, RunsFindWorkersAwakeOrAsleep) {
  const Parallel* parallel = nullptr;
  ASSERT_TRUE(CreateParallel(3, true, SystemAllocator(), &parallel).ok());
  KernelArgs args = {};
  args.parallel = parallel;
  std::atomic<size_t> sum{0};
  for (size_t k = 0; k < 1000; ++k) {
    const auto wait = [](size_t us) {
      const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(us);
      while (std::chrono::steady_clock::now() < end) continue;
    };
    wait(k % 90);
    ParallelFor(args, 3, 1, [&](size_t begin, size_t end) {
      if (begin == k % 3) wait(k * 7 % 130);  // one part takes longer than the others
      sum += end - begin;
    });
  }
  EXPECT_EQ(sum, 3000u);
  DestroyParallel(parallel, SystemAllocator());
}

TEST(Threads, PoolsAreIndependent) {
  std::vector<std::thread> callers;
  std::atomic<size_t> sum{0};
  for (int c = 0; c < 4; ++c) {
    callers.emplace_back([&] {
      for (int made = 0; made < 20; ++made) {
        const Parallel* parallel = nullptr;
        ASSERT_TRUE(CreateParallel(3, true, SystemAllocator(), &parallel).ok());
        KernelArgs args = {};
        args.parallel = parallel;
        for (int k = 0; k < 100; ++k) ParallelFor(args, 5, 1, [&](size_t begin, size_t end) { sum += end - begin; });
        DestroyParallel(parallel, SystemAllocator());
      }
    });
  }
  for (std::thread& t : callers) t.join();
  EXPECT_EQ(sum, 4u * 20 * 100 * 5);
}

// The most ranges that a pool makes, which is its number of threads.
size_t RangesOf(const Parallel* parallel) {
  KernelArgs args = {};
  args.parallel = parallel;
  std::atomic<size_t> ranges{0};
  ParallelFor(args, 1000, 1, [&](size_t, size_t) { ++ranges; });
  return ranges;
}

TEST(Threads, NoMoreThanCpusUnlessExactly) {
  // In a thread of its own: the mask that it narrows goes with it.
  std::thread([] {
    cpu_set_t allowed, one;
    ASSERT_EQ(sched_getaffinity(0, sizeof(allowed), &allowed), 0);
    EXPECT_EQ(CpusAllowed(), CPU_COUNT(&allowed));
    const Parallel* parallel = nullptr;
    ASSERT_TRUE(CreateParallel(200, false, SystemAllocator(), &parallel).ok());
    EXPECT_EQ(RangesOf(parallel), static_cast<size_t>(CPU_COUNT(&allowed) < 200 ? CPU_COUNT(&allowed) : 200));
    DestroyParallel(parallel, SystemAllocator());
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    ASSERT_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
    EXPECT_EQ(CpusAllowed(), 1);
    ASSERT_TRUE(CreateParallel(3, false, SystemAllocator(), &parallel).ok());
    EXPECT_EQ(RangesOf(parallel), 1u);
    DestroyParallel(parallel, SystemAllocator());
    ASSERT_TRUE(CreateParallel(3, true, SystemAllocator(), &parallel).ok());
    EXPECT_EQ(RangesOf(parallel), 3u);
    DestroyParallel(parallel, SystemAllocator());
  }).join();
}

TEST(Threads, RefusesTooMany) {
  const Parallel* parallel = nullptr;
  const Status status = CreateParallel(1 << 20, true, SystemAllocator(), &parallel);
  EXPECT_EQ(status.code, Code::kInvalidArgument);
  EXPECT_EQ(status.detail, Detail::kThreads);
}

}  // namespace
}  // namespace adze
