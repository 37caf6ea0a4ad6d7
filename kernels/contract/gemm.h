// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contract "gemm_f32": a few rows of an indirect matrix product.
//
//   c[m][n] = clamp(bias[n] + sum_{s < ks, k < kc} a[s * mr + m][k] * b[n / 16][s * kc + k][n % 16] + residual[m][n])
//
// The sum runs in ascending (s, k), one fused multiply-add each where the ISA has them, starting from bias. Convolution needs no im2col
// buffer: `a` holds one row pointer per kernel position and output pixel; padding points at zeros.
#pragma once

#include <cstddef>
#include <cstdint>

namespace adze {

inline constexpr int kMaxGemmRows = 8;      // no micro-kernel has a larger mr
inline constexpr int kMaxGemmColumns = 64;  // nor a larger nr

struct GemmF32Tile {
  size_t rows;            // 1 .. mr, or several times mr; the last of a range may be short
  size_t cols;            // 1 or more; the micro-kernel takes them nr at a time
  size_t ks;              // kernel positions
  size_t kc;              // adjacent floats behind each pointer
  const float* const* a;  // [ks][mr]; for short tiles entries past `rows` must still be readable (repeat the last)
  size_t a_step_bytes;    // what all pointers move by from one mr rows to the next
  const float* b;         // first panel: [ks * kc][16], 64-byte aligned
  size_t b_panel_bytes;   // from one panel of 16 columns to the next
  const void* ahead;      // weights that will be read after these: any address, for micro-kernels that fetch them meanwhile
  size_t ahead_step;      // bytes of them for each step of depth; may be 0
  const float* bias;      // [cols rounded up to 16]
  float* c;
  size_t c_row_bytes;
  const float* residual;  // null: none
  size_t residual_cols;   // 1 .. cols: the first ones have a residual
  size_t residual_row_bytes;
  float lo, hi;  // clamp, NaN passes through
};

// The object behind a UkernelRow of family gemm_f32. nr is a multiple of 16. Writes exactly rows x cols.
struct GemmF32Ukernel {
  void (*run)(const GemmF32Tile& tile);
  uint8_t mr;
  uint8_t nr;
};

// The `ahead_step` at which a call for each of `tiles` tiles fetches as many bytes of weights as it goes over.
inline size_t AheadStep(int64_t tiles) { return static_cast<size_t>((64 + tiles / 2) / tiles); }

}  // namespace adze
