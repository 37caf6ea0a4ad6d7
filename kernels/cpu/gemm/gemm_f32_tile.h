// SPDX-License-Identifier: Apache-2.0
// The loop nest of gemm_f32, once for all ISAs: the vector type comes from the simd header included first, the tile from the unit.
//
// All MR x NV accumulators stay in registers; the innermost step is NV loads of weights, MR broadcasts and MR * NV multiply-adds.
// Short tiles compute all MR rows: their pointers repeat the last row, so rows past the end repeat its results and are stored over it.
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

  // Where a block of columns lies.
  struct Block {
    const char* b;
    const float* bias;
    char* c;
    const char* residual;
    size_t cols;      // 1 .. its width
    size_t a_offset;  // of the rows behind their pointers
  };

  template <size_t V>
  using Sums = F32[MR][V];

  // bias + the sum over (s, k) for V vectors of columns.
  template <size_t V>
  static ADZE_INLINE void Sum(const GemmF32Tile& t, const Block& block, Sums<V>& acc) {
    Unroll<V>([&](auto v) ADZE_INLINE_LAMBDA {
      acc[0][v] = Load(block.bias + v * kF32Lanes);
      Unroll<MR>([&](auto m) ADZE_INLINE_LAMBDA { acc[m][v] = acc[0][v]; });
    });
    const char* b = block.b;
    const float* const* a = t.a;
    const size_t row_bytes = t.kc * sizeof(float);
    for (size_t s = t.ks; s != 0; --s, a += MR) {
      const char* row[MR];
      Unroll<MR>([&](auto m) ADZE_INLINE_LAMBDA { row[m] = reinterpret_cast<const char*>(a[m]) + block.a_offset; });
      for (size_t at = 0; at != row_bytes; at += sizeof(float)) {
        const auto weight = [&](auto v) ADZE_INLINE_LAMBDA {
          constexpr size_t kPanel = v / kVectorsPerPanel;
          return Load(reinterpret_cast<const float*>(b + kPanel * t.b_panel_bytes) + v % kVectorsPerPanel * kF32Lanes);
        };
        if constexpr (MR == 1) {
          // Each weight is read once: loaded all before, 8 of them and 8 sums would leave no register for x.
          const F32 x = Broadcast(*reinterpret_cast<const float*>(row[0] + at));
          Unroll<V>([&](auto v) ADZE_INLINE_LAMBDA { acc[0][v] = Fma(x, weight(v), acc[0][v]); });
        } else {
          F32 w[V];
          Unroll<V>([&](auto v) ADZE_INLINE_LAMBDA { w[v] = weight(v); });
          Unroll<MR>([&](auto m) ADZE_INLINE_LAMBDA {
            const F32 x = Broadcast(*reinterpret_cast<const float*>(row[m] + at));
            Unroll<V>([&](auto v) ADZE_INLINE_LAMBDA { acc[m][v] = Fma(x, w[v], acc[m][v]); });
          });
        }
        b += kPanelColumns * sizeof(float);
      }
    }
  }

  // Stores straight from the accumulators; short of a whole block only where masks are free.
  template <size_t V>
  static ADZE_INLINE void StoreBlock(const GemmF32Tile& t, const Block& block, Sums<V>& acc) {
    const auto lanes = [&](size_t v) ADZE_INLINE_LAMBDA {
      const size_t left = block.cols > v * kF32Lanes ? block.cols - v * kF32Lanes : 0;
      return left < kF32Lanes ? left : kF32Lanes;
    };
    if (block.residual != nullptr) {
      size_t row = 0;
      Unroll<MR>([&](auto m) ADZE_INLINE_LAMBDA {
        Unroll<V>([&](auto v) ADZE_INLINE_LAMBDA {
          const float* r = reinterpret_cast<const float*>(block.residual + row) + v * kF32Lanes;
          acc[m][v] = Add(acc[m][v], kMasksAreFree ? LoadN(r, lanes(v)) : Load(r));
        });
        row = m + 1 < t.rows ? row + t.residual_row_bytes : row;
      });
    }
    const F32 lo = Broadcast(t.lo);
    const F32 hi = Broadcast(t.hi);
    char* c = block.c;
    Unroll<MR>([&](auto m) ADZE_INLINE_LAMBDA {
      Unroll<V>([&](auto v) ADZE_INLINE_LAMBDA {
        const F32 y = Clamp(acc[m][v], lo, hi);
        float* to = reinterpret_cast<float*>(c) + v * kF32Lanes;
        kMasksAreFree ? StoreN(to, y, lanes(v)) : Store(to, y);
      });
      c = m + 1 < t.rows ? c + t.c_row_bytes : c;
    });
  }

  // Stores the first `cols` columns, by way of memory: one loop for every number of them.
  template <size_t V>
  static ADZE_INLINE void StoreColumns(const GemmF32Tile& t, const Block& block, Sums<V>& acc) {
    alignas(64) float sums[MR * V * kF32Lanes];
    Unroll<MR * V>([&](auto i) ADZE_INLINE_LAMBDA { Store(sums + i * kF32Lanes, acc[i / V][i % V]); });
    const F32 lo = Broadcast(t.lo);
    const F32 hi = Broadcast(t.hi);
    const float* sum = sums;
    char* c = block.c;
    const char* residual = block.residual;
    for (size_t m = 0; m < MR && m < t.rows; ++m, sum += V * kF32Lanes) {
      for (size_t n = 0; n < block.cols; n += kF32Lanes) {
        const size_t left = block.cols - n;
        const size_t lanes = left < kF32Lanes ? left : kF32Lanes;
        F32 y = Load(sum + n);
        if (residual != nullptr) y = Add(y, LoadN(reinterpret_cast<const float*>(residual) + n, lanes));
        StoreN(reinterpret_cast<float*>(c) + n, Clamp(y, lo, hi), lanes);
      }
      c += t.c_row_bytes;
      if (residual != nullptr) residual += t.residual_row_bytes;
    }
  }

  template <size_t V>
  static ADZE_INLINE void RunBlock(const GemmF32Tile& t, const Block& block) {
    Sums<V> acc;
    Sum<V>(t, block, acc);
    if (kMasksAreFree || block.cols == V * kF32Lanes) {
      StoreBlock<V>(t, block, acc);
    } else {
      StoreColumns<V>(t, block, acc);
    }
  }

  // One block of V vectors; steps behind it and returns its columns.
  template <size_t V>
  static ADZE_INLINE size_t Step(const GemmF32Tile& t, size_t left, Block* block) {
    constexpr size_t kWidth = V * kF32Lanes;
    block->cols = left < kWidth ? left : kWidth;
    RunBlock<V>(t, *block);
    block->b += V / kVectorsPerPanel * t.b_panel_bytes;
    block->bias += kWidth;
    block->c += kWidth * sizeof(float);
    if (block->residual != nullptr) block->residual += kWidth * sizeof(float);
    return block->cols;
  }

  // MR rows, or fewer, times all columns.
  static ADZE_INLINE void RunRows(const GemmF32Tile& t, Block block) {
    size_t left = t.cols;
    // Whole blocks while all of their panels exist, then panel by panel.
    while (left > kColumns - kPanelColumns) left -= Step<NV>(t, left, &block);
    if constexpr (NV > kVectorsPerPanel) {
      while (left != 0) left -= Step<kVectorsPerPanel>(t, left, &block);
    }
  }

  static ADZE_INLINE void Run(const GemmF32Tile& t) {
    Block block = {reinterpret_cast<const char*>(t.b),        t.bias, reinterpret_cast<char*>(t.c),
                   reinterpret_cast<const char*>(t.residual), 0,      0};
    for (size_t done = 0; done < t.rows; done += MR) {
      RunRows(t, block);
      block.a_offset += t.a_step_bytes;
      block.c += MR * t.c_row_bytes;
      if (block.residual != nullptr) block.residual += MR * t.residual_row_bytes;
    }
  }
};

}  // namespace
}  // namespace adze
