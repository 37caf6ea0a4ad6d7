// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contract "dot_qs8": the integer sum behind one output of an int8 matrix product.
//
//   sum_{k < n} (x[k] - x_zero_point) * (w[k] - w_zero_point)       modulo 2^32, so the order of the sum has no say
#pragma once

#include <cstddef>
#include <cstdint>

namespace adze {

struct DotQs8Run {
  size_t n;
  const int8_t* x;                     // n adjacent bytes; no read past them
  const int8_t* w;                     // n adjacent bytes; no read past them
  int32_t x_zero_point, w_zero_point;  // -128 .. 127
};

// The object behind a UkernelRow of family dot_qs8.
struct DotQs8Ukernel {
  uint32_t (*run)(const DotQs8Run& run);
};

}  // namespace adze
