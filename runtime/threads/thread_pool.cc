// SPDX-License-Identifier: Apache-2.0
// The feature "threads" on: one pool a session. Ranges are static (part k of p covers [n*k/p, n*(k+1)/p)), so that a thread meets the same
// rows of a tensor again in the next kernel. Who waits spins for a while, because the kernels of a run follow each other within
// microseconds, and then sleeps, because runs may be far apart.
#include "runtime/threads/threads.h"

#include <pthread.h>
#include <sched.h>

#include <atomic>
#include <cstdint>
#include <cstring>

#include "runtime/platform/system.h"

namespace adze {
namespace {

// More than any machine this is meant for has cores; keeps a wrong number from taking all of a process's threads.
constexpr int kMaxThreads = 256;

// How long a thread spins before it sleeps. Between two parallel regions of a run lie 1 to 20 us of kernels too small to be split; a region
// that finds its worker spinning costs 0.7 us, one that has to wake it 9 to 60 us (threads_bench, Zen 4, 2 CPUs). Spinning for longer than a
// wake takes could not win.
constexpr int64_t kSpinNanoseconds = 50000;
// Polls, about 1 us, between two yields. Without yields, threads that the scheduler has put on one CPU keep each other from running: a region
// took 107 us; with them 4 us.
constexpr int kPollsPerYield = 32;

// A command is the number of a run times kCommandStep plus its parts. A worker that has no part in a run may miss it: it need not be waited for.
// One that has seen nothing of 2^23 runs could take the next for the last it saw, but only if it has no part in that one either.
constexpr uint32_t kCommandStep = 512;
constexpr uint32_t kStop = kCommandStep - 1;
static_assert(kMaxThreads < kStop, "parts of a run and kStop are told apart");

using Task = void (*)(void* context, size_t begin, size_t end);

struct Pool;

struct Worker {
  Pool* pool;
  uint32_t part;  // 1 .. threads - 1; the caller runs part 0
  pthread_t thread;
};

// A number that one side changes and the other waits for. A cache line of its own: polling it must not slow down what lies beside it.
struct alignas(64) Signal {
  std::atomic<uint32_t> value;
  std::atomic<uint32_t> sleepers;
  pthread_cond_t changed;
};

// `base` comes first: kernels see a Parallel, the pool gets itself back. `workers` lie behind it in the same allocation.
struct Pool {
  Parallel base;
  int n_workers;
  bool spins;
  Task task;  // this and the next two are written before `command` and read by those that have a part in it
  void* context;
  size_t n;
  pthread_mutex_t mutex;  // for sleeping only
  Signal command;         // what the workers wait for
  Signal busy;            // workers that have not finished their part; the caller waits for 0
};

Worker* WorkersOf(Pool* pool) { return reinterpret_cast<Worker*>(pool + 1); }

void Pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb" ::: "memory");  // "yield" does nothing on most cores: polls would flood the memory system
#else
  __asm__ volatile("" ::: "memory");
#endif
}

// Returns the signal's value once (value == v) == equal.
uint32_t Await(Pool* pool, Signal* signal, uint32_t v, bool equal) {
  const int64_t start = pool->spins ? MonotonicNanoseconds() : 0;
  do {
    for (int i = 0; i < kPollsPerYield; ++i) {
      const uint32_t now = signal->value.load(std::memory_order_acquire);
      if ((now == v) == equal) return now;
      Pause();
    }
    if (!pool->spins) break;
    sched_yield();
  } while (MonotonicNanoseconds() - start < kSpinNanoseconds);
  pthread_mutex_lock(&pool->mutex);
  // Either the other side sees the sleeper, or the sleeper sees the new value: both orders are sequentially consistent.
  signal->sleepers.fetch_add(1);
  uint32_t now;
  while (((now = signal->value.load()) == v) != equal) pthread_cond_wait(&signal->changed, &pool->mutex);
  signal->sleepers.fetch_sub(1);
  pthread_mutex_unlock(&pool->mutex);
  return now;
}

// After a sequentially consistent change of the signal's value.
void WakeSleepers(Pool* pool, Signal* signal) {
  if (signal->sleepers.load() == 0) return;
  pthread_mutex_lock(&pool->mutex);
  pthread_cond_broadcast(&signal->changed);
  pthread_mutex_unlock(&pool->mutex);
}

void Command(Pool* pool, uint32_t parts) {
  const uint32_t last = pool->command.value.load(std::memory_order_relaxed);
  pool->command.value.store((last / kCommandStep + 1) * kCommandStep + parts);
  WakeSleepers(pool, &pool->command);
}

void RunPart(const Pool& pool, size_t part, size_t parts) {
  // q + min(part, r) instead of n * part / parts: no overflow.
  const size_t q = pool.n / parts, r = pool.n % parts;
  const size_t begin = q * part + (part < r ? part : r);
  pool.task(pool.context, begin, begin + q + (part < r ? 1 : 0));
}

void* WorkerMain(void* argument) {
  const Worker* worker = static_cast<const Worker*>(argument);
  Pool* pool = worker->pool;
  uint32_t seen = 0;
  for (;;) {
    seen = Await(pool, &pool->command, seen, false);
    const uint32_t parts = seen % kCommandStep;
    if (parts == kStop) return nullptr;
    if (worker->part >= parts) continue;
    RunPart(*pool, worker->part, parts);
    if (pool->busy.value.fetch_sub(1) == 1) WakeSleepers(pool, &pool->busy);
  }
}

void Run(const Parallel* self, Task task, void* context, size_t n, size_t grain) {
  if (n == 0) return;
  Pool* pool = reinterpret_cast<Pool*>(const_cast<Parallel*>(self));
  const size_t worth = grain > 1 ? (n - 1) / grain + 1 : n;
  const auto threads = static_cast<size_t>(pool->n_workers) + 1;
  const size_t parts = worth < threads ? worth : threads;
  if (parts <= 1) {
    task(context, 0, n);
    return;
  }
  pool->task = task;
  pool->context = context;
  pool->n = n;
  pool->busy.value.store(static_cast<uint32_t>(parts - 1), std::memory_order_relaxed);
  Command(pool, static_cast<uint32_t>(parts));
  RunPart(*pool, 0, parts);
  (void)Await(pool, &pool->busy, 0, true);
}

}  // namespace

Status CreateParallel(int threads, bool exactly, const Allocator& allocator, const Parallel** out) {
  if (threads > kMaxThreads) return Error(Code::kInvalidArgument, Detail::kThreads, threads, kMaxThreads);
  const int cpus = threads > 1 ? CpusAllowed() : 1;
  if (!exactly && threads > cpus) threads = cpus;
  const int n_workers = threads > 1 ? threads - 1 : 0;
  const size_t bytes = sizeof(Pool) + static_cast<size_t>(n_workers) * sizeof(Worker);
  auto* pool = static_cast<Pool*>(allocator.allocate(allocator.context, bytes, alignof(Pool)));
  if (pool == nullptr) return Error(Code::kOutOfMemory, Detail::kNone, static_cast<int64_t>(bytes));
  std::memset(static_cast<void*>(pool), 0, bytes);
  pool->base.run = Run;
  // With fewer CPUs than threads, one that spins keeps the one it waits for from running.
  pool->spins = threads <= cpus;
  // With default attributes these three cannot fail on Linux; they take no memory.
  pthread_mutex_init(&pool->mutex, nullptr);
  pthread_cond_init(&pool->command.changed, nullptr);
  pthread_cond_init(&pool->busy.changed, nullptr);
  for (; pool->n_workers < n_workers; ++pool->n_workers) {
    Worker* worker = WorkersOf(pool) + pool->n_workers;
    worker->pool = pool;
    worker->part = static_cast<uint32_t>(pool->n_workers) + 1;
    if (pthread_create(&worker->thread, nullptr, WorkerMain, worker) != 0) {
      const int started = pool->n_workers + 1;
      DestroyParallel(&pool->base, allocator);
      return Error(Code::kOutOfMemory, Detail::kThreads, threads, started);
    }
  }
  *out = &pool->base;
  return OkStatus();
}

void DestroyParallel(const Parallel* parallel, const Allocator& allocator) {
  if (parallel == nullptr) return;
  Pool* pool = reinterpret_cast<Pool*>(const_cast<Parallel*>(parallel));
  Command(pool, kStop);
  for (int i = 0; i < pool->n_workers; ++i) pthread_join(WorkersOf(pool)[i].thread, nullptr);
  pthread_cond_destroy(&pool->busy.changed);
  pthread_cond_destroy(&pool->command.changed);
  pthread_mutex_destroy(&pool->mutex);
  allocator.release(allocator.context, pool);
}

}  // namespace adze
