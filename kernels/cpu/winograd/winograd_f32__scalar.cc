// SPDX-License-Identifier: Apache-2.0
// winograd_f32 for a CPU of which nothing is known.
#include "kernels/cpu/simd/scalar.h"

#include "kernels/cpu/winograd/winograd_f32_loop.h"

namespace adze {
namespace {

void Input(const WinogradF32Input& patch) { WinogradInput(patch); }
void Output(const WinogradF32Output& tile) { WinogradOutput(tile); }

}  // namespace

extern "C" {
extern const WinogradF32Ukernel adze_winograd_f32__scalar;
const WinogradF32Ukernel adze_winograd_f32__scalar = {Input, Output};
}

}  // namespace adze
