// SPDX-License-Identifier: Apache-2.0
// The reference of all scatters: where each update goes, and what it does there.
#pragma once

#include "kernels/contract/index.h"
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/indexed.h"

namespace adze {

inline void CopyWhole(const KernelArgs& args) {
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex i;
  do {
    CopyElement(y, i, *args.in[0], i);
  } while (NextIndex(y.shape, &i));
}

// apply(place of y, place of updates) for each update of scatter_nd, in order.
template <typename Apply>
void ScatterRowsInOrder(const KernelArgs& args, const Apply& apply) {
  const Tensor& indices = *args.in[1];
  const Tensor& updates = *args.in[2];
  const Tensor& y = *args.out[0];
  CopyWhole(args);
  if (!HasElements(updates.shape)) return;
  const int last = indices.shape.rank - 1;
  const int depth = indices.shape.dims[last];
  ElementIndex i;
  do {
    ElementIndex which = i;
    ElementIndex to;
    bool inside = true;
    for (int d = 0; d < depth; ++d) {
      which.at[last] = d;
      const int64_t place = FromStart(StoredIndex(indices, ElementAt(indices, which) - indices.data), y.shape.dims[d]);
      inside = inside && place >= 0 && place < y.shape.dims[d];
      to.at[d] = static_cast<int32_t>(place);
    }
    for (int d = depth; d < y.shape.rank; ++d) to.at[d] = i.at[last + d - depth];
    if (inside) apply(ElementAt(y, to), ElementAt(updates, i));
  } while (NextIndex(updates.shape, &i));
}

// The same for scatter_elements.
template <typename Apply>
void ScatterElementsInOrder(const KernelArgs& args, int axis, const Apply& apply) {
  const Tensor& indices = *args.in[1];
  const Tensor& updates = *args.in[2];
  const Tensor& y = *args.out[0];
  CopyWhole(args);
  if (!HasElements(updates.shape)) return;
  ElementIndex i;
  do {
    ElementIndex to = i;
    const int64_t dim = y.shape.dims[axis];
    const int64_t place = FromStart(StoredIndex(indices, ElementAt(indices, i) - indices.data), dim);
    to.at[axis] = static_cast<int32_t>(place);
    if (place >= 0 && place < dim) apply(ElementAt(y, to), ElementAt(updates, i));
  } while (NextIndex(updates.shape, &i));
}

// *y = reduction(*y, *update); Sum wraps where T does not.
template <typename T, typename Sum>
void ReduceInto(uint8_t* y, const uint8_t* update, ScatterReduction reduction) {
  T* to = reinterpret_cast<T*>(y);
  const T u = *reinterpret_cast<const T*>(update);
  if (reduction == ScatterReduction::kAdd) *to = static_cast<T>(static_cast<Sum>(*to) + static_cast<Sum>(u));
  if (reduction == ScatterReduction::kMul) *to = static_cast<T>(static_cast<Sum>(*to) * static_cast<Sum>(u));
  const bool is_nan = *to != *to || u != u;
  if (reduction == ScatterReduction::kMax && !is_nan && u > *to) *to = u;
  if (reduction == ScatterReduction::kMin && !is_nan && u < *to) *to = u;
  if (reduction >= ScatterReduction::kMax && u != u) *to = u;
}

}  // namespace adze
