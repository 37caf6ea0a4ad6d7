// SPDX-License-Identifier: Apache-2.0
// Walking the output pixels of a convolution: what the drivers share.
#pragma once

#include <cstring>

#include "op-registry/core/shape.h"
#include "op-registry/ops/conv2d.h"

namespace adze {
namespace {

inline constexpr int64_t kMaxIndirection = 160;  // the rows' constraint

// An output pixel of y [N, Ho, Wo, C].
struct Pixel {
  int64_t n, ho, wo;
};

inline Pixel PixelAt(const Tensor& y, int64_t index) {
  const int64_t row = index / y.dim(2);
  return {row / y.dim(1), row % y.dim(1), index % y.dim(2)};
}

inline void Advance(const Tensor& y, Pixel* p) {
  if (++p->wo < y.dim(2)) return;
  p->wo = 0;
  if (++p->ho < y.dim(1)) return;
  p->ho = 0;
  ++p->n;
}

inline uint8_t* AddressOf(const Tensor& t, const Pixel& p) {
  return t.data + p.n * t.strides[0] + p.ho * t.strides[1] + p.wo * t.strides[2];
}

// Is index `i` one of a dim of `n`? One comparison: a negative index becomes a huge one.
inline bool IsInside(int64_t i, int64_t n) { return static_cast<uint64_t>(i) < static_cast<uint64_t>(n); }

// Scratch of a padded convolution: zeros for what lies outside. The row plans it only where there is padding.
inline const float* MakeZeros(const Conv2dParams& p, int64_t floats, uint8_t* scratch) {
  if ((p.pad_top | p.pad_left | p.pad_bottom | p.pad_right) != 0) std::memset(scratch, 0, static_cast<size_t>(floats) * sizeof(float));
  return reinterpret_cast<const float*>(scratch);
}

}  // namespace
}  // namespace adze
