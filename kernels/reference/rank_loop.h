// SPDX-License-Identifier: Apache-2.0
// The reference of arg_max and topk: which element comes ahead of which.
#pragma once

#include "kernels/contract/index.h"
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/reduce.h"

namespace adze {

// Of the line along `axis` through `at`: is element i ahead of element j?
template <typename T>
bool IsAhead(const Tensor& x, ElementIndex at, int axis, int32_t i, int32_t j, bool smallest, bool last) {
  at.at[axis] = i;
  const T a = *reinterpret_cast<const T*>(ElementAt(x, at));
  at.at[axis] = j;
  const T b = *reinterpret_cast<const T*>(ElementAt(x, at));
  const bool a_is_nan = a != a;
  const bool b_is_nan = b != b;
  if (a_is_nan != b_is_nan) return a_is_nan;
  if (!a_is_nan && a != b) return smallest ? a < b : a > b;
  return last ? i > j : i < j;
}

template <typename T>
void ArgMaxInOrder(const KernelArgs& args) {
  const auto p = ParamsOf<ArgMaxParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    int32_t best = 0;
    for (int32_t i = 1; i < x.shape.dims[p.axis]; ++i) best = IsAhead<T>(x, to, p.axis, i, best, p.smallest != 0, p.last != 0) ? i : best;
    StoreIndex(y, ElementAt(y, to) - y.data, best);
  } while (NextIndex(y.shape, &to));
}

// Each place is the first of those behind the place before it.
template <typename T>
void TopkInOrder(const KernelArgs& args) {
  const auto p = ParamsOf<TopkParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    ElementIndex ahead = to;
    ahead.at[p.axis] -= 1;
    const bool is_first = to.at[p.axis] == 0;
    const auto previous = is_first ? 0 : static_cast<int32_t>(StoredIndex(y, ElementAt(y, ahead) - y.data));
    int32_t best = -1;
    for (int32_t i = 0; i < x.shape.dims[p.axis]; ++i) {
      if (!is_first && !IsAhead<T>(x, to, p.axis, previous, i, p.smallest != 0, false)) continue;
      if (best < 0 || IsAhead<T>(x, to, p.axis, i, best, p.smallest != 0, false)) best = i;
    }
    StoreIndex(y, ElementAt(y, to) - y.data, best);
  } while (NextIndex(y.shape, &to));
}

}  // namespace adze
