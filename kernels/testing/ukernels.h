// SPDX-License-Identifier: Apache-2.0
// The micro-kernels of the convolution and matrix families that exist on the architecture this test is compiled for.
#pragma once

#include "kernels/contract/dot.h"
#include "kernels/contract/dwconv.h"
#include "kernels/contract/gemm.h"
#include "kernels/testing/parity.h"

namespace adze {

extern "C" {
extern const GemmF32Ukernel adze_gemm_f32__scalar_2x16;
extern const DwconvF32Ukernel adze_dwconv_f32__scalar;
extern const DotQs8Ukernel adze_dot_qs8__scalar;
#if defined(__x86_64__)
extern const GemmF32Ukernel adze_gemm_f32__avx2_6x16, adze_gemm_f32__avx512_7x32;
extern const DwconvF32Ukernel adze_dwconv_f32__avx2, adze_dwconv_f32__avx512;
extern const DotQs8Ukernel adze_dot_qs8__avx2;
#elif defined(__aarch64__)
extern const GemmF32Ukernel adze_gemm_f32__neon_5x16;
extern const DwconvF32Ukernel adze_dwconv_f32__neon;
extern const DotQs8Ukernel adze_dot_qs8__neon;
#endif
}

namespace parity {

inline std::vector<Variant<GemmF32Ukernel>> GemmVariants() {
  return Runnable<GemmF32Ukernel>({
    {"gemm_f32__scalar_2x16", Level::kScalar, &adze_gemm_f32__scalar_2x16},
#if defined(__x86_64__)
        {"gemm_f32__avx2_6x16", Level::kAvx2, &adze_gemm_f32__avx2_6x16},
        {"gemm_f32__avx512_7x32", Level::kAvx512, &adze_gemm_f32__avx512_7x32},
#elif defined(__aarch64__)
        {"gemm_f32__neon_5x16", Level::kNeon, &adze_gemm_f32__neon_5x16},
#endif
  });
}

inline std::vector<Variant<DwconvF32Ukernel>> DwconvVariants() {
  return Runnable<DwconvF32Ukernel>({
    {"dwconv_f32__scalar", Level::kScalar, &adze_dwconv_f32__scalar},
#if defined(__x86_64__)
        {"dwconv_f32__avx2", Level::kAvx2, &adze_dwconv_f32__avx2}, {"dwconv_f32__avx512", Level::kAvx512, &adze_dwconv_f32__avx512},
#elif defined(__aarch64__)
        {"dwconv_f32__neon", Level::kNeon, &adze_dwconv_f32__neon},
#endif
  });
}

inline std::vector<Variant<DotQs8Ukernel>> DotVariants() {
  return Runnable<DotQs8Ukernel>({
    {"dot_qs8__scalar", Level::kScalar, &adze_dot_qs8__scalar},
#if defined(__x86_64__)
        {"dot_qs8__avx2", Level::kAvx2, &adze_dot_qs8__avx2},
#elif defined(__aarch64__)
        {"dot_qs8__neon", Level::kNeon, &adze_dot_qs8__neon},
#endif
  });
}

}  // namespace parity
}  // namespace adze
