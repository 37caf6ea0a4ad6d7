// SPDX-License-Identifier: Apache-2.0
// gemm_f32 of one row, AVX2 + FMA: 8 accumulators; the weights stream through once, four panels side by side.
#include "kernels/cpu/simd/simd.h"

#include "kernels/cpu/gemm/gemm_f32_tile.h"

namespace adze {
namespace {

void Run(const GemmF32Tile& tile) { GemmF32Loop<1, 8>::Run(tile); }

}  // namespace

extern "C" {
extern const GemmF32Ukernel adze_gemm_f32__avx2_1x64;
const GemmF32Ukernel adze_gemm_f32__avx2_1x64 = {Run, 1, 8 * kF32Lanes};
}

}  // namespace adze
