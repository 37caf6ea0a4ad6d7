// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contract "pack_f32": a matrix that is known only at run time, one panel of 16 columns at a time, as gemm_f32 reads it.
//
//   panel[k][n] = b[k * k_stride + n * n_stride], 0 for n >= columns
#pragma once

#include <cstddef>
#include <cstdint>

namespace adze {

struct PackF32Run {
  size_t k;
  size_t columns;              // 1 .. 16
  const uint8_t* b;            // element (0, 0) of the panel
  int64_t k_stride, n_stride;  // bytes
  float* panel;                // [k][16]
};

// The object behind a UkernelRow of family pack_f32.
struct PackF32Ukernel {
  void (*run)(const PackF32Run& run);
};

}  // namespace adze
