// SPDX-License-Identifier: Apache-2.0
// Shapes and strided tensor views, as ops and kernels see them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "op-registry/core/dtype.h"

namespace adze {

inline constexpr int kMaxRank = 6;
// No tensor may hold more bytes than this: keeps every product of dims and strides inside int64.
inline constexpr int64_t kMaxTensorBytes = int64_t{1} << 40;

// dims[0] is the outermost. rank 0 is a scalar. Every dim is >= 0.
struct Shape {
  int32_t rank = 0;
  int32_t dims[kMaxRank] = {};
};

inline bool operator==(const Shape& a, const Shape& b) {
  if (a.rank != b.rank) return false;
  for (int i = 0; i < a.rank; ++i) {
    if (a.dims[i] != b.dims[i]) return false;
  }
  return true;
}
inline bool operator!=(const Shape& a, const Shape& b) { return !(a == b); }

// Number of elements, or -1 if a dim is negative or the count exceeds kMaxTensorBytes. A dim of 0 does not excuse the others: their product
// is in the strides.
inline int64_t ElementCount(const Shape& s) {
  int64_t n = 1;
  bool is_empty = false;
  for (int i = 0; i < s.rank; ++i) {
    if (s.dims[i] < 0) return -1;
    if (s.dims[i] == 0) {
      is_empty = true;
      continue;
    }
    if (__builtin_mul_overflow(n, static_cast<int64_t>(s.dims[i]), &n) || n > kMaxTensorBytes) return -1;
  }
  return is_empty ? 0 : n;
}

struct TensorType {
  DType dtype = DType::kF32;
  Shape shape;
};

// A strided view: element (i0, i1, ...) stands at data + sum(i_d * strides[d]). Strides are bytes, >= 0; 0 repeats
// (broadcast). Borrowed memory.
struct Tensor {
  uint8_t* data = nullptr;
  DType dtype = DType::kF32;
  Shape shape;
  int64_t strides[kMaxRank] = {};

  int32_t dim(int i) const { return shape.dims[i]; }
  template <typename T>
  T* as() const {
    return reinterpret_cast<T*>(data);
  }
};

// Fills the strides of a row-major tensor without gaps.
inline void SetDenseStrides(Tensor* t) {
  int64_t s = static_cast<int64_t>(DTypeBytes(t->dtype));
  for (int i = t->shape.rank - 1; i >= 0; --i) {
    t->strides[i] = s;
    s *= t->shape.dims[i];
  }
}

// True if the elements lie row-major without gaps (dims of 1 have no say).
inline bool IsDense(const Tensor& t) {
  int64_t s = static_cast<int64_t>(DTypeBytes(t.dtype));
  for (int i = t.shape.rank - 1; i >= 0; --i) {
    if (t.shape.dims[i] != 1 && t.strides[i] != s) return false;
    s *= t.shape.dims[i];
  }
  return true;
}

// True if neighbours along the last dim are adjacent in memory.
inline bool IsInnerDense(const Tensor& t) {
  return t.shape.rank == 0 || t.shape.dims[t.shape.rank - 1] == 1 ||
         t.strides[t.shape.rank - 1] == static_cast<int64_t>(DTypeBytes(t.dtype));
}

}  // namespace adze
