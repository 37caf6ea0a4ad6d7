// SPDX-License-Identifier: Apache-2.0
// gemm_f32 tile, AVX2 + FMA: 12 accumulators, 2 weights and 1 broadcast in 16 registers.
#include "kernels/cpu/simd/simd.h"

#include "kernels/cpu/gemm/gemm_f32_tile.h"

namespace adze {
namespace {

void Run(const GemmF32Tile& tile) { GemmF32Loop<6, 2, true>::Run(tile); }

}  // namespace

extern "C" {
extern const GemmF32Ukernel adze_gemm_f32__avx2_6x16;
const GemmF32Ukernel adze_gemm_f32__avx2_6x16 = {Run, 6, 2 * kF32Lanes};
}

}  // namespace adze
