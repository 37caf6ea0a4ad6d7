// SPDX-License-Identifier: Apache-2.0
// maxpool_f32 for AArch64 Advanced SIMD.
#include "kernels/cpu/simd/simd.h"

#include "kernels/cpu/maxpool/maxpool_f32_loop.h"

namespace adze {
namespace {

void Run(const MaxpoolF32Run& run) { MaxpoolF32(run); }

}  // namespace

extern "C" {
extern const MaxpoolF32Ukernel adze_maxpool_f32__neon;
const MaxpoolF32Ukernel adze_maxpool_f32__neon = {Run};
}

}  // namespace adze
