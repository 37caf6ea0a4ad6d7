// SPDX-License-Identifier: Apache-2.0
// dwconv_f32 for AArch64, 32 channels at a time.
#include "kernels/cpu/simd/simd.h"

#include "kernels/cpu/dwconv/dwconv_f32_loop.h"

namespace adze {
namespace {

void Run(const DwconvF32Run& run) { DwconvF32<8>(run); }

}  // namespace

extern "C" {
extern const DwconvF32Ukernel adze_dwconv_f32__neon;
const DwconvF32Ukernel adze_dwconv_f32__neon = {Run};
}

}  // namespace adze
