// SPDX-License-Identifier: Apache-2.0
// maxpool_f32 for AVX2.
#include "kernels/cpu/simd/simd.h"

#include "kernels/cpu/maxpool/maxpool_f32_loop.h"

namespace adze {
namespace {

void Run(const MaxpoolF32Run& run) { MaxpoolF32(run); }

}  // namespace

extern "C" {
extern const MaxpoolF32Ukernel adze_maxpool_f32__avx2;
const MaxpoolF32Ukernel adze_maxpool_f32__avx2 = {Run};
}

}  // namespace adze
