// SPDX-License-Identifier: Apache-2.0
// dwconv_f32 for AVX-512: kernels of any size.
#include "kernels/cpu/simd/simd.h"

#include "kernels/cpu/dwconv/dwconv_f32_loop.h"

namespace adze {
namespace {

void Run(const DwconvF32Run& run) { DwconvF32<1, 1, 0, 0>(run); }

}  // namespace

extern "C" {
extern const DwconvF32Ukernel adze_dwconv_f32__avx512;
const DwconvF32Ukernel adze_dwconv_f32__avx512 = {Run};
}

}  // namespace adze
