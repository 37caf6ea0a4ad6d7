// SPDX-License-Identifier: Apache-2.0
// What a parallel region costs beside its work: empty parts, one a thread, after `gap_us` of work on the caller's thread. Run it on a machine
// that does nothing else.
//   <build>/bin/threads_bench --benchmark_repetitions=5 --benchmark_report_aggregates_only=true
#include "runtime/threads/threads.h"

#include <benchmark/benchmark.h>

#include <chrono>

namespace adze {
namespace {

void EmptyRegion(benchmark::State& state) {
  using Clock = std::chrono::steady_clock;
  const auto threads = static_cast<int>(state.range(0));
  const std::chrono::microseconds gap(state.range(1));
  const Parallel* parallel = nullptr;
  if (!CreateParallel(threads, true, SystemAllocator(), &parallel).ok()) return state.SkipWithError("no pool");
  KernelArgs args = {};
  args.parallel = parallel;
  while (state.KeepRunning()) {
    const auto work_ends = Clock::now() + gap;
    while (Clock::now() < work_ends) continue;
    const auto start = Clock::now();
    ParallelFor(args, static_cast<size_t>(threads), 1, [](size_t begin, size_t) { benchmark::DoNotOptimize(begin); });
    state.SetIterationTime(std::chrono::duration<double>(Clock::now() - start).count());
  }
  DestroyParallel(parallel, SystemAllocator());
}
BENCHMARK(EmptyRegion)->ArgNames({"threads", "gap_us"})->ArgsProduct({{2}, {0, 5, 20, 100, 1000}})->UseManualTime()->MinTime(0.2);

}  // namespace
}  // namespace adze
