// SPDX-License-Identifier: Apache-2.0
// winograd_f32 for AVX2.
#include "kernels/cpu/simd/simd.h"

#include "kernels/cpu/winograd/winograd_f32_loop.h"

namespace adze {
namespace {

void Input(const WinogradF32Input& patch) { WinogradInput(patch); }
void Output(const WinogradF32Output& tile) { WinogradOutput(tile); }

}  // namespace

extern "C" {
extern const WinogradF32Ukernel adze_winograd_f32__avx2;
const WinogradF32Ukernel adze_winograd_f32__avx2 = {Input, Output};
}

}  // namespace adze
