// SPDX-License-Identifier: Apache-2.0
// The feature "threads" on: a plain pool. Ranges are static (part k of p covers [n*k/p, n*(k+1)/p)), workers sleep between runs.
#include <pthread.h>

#include <cstdint>

#include "runtime/threads/threads.h"

namespace adze {
namespace {

// More than any machine this is meant for has cores; keeps a wrong number from taking all of a process's threads.
constexpr int kMaxThreads = 256;

using Task = void (*)(void* context, size_t begin, size_t end);

struct Pool;

struct Worker {
  Pool* pool;
  size_t part;  // 1 .. threads - 1; the caller runs part 0
  pthread_t thread;
};

// `base` comes first: kernels see a Parallel, the pool gets itself back. `workers` lie behind it in the same allocation.
struct Pool {
  Parallel base;
  int n_workers;
  pthread_mutex_t mutex;
  pthread_cond_t begin, end;
  uint64_t run_number;  // rises by one a run; a worker that has seen it sleeps
  size_t busy;          // workers that have not finished this run
  bool stop;
  Task task;
  void* context;
  size_t n, parts;
};

Worker* WorkersOf(Pool* pool) { return reinterpret_cast<Worker*>(pool + 1); }

void RunPart(const Pool& pool, size_t part) {
  // q + min(part, r) instead of n * part / parts: no overflow.
  const size_t q = pool.n / pool.parts, r = pool.n % pool.parts;
  const size_t begin = q * part + (part < r ? part : r);
  const size_t end = begin + q + (part < r ? 1 : 0);
  if (begin < end) pool.task(pool.context, begin, end);
}

void* WorkerMain(void* argument) {
  Worker* worker = static_cast<Worker*>(argument);
  Pool* pool = worker->pool;
  uint64_t seen = 0;
  pthread_mutex_lock(&pool->mutex);
  for (;;) {
    while (pool->run_number == seen && !pool->stop) pthread_cond_wait(&pool->begin, &pool->mutex);
    if (pool->stop) break;
    seen = pool->run_number;
    if (worker->part < pool->parts) {
      pthread_mutex_unlock(&pool->mutex);
      RunPart(*pool, worker->part);
      pthread_mutex_lock(&pool->mutex);
    }
    if (--pool->busy == 0) pthread_cond_signal(&pool->end);
  }
  pthread_mutex_unlock(&pool->mutex);
  return nullptr;
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
  pthread_mutex_lock(&pool->mutex);
  pool->task = task;
  pool->context = context;
  pool->n = n;
  pool->parts = parts;
  pool->busy = threads - 1;
  ++pool->run_number;
  pthread_cond_broadcast(&pool->begin);
  pthread_mutex_unlock(&pool->mutex);
  RunPart(*pool, 0);
  pthread_mutex_lock(&pool->mutex);
  while (pool->busy != 0) pthread_cond_wait(&pool->end, &pool->mutex);
  pthread_mutex_unlock(&pool->mutex);
}

void Stop(Pool* pool) {
  pthread_mutex_lock(&pool->mutex);
  pool->stop = true;
  pthread_cond_broadcast(&pool->begin);
  pthread_mutex_unlock(&pool->mutex);
  for (int i = 0; i < pool->n_workers; ++i) pthread_join(WorkersOf(pool)[i].thread, nullptr);
  pthread_cond_destroy(&pool->end);
  pthread_cond_destroy(&pool->begin);
  pthread_mutex_destroy(&pool->mutex);
}

}  // namespace

Status CreateParallel(int threads, const Allocator& allocator, const Parallel** out) {
  if (threads > kMaxThreads) return Error(Code::kInvalidArgument, Detail::kThreads, threads, kMaxThreads);
  const int n_workers = threads > 1 ? threads - 1 : 0;
  const size_t bytes = sizeof(Pool) + static_cast<size_t>(n_workers) * sizeof(Worker);
  auto* pool = static_cast<Pool*>(allocator.allocate(allocator.context, bytes, alignof(Pool)));
  if (pool == nullptr) return Error(Code::kOutOfMemory, Detail::kNone, static_cast<int64_t>(bytes));
  *pool = {};
  pool->base.run = Run;
  // With default attributes these three cannot fail on Linux; they take no memory.
  pthread_mutex_init(&pool->mutex, nullptr);
  pthread_cond_init(&pool->begin, nullptr);
  pthread_cond_init(&pool->end, nullptr);
  for (; pool->n_workers < n_workers; ++pool->n_workers) {
    Worker* worker = WorkersOf(pool) + pool->n_workers;
    worker->pool = pool;
    worker->part = static_cast<size_t>(pool->n_workers) + 1;
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
  Stop(pool);
  allocator.release(allocator.context, pool);
}

}  // namespace adze
