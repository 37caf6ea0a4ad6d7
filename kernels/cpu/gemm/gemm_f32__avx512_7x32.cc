// SPDX-License-Identifier: Apache-2.0
// gemm_f32 tile, AVX-512: 14 accumulators hide a latency of 4 at 2 a cycle; more rows would run out of pointer registers.
#include "kernels/cpu/simd/simd.h"

#include "kernels/cpu/gemm/gemm_f32_tile.h"

namespace adze {
namespace {

void Run(const GemmF32Tile& tile) { GemmF32Loop<7, 2>::Run(tile); }

}  // namespace

extern "C" {
extern const GemmF32Ukernel adze_gemm_f32__avx512_7x32;
const GemmF32Ukernel adze_gemm_f32__avx512_7x32 = {Run, 7, 2 * kF32Lanes};
}

}  // namespace adze
