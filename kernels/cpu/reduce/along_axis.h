// SPDX-License-Identifier: Apache-2.0
// Loops along one dim: arg_max, cumsum, topk, for one dtype.
#pragma once

#include "kernels/contract/index.h"
#include "kernels/contract/split.h"
#include "kernels/cpu/indexed/index_walk.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/reduce.h"

namespace adze {

// Does `v` come before `than`? A NaN before all but NaNs.
template <typename T>
bool ComesBefore(T v, T than, bool smallest) {
  return (smallest ? v < than : v > than) || (v != v && than == than);
}

template <typename T>
void ArgMaxAlong(const KernelArgs& args) {
  const auto params = ParamsOf<ArgMaxParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  const int64_t n = x.shape.dims[params.axis];
  const int64_t stride = x.strides[params.axis];
  ParallelFor(args, static_cast<size_t>(ElementCount(y.shape)), GrainOf(n), [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) {
      const auto flat = static_cast<int64_t>(begin);
      const uint8_t* at = x.data + OffsetOf(y.shape, x.strides, flat);
      T best = *reinterpret_cast<const T*>(at);
      int64_t place = 0;
      for (int64_t i = 1; i < n; ++i) {
        const T v = *reinterpret_cast<const T*>(at + i * stride);
        // A tie: neither comes before the other.
        if (ComesBefore(v, best, params.smallest != 0) || (params.last != 0 && !ComesBefore(best, v, params.smallest != 0))) {
          best = v;
          place = i;
        }
      }
      StoreIndex(y, OffsetOf(y.shape, y.strides, flat), place);
    }
  });
}

// Sum is what T is summed in.
template <typename T, typename Sum>
void CumsumAlong(const KernelArgs& args) {
  const auto params = ParamsOf<CumsumParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  const int64_t n = x.shape.dims[params.axis];
  Shape lines = x.shape;
  lines.dims[params.axis] = 1;
  ParallelFor(args, static_cast<size_t>(n == 0 ? 0 : ElementCount(lines)), GrainOf(n), [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) {
      const auto flat = static_cast<int64_t>(begin);
      const uint8_t* from = x.data + OffsetOf(lines, x.strides, flat);
      uint8_t* to = y.data + OffsetOf(lines, y.strides, flat);
      Sum sum = 0;
      for (int64_t i = 0; i < n; ++i) {
        const int64_t at = params.reverse != 0 ? n - 1 - i : i;
        const Sum with = sum + static_cast<Sum>(*reinterpret_cast<const T*>(from + at * x.strides[params.axis]));
        *reinterpret_cast<T*>(to + at * y.strides[params.axis]) = static_cast<T>(params.exclusive != 0 ? sum : with);
        sum = with;
      }
    }
  });
}

// The best places so far stand in y, in order; an element that beats the last of them is moved up to its place. Quick where few are wanted of
// many, and without scratch.
template <typename T>
void TopkAlong(const KernelArgs& args) {
  const auto params = ParamsOf<TopkParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  const int64_t n = x.shape.dims[params.axis];
  const int64_t k = y.shape.dims[params.axis];
  const int64_t x_stride = x.strides[params.axis];
  const int64_t y_stride = y.strides[params.axis];
  Shape lines = x.shape;
  lines.dims[params.axis] = 1;
  ParallelFor(args, static_cast<size_t>(k == 0 ? 0 : ElementCount(lines)), GrainOf(4 * n), [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) {
      const auto flat = static_cast<int64_t>(begin);
      const uint8_t* from = x.data + OffsetOf(lines, x.strides, flat);
      const int64_t to = OffsetOf(lines, y.strides, flat);
      int64_t found = 0;
      for (int64_t i = 0; i < n; ++i) {
        const T v = *reinterpret_cast<const T*>(from + i * x_stride);
        int64_t place = found;
        for (; place > 0; --place) {
          const int64_t before = StoredIndex(y, to + (place - 1) * y_stride);
          if (!ComesBefore(v, *reinterpret_cast<const T*>(from + before * x_stride), params.smallest != 0)) break;
          if (place < k) StoreIndex(y, to + place * y_stride, before);
        }
        if (place < k) StoreIndex(y, to + place * y_stride, i);
        found += found < k ? 1 : 0;
      }
    }
  });
}

}  // namespace adze
