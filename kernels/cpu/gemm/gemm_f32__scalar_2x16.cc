// SPDX-License-Identifier: Apache-2.0
// gemm_f32 tile, for every CPU: 8 accumulators of 4 lanes, 4 weights and 2 broadcasts in 16 registers.
#include "kernels/cpu/simd/scalar.h"

#include "kernels/cpu/gemm/gemm_f32_tile.h"

namespace adze {
namespace {

void Run(const GemmF32Tile& tile) { GemmF32Loop<2, 4>::Run(tile); }

}  // namespace

extern "C" {
extern const GemmF32Ukernel adze_gemm_f32__scalar_2x16;
const GemmF32Ukernel adze_gemm_f32__scalar_2x16 = {Run, 2, 4 * kF32Lanes};
}

}  // namespace adze
