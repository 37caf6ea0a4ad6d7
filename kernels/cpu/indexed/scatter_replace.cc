// SPDX-License-Identifier: Apache-2.0
// Scattering without a reduction.
#include "kernels/cpu/indexed/scatter_walk.h"

namespace adze {

void ReplaceRun(const void* context, uint8_t* const* at, const int64_t* strides, size_t n) {
  CopyRun(at[1], strides[1], at[0], strides[0], *static_cast<const size_t*>(context), n);
}

}  // namespace adze
