// SPDX-License-Identifier: Apache-2.0
// Indices as tensors hold them.
#pragma once

#include "op-registry/core/shape.h"

namespace adze {

// The int32 or int64 `offset` bytes into `t`.
inline int64_t StoredIndex(const Tensor& t, int64_t offset) {
  const uint8_t* at = t.data + offset;
  return t.dtype == DType::kI64 ? *reinterpret_cast<const int64_t*>(at) : *reinterpret_cast<const int32_t*>(at);
}

inline void StoreIndex(const Tensor& t, int64_t offset, int64_t index) {
  uint8_t* at = t.data + offset;
  if (t.dtype == DType::kI64) {
    *reinterpret_cast<int64_t*>(at) = index;
  } else {
    *reinterpret_cast<int32_t*>(at) = static_cast<int32_t>(index);
  }
}

inline int64_t Clamped(int64_t i, int64_t lo, int64_t hi) { return i < lo ? lo : i > hi ? hi : i; }

// An index into `dim` elements: from the end where negative. dim is far below 2^63.
inline int64_t FromStart(int64_t i, int64_t dim) { return i < 0 ? i + dim : i; }

}  // namespace adze
