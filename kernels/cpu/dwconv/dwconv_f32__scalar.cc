// SPDX-License-Identifier: Apache-2.0
// dwconv_f32 for every CPU, 16 channels at a time.
#include "kernels/cpu/simd/scalar.h"

#include "kernels/cpu/dwconv/dwconv_f32_loop.h"

namespace adze {
namespace {

void Run(const DwconvF32Run& run) { DwconvF32<4>(run); }

}  // namespace

extern "C" {
extern const DwconvF32Ukernel adze_dwconv_f32__scalar;
const DwconvF32Ukernel adze_dwconv_f32__scalar = {Run};
}

}  // namespace adze
