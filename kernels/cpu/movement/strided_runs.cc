// SPDX-License-Identifier: Apache-2.0
// The walk over strided tensors.
#include "kernels/cpu/movement/strided_runs.h"

#include <cstring>

namespace adze {
namespace {

// Elements worth a thread of their own: about 10 us of copying.
constexpr size_t kGrain = 16384;

// A place in one tensor. Dims that lie without a gap are merged; dims of 1 are dropped.
struct Cursor {
  uint8_t* at;
  int rank;
  int64_t left;            // elements to the end of the run
  int64_t dims[kMaxRank];  // innermost first
  int64_t strides[kMaxRank];
  int64_t index[kMaxRank];
};

void Start(Cursor* c, const Tensor& t, int64_t element) {
  c->at = t.data;
  c->rank = 0;
  for (int d = t.shape.rank - 1; d >= 0; --d) {
    const int64_t dim = t.shape.dims[d];
    const int top = c->rank - 1;
    if (dim == 1) continue;
    if (top >= 0 && t.strides[d] == c->strides[top] * c->dims[top]) {
      c->dims[top] *= dim;
    } else {
      c->dims[c->rank] = dim;
      c->strides[c->rank++] = t.strides[d];
    }
  }
  if (c->rank == 0) {
    c->dims[0] = 1;
    c->strides[0] = static_cast<int64_t>(DTypeBytes(t.dtype));
    c->rank = 1;
  }
  for (int d = 0; d < c->rank; ++d) {
    c->index[d] = element % c->dims[d];
    element /= c->dims[d];
    c->at += c->index[d] * c->strides[d];
  }
  c->left = c->dims[0] - c->index[0];
}

void Advance(Cursor* c, int64_t n) {
  c->at += n * c->strides[0];
  c->left -= n;
  if (c->left != 0) return;
  c->left = c->dims[0];
  c->at -= c->dims[0] * c->strides[0];
  for (int d = 1; d < c->rank; ++d) {
    c->at += c->strides[d];
    if (++c->index[d] < c->dims[d]) return;
    c->at -= c->dims[d] * c->strides[d];
    c->index[d] = 0;
  }
}

void WalkRange(const Tensor* operands, int n_operands, RunFn f, const void* context, int64_t begin, int64_t end) {
  if (begin == end) return;
  Cursor cursors[kMaxRunOperands];
  uint8_t* at[kMaxRunOperands] = {};
  int64_t strides[kMaxRunOperands] = {};
  for (int k = 0; k < n_operands; ++k) {
    Start(&cursors[k], operands[k], begin);
    strides[k] = cursors[k].strides[0];
  }
  while (begin < end) {
    int64_t n = end - begin;
    for (int k = 0; k < n_operands; ++k) {
      at[k] = cursors[k].at;
      if (cursors[k].left < n) n = cursors[k].left;
    }
    f(context, at, strides, static_cast<size_t>(n));
    for (int k = 0; k < n_operands; ++k) Advance(&cursors[k], n);
    begin += n;
  }
}

// A function that wants adjacent elements.
struct DenseRun {
  RunFn f;
  const void* context;
  int n_operands;
  bool repeats;
  int64_t bytes[kMaxRunOperands];  // of an element
};

// A run of other strides goes element by element, about 5 ns each: rare enough (slices of the last dim, pictures of planes) that a detour
// through buffers would cost more bytes than it earns.
void RunDense(const void* context, uint8_t* const* at, const int64_t* strides, size_t n) {
  const DenseRun& run = *static_cast<const DenseRun*>(context);
  uint8_t* now[kMaxRunOperands] = {};
  size_t part = n;
  for (int k = 0; k < run.n_operands; ++k) {
    now[k] = at[k];
    const bool repeats = run.repeats && strides[k] == 0 && k + 1 < run.n_operands;
    if (strides[k] != run.bytes[k] && !repeats) part = 1;
  }
  for (; n > 0; n -= part) {
    run.f(run.context, now, strides, part);
    for (int k = 0; k < run.n_operands; ++k) now[k] += strides[k];  // of no matter after a whole run
  }
}

// The size is a constant in each copy of this loop, so that an element is one load and one store.
template <size_t kBytes>
void CopyStrided(uint8_t* to, int64_t to_stride, const uint8_t* from, int64_t from_stride, size_t n) {
  for (; n > 0; --n) {
    std::memcpy(to, from, kBytes);
    to += to_stride;
    from += from_stride;
  }
}

}  // namespace

void ForEachRun(const KernelArgs& args, const Tensor* operands, int n_operands, RunFn f, const void* context) {
  ParallelFor(args, static_cast<size_t>(ElementCount(operands[0].shape)), kGrain, [&](size_t begin, size_t end) {
    WalkRange(operands, n_operands, f, context, static_cast<int64_t>(begin), static_cast<int64_t>(end));
  });
}

void ForEachDenseRun(const KernelArgs& args, const Tensor* operands, int n_operands, bool repeats, RunFn f, const void* context) {
  DenseRun run = {f, context, n_operands, repeats, {}};
  for (int k = 0; k < n_operands; ++k) run.bytes[k] = static_cast<int64_t>(DTypeBytes(operands[k].dtype));
  ForEachRun(args, operands, n_operands, RunDense, &run);
}

void CopyRun(uint8_t* to, int64_t to_stride, const uint8_t* from, int64_t from_stride, size_t element_bytes, size_t n) {
  const auto bytes = static_cast<int64_t>(element_bytes);
  if (to_stride == bytes && from_stride == bytes) {
    std::memcpy(to, from, n * element_bytes);
  } else if (bytes == 4) {
    CopyStrided<4>(to, to_stride, from, from_stride, n);
  } else if (bytes == 1) {
    CopyStrided<1>(to, to_stride, from, from_stride, n);
  } else if (bytes == 2) {
    CopyStrided<2>(to, to_stride, from, from_stride, n);
  } else {
    CopyStrided<8>(to, to_stride, from, from_stride, n);
  }
}

}  // namespace adze
