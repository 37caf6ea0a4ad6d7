// SPDX-License-Identifier: Apache-2.0
// The loop nest of gemm_f32, once for all ISAs: the vector type comes from the simd header included first, the tile from the unit.
//
// All MR x NV accumulators stay in registers; the innermost step is NV loads of weights, MR broadcasts and MR * NV multiply-adds.
// Short tiles compute all MR rows (their pointers repeat) and store only what was asked for.
#pragma once

#include "kernels/contract/gemm.h"
#include "op-registry/core/packing.h"

namespace adze {
namespace {

template <size_t MR, size_t NV>
struct GemmF32Loop {
  static constexpr size_t kColumns = NV * kF32Lanes;
  static constexpr size_t kVectorsPerPanel = kPanelColumns / kF32Lanes;
  static_assert(NV % kVectorsPerPanel == 0, "a tile is whole panels wide");
  static_assert(MR <= kMaxGemmRows && kColumns <= kMaxGemmColumns, "the driver's buffers are this large");

  // Clamps and stores one tile from `sums`, [MR][kColumns].
  static ADZE_INLINE void Finish(const GemmF32Tile& t, const float* sums) {
    const F32 lo = Broadcast(t.lo);
    const F32 hi = Broadcast(t.hi);
    char* c = reinterpret_cast<char*>(t.c);
    const char* residual = reinterpret_cast<const char*>(t.residual);
    for (size_t m = 0; m < t.rows; ++m) {
      for (size_t n = 0; n < t.cols; n += kF32Lanes) {
        const size_t left = t.cols - n;
        const size_t lanes = left < kF32Lanes ? left : kF32Lanes;
        F32 y = Load(sums + n);
        if (residual != nullptr) y = Add(y, LoadN(reinterpret_cast<const float*>(residual) + n, lanes));
        StoreN(reinterpret_cast<float*>(c) + n, Clamp(y, lo, hi), lanes);
      }
      sums += kColumns;
      c += t.c_row_bytes;
      if (residual != nullptr) residual += t.residual_row_bytes;
    }
  }

  static ADZE_INLINE void Run(const GemmF32Tile& t) {
    // A tile of few columns reads its only panel twice rather than past the last one.
    const size_t panel_step = t.cols > kPanelColumns ? t.b_panel_bytes : 0;
    const size_t bias_step = t.cols > kPanelColumns ? kPanelColumns : 0;
    F32 acc[MR][NV];
    Unroll<NV>([&](auto v) ADZE_INLINE_LAMBDA {
      constexpr size_t kPanel = v / kVectorsPerPanel;
      acc[0][v] = Load(t.bias + kPanel * bias_step + v % kVectorsPerPanel * kF32Lanes);
      Unroll<MR>([&](auto m) ADZE_INLINE_LAMBDA { acc[m][v] = acc[0][v]; });
    });
    const char* b = reinterpret_cast<const char*>(t.b);
    const float* const* a = t.a;
    const size_t row_bytes = t.kc * sizeof(float);
    for (size_t s = t.ks; s != 0; --s, a += MR) {
      const char* row[MR];
      Unroll<MR>([&](auto m) ADZE_INLINE_LAMBDA { row[m] = reinterpret_cast<const char*>(a[m]); });
      for (size_t at = 0; at != row_bytes; at += sizeof(float)) {
        F32 w[NV];
        Unroll<NV>([&](auto v) ADZE_INLINE_LAMBDA {
          constexpr size_t kPanel = v / kVectorsPerPanel;
          w[v] = Load(reinterpret_cast<const float*>(b + kPanel * panel_step) + v % kVectorsPerPanel * kF32Lanes);
        });
        b += kPanelColumns * sizeof(float);
        Unroll<MR>([&](auto m) ADZE_INLINE_LAMBDA {
          const F32 x = Broadcast(*reinterpret_cast<const float*>(row[m] + at));
          Unroll<NV>([&](auto v) ADZE_INLINE_LAMBDA { acc[m][v] = Fma(x, w[v], acc[m][v]); });
        });
      }
    }
    alignas(64) float sums[MR * kColumns];
    Unroll<MR * NV>([&](auto i) ADZE_INLINE_LAMBDA { Store(sums + i * kF32Lanes, acc[i / NV][i % NV]); });
    Finish(t, sums);
  }
};

}  // namespace
}  // namespace adze
