// SPDX-License-Identifier: Apache-2.0
// dwconv_f32 for AArch64 Advanced SIMD: kernels 5 wide at stride 2, 4 pixels at a time.
#include "kernels/cpu/simd/simd.h"

#include "kernels/cpu/dwconv/dwconv_f32_loop.h"

namespace adze {
namespace {

void Run(const DwconvF32Run& run) { DwconvF32<4, 2, 5, 2>(run); }

}  // namespace

extern "C" {
extern const DwconvF32Ukernel adze_dwconv_f32__neon_w5s2;
const DwconvF32Ukernel adze_dwconv_f32__neon_w5s2 = {Run};
}

}  // namespace adze
