// SPDX-License-Identifier: Apache-2.0
// gemm_f32 tile, AArch64: 20 accumulators, 4 weights and 5 broadcasts in 32 registers.
#include "kernels/cpu/simd/simd.h"

#include "kernels/cpu/gemm/gemm_f32_tile.h"

namespace adze {
namespace {

void Run(const GemmF32Tile& tile) { GemmF32Loop<5, 4>::Run(tile); }

}  // namespace

extern "C" {
extern const GemmF32Ukernel adze_gemm_f32__neon_5x16;
const GemmF32Ukernel adze_gemm_f32__neon_5x16 = {Run, 5, 4 * kF32Lanes};
}

}  // namespace adze
