// SPDX-License-Identifier: Apache-2.0
// Scattering with a reduction, for one dtype.
#pragma once

#include "kernels/cpu/indexed/scatter_walk.h"
#include "op-registry/ops/indexed.h"

namespace adze {

// T computes, Sum is T or its unsigned twin, whose sums and products wrap. The context is the ScatterReduction.
template <typename T, typename Sum>
void CombineRun(const void* context, uint8_t* const* at, const int64_t* strides, size_t n) {
  const auto reduction = *static_cast<const ScatterReduction*>(context);
  for (size_t i = 0; i < n; ++i) {
    const auto step = static_cast<int64_t>(i);
    const T update = *reinterpret_cast<const T*>(at[0] + step * strides[0]);
    T* place = reinterpret_cast<T*>(at[1] + step * strides[1]);
    const T there = *place;
    switch (reduction) {
      case ScatterReduction::kAdd: *place = static_cast<T>(static_cast<Sum>(there) + static_cast<Sum>(update)); break;
      case ScatterReduction::kMul: *place = static_cast<T>(static_cast<Sum>(there) * static_cast<Sum>(update)); break;
      // `there` stays where it is NaN, an update that is NaN replaces it.
      case ScatterReduction::kMax: *place = update > there || update != update ? update : there; break;
      default: *place = update < there || update != update ? update : there; break;
    }
  }
}

}  // namespace adze
