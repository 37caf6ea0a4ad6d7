// SPDX-License-Identifier: Apache-2.0
// What a kernel is given and what it must keep to.
//
// A kernel assumes everything that its op's check, its row's constraint and the session have established: dtypes, shapes, strides, params
// values, tensors inside their memory, scratch of at least the row's size. It reads and writes nothing outside the tensors and the scratch,
// keeps no state, allocates nothing, leaves the floating-point state as found, and gives the same bits for any thread count
// (it may split M and N, never K).
#pragma once

#include <cstddef>
#include <cstdint>

#include "op-registry/core/shape.h"

namespace adze {

// Runs `task(context, begin, end)` over disjoint ranges that cover [0, n); returns when all are done. A session without threads
// makes one call. `grain` is the least number of items worth a thread of their own.
struct Parallel {
  void (*run)(const Parallel* self, void (*task)(void* context, size_t begin, size_t end), void* context, size_t n, size_t grain);
};

struct KernelArgs {
  const Tensor* const* in;
  const Tensor* const* out;
  int32_t n_in;
  int32_t n_out;
  const uint8_t* params;        // no alignment: read with ParamsOf<T>
  const void* const* ukernels;  // one per need of the row, in order; each points to the contract's struct
  uint8_t* scratch;             // 64-byte aligned, the row's scratch size, contents undefined
  const Parallel* parallel;
};

// The object behind a KernelRow: `extern const Kernel adze_<name>`.
struct Kernel {
  void (*run)(const KernelArgs& args);
};

// Calls args.parallel with a callable f(begin, end). No allocation: f lives on the caller's stack.
template <typename Fn>
inline void ParallelFor(const KernelArgs& args, size_t n, size_t grain, const Fn& f) {
  args.parallel->run(
      args.parallel, [](void* context, size_t begin, size_t end) { (*static_cast<const Fn*>(context))(begin, end); },
      const_cast<void*>(static_cast<const void*>(&f)), n, grain);
}

}  // namespace adze
