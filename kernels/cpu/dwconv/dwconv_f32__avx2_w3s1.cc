// SPDX-License-Identifier: Apache-2.0
// dwconv_f32 for AVX2 + FMA: kernels 3 wide at stride 1, 4 pixels at a time.
#include "kernels/cpu/simd/simd.h"

#include "kernels/cpu/dwconv/dwconv_f32_loop.h"

namespace adze {
namespace {

void Run(const DwconvF32Run& run) { DwconvF32<4, 2, 3, 1>(run); }

}  // namespace

extern "C" {
extern const DwconvF32Ukernel adze_dwconv_f32__avx2_w3s1;
const DwconvF32Ukernel adze_dwconv_f32__avx2_w3s1 = {Run};
}

}  // namespace adze
