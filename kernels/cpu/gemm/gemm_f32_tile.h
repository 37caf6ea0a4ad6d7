// SPDX-License-Identifier: Apache-2.0
// The loop nest of gemm_f32, once for all ISAs: the vector type comes from the simd header included first, the tile from the unit.
//
// All MR x NV accumulators stay in registers; the innermost step is NV loads of weights, MR broadcasts and MR * NV multiply-adds.
// Short tiles compute all MR rows: their pointers repeat the last row, so rows past the end repeat its results and are stored over it.
//
// kAhead: the weights of what comes next are fetched little by little all along. Else the first tile that needs them waits for what is farther
// than the second-level cache, and all others leave it idle: 1.5 tiles' time of 9 where pictures are 7 x 7.
#pragma once

#include "kernels/contract/gemm.h"
#include "op-registry/core/packing.h"

namespace adze {
namespace {

ADZE_INLINE void Load(const float* p, F32* a) { *a = Load(p); }
ADZE_INLINE void LoadN(const float* p, size_t n, F32* a) { *a = LoadN(p, n); }
ADZE_INLINE void Broadcast(float s, F32* a) { *a = Broadcast(s); }

template <size_t MR, size_t NV, bool kAhead = false>
struct GemmF32Loop {
  static constexpr size_t kColumns = NV * kF32Lanes;
  static constexpr size_t kVectorsPerPanel = kPanelColumns / kF32Lanes;
  static_assert(NV % kVectorsPerPanel == 0, "a tile is whole panels wide");
  static_assert(MR <= kMaxGemmRows && kColumns <= kMaxGemmColumns, "the driver's buffers are this large");

  // Columns of the last block where few are left: 8 instead of 16 or 32. Not worth its bytes where one row streams through the weights.
  static constexpr size_t kHalfColumns = 8;
  static constexpr size_t kHalfVectors = kHalfColumns * sizeof(float) / sizeof(F32Half);
  static constexpr bool kHalves = MR > 2;

  template <typename T>
  static constexpr size_t kLanes = sizeof(T) / sizeof(float);

  // Where a block of columns lies.
  struct Block {
    const char* b;
    const float* bias;
    char* c;
    const char* residual;
    size_t cols;           // 1 .. its width
    size_t residual_cols;  // from its first on; more than its width where the next block has some
    size_t a_offset;       // of the rows behind their pointers
    const char* ahead;
  };

  template <typename T, size_t V>
  using Sums = T[MR][V];

  // bias + the sum over (s, k) for V vectors of columns.
  template <typename T, size_t V>
  static ADZE_INLINE void Sum(const GemmF32Tile& t, Block* block, Sums<T, V>& acc) {
    Unroll<V>([&](auto v) ADZE_INLINE_LAMBDA {
      Load(block->bias + v * kLanes<T>, &acc[0][v]);
      Unroll<MR>([&](auto m) ADZE_INLINE_LAMBDA { acc[m][v] = acc[0][v]; });
    });
    const char* b = block->b;
    const float* const* a = t.a;
    const size_t row_bytes = t.kc * sizeof(float);
    for (size_t s = t.ks; s != 0; --s, a += MR) {
      const char* row[MR];
      Unroll<MR>([&](auto m) ADZE_INLINE_LAMBDA { row[m] = reinterpret_cast<const char*>(a[m]) + block->a_offset; });
      for (size_t at = 0; at != row_bytes; at += sizeof(float)) {
        const auto weight = [&](auto v) ADZE_INLINE_LAMBDA {
          constexpr size_t kPanel = v / kVectorsPerPanel;
          T w;
          Load(reinterpret_cast<const float*>(b + kPanel * t.b_panel_bytes) + v % kVectorsPerPanel * kLanes<T>, &w);
          return w;
        };
        if constexpr (MR == 1) {
          // Each weight is read once: loaded all before, 8 of them and 8 sums would leave no register for x.
          T x;
          Broadcast(*reinterpret_cast<const float*>(row[0] + at), &x);
          Unroll<V>([&](auto v) ADZE_INLINE_LAMBDA { acc[0][v] = Fma(x, weight(v), acc[0][v]); });
        } else {
          T w[V];
          Unroll<V>([&](auto v) ADZE_INLINE_LAMBDA { w[v] = weight(v); });
          Unroll<MR>([&](auto m) ADZE_INLINE_LAMBDA {
            T x;
            Broadcast(*reinterpret_cast<const float*>(row[m] + at), &x);
            Unroll<V>([&](auto v) ADZE_INLINE_LAMBDA { acc[m][v] = Fma(x, w[v], acc[m][v]); });
          });
        }
        b += kPanelColumns * sizeof(float);
        if constexpr (kAhead) __builtin_prefetch(block->ahead), block->ahead += t.ahead_step;
      }
    }
  }

  // Stores straight from the accumulators; short of a whole block only where masks are free.
  template <typename T, size_t V>
  static ADZE_INLINE void StoreBlock(const GemmF32Tile& t, const Block& block, Sums<T, V>& acc) {
    const auto lanes = [&](size_t cols, size_t v) ADZE_INLINE_LAMBDA {
      const size_t left = cols > v * kLanes<T> ? cols - v * kLanes<T> : 0;
      return left < kLanes<T> ? left : kLanes<T>;
    };
    if (block.residual != nullptr) {
      size_t row = 0;
      Unroll<MR>([&](auto m) ADZE_INLINE_LAMBDA {
        Unroll<V>([&](auto v) ADZE_INLINE_LAMBDA {
          const float* r = reinterpret_cast<const float*>(block.residual + row) + v * kLanes<T>;
          T add;
          kMasksAreFree ? LoadN(r, lanes(block.residual_cols, v), &add) : Load(r, &add);
          acc[m][v] = Add(acc[m][v], add);
        });
        row = m + 1 < t.rows ? row + t.residual_row_bytes : row;
      });
    }
    T lo, hi;
    Broadcast(t.lo, &lo);
    Broadcast(t.hi, &hi);
    char* c = block.c;
    Unroll<MR>([&](auto m) ADZE_INLINE_LAMBDA {
      Unroll<V>([&](auto v) ADZE_INLINE_LAMBDA {
        const T y = Clamp(acc[m][v], lo, hi);
        float* to = reinterpret_cast<float*>(c) + v * kLanes<T>;
        kMasksAreFree ? StoreN(to, y, lanes(block.cols, v)) : Store(to, y);
      });
      c = m + 1 < t.rows ? c + t.c_row_bytes : c;
    });
  }

  // Stores the first `cols` columns, by way of memory: one loop for every number of them.
  template <typename T, size_t V>
  static ADZE_INLINE void StoreColumns(const GemmF32Tile& t, const Block& block, Sums<T, V>& acc) {
    alignas(64) float sums[MR * V * kLanes<T>];
    Unroll<MR * V>([&](auto i) ADZE_INLINE_LAMBDA { Store(sums + i * kLanes<T>, acc[i / V][i % V]); });
    T lo, hi;
    Broadcast(t.lo, &lo);
    Broadcast(t.hi, &hi);
    const float* sum = sums;
    char* c = block.c;
    const char* residual = block.residual;
    for (size_t m = 0; m < MR && m < t.rows; ++m, sum += V * kLanes<T>) {
      for (size_t n = 0; n < block.cols; n += kLanes<T>) {
        const size_t left = block.cols - n;
        const size_t lanes = left < kLanes<T> ? left : kLanes<T>;
        T y;
        Load(sum + n, &y);
        if (residual != nullptr && n < block.residual_cols) {
          const size_t residual_left = block.residual_cols - n;
          T add;
          LoadN(reinterpret_cast<const float*>(residual) + n, residual_left < lanes ? residual_left : lanes, &add);
          y = Add(y, add);
        }
        StoreN(reinterpret_cast<float*>(c) + n, Clamp(y, lo, hi), lanes);
      }
      c += t.c_row_bytes;
      if (residual != nullptr) residual += t.residual_row_bytes;
    }
  }

  template <typename T, size_t V>
  static ADZE_INLINE void RunBlock(const GemmF32Tile& t, Block* block) {
    Sums<T, V> acc;
    Sum<T, V>(t, block, acc);
    constexpr size_t kWidth = V * kLanes<T>;
    if (kMasksAreFree || (block->cols == kWidth && (block->residual == nullptr || block->residual_cols >= kWidth))) {
      StoreBlock<T, V>(t, *block, acc);
    } else {
      StoreColumns<T, V>(t, *block, acc);
    }
  }

  // One block of V vectors; steps behind it and returns its columns.
  template <typename T, size_t V>
  static ADZE_INLINE size_t Step(const GemmF32Tile& t, size_t left, Block* block) {
    constexpr size_t kWidth = V * kLanes<T>;
    block->cols = left < kWidth ? left : kWidth;
    RunBlock<T, V>(t, block);
    block->b += V / kVectorsPerPanel * t.b_panel_bytes;
    block->bias += kWidth;
    block->c += kWidth * sizeof(float);
    if (block->residual_cols <= kWidth) block->residual = nullptr;
    if (block->residual != nullptr) block->residual += kWidth * sizeof(float), block->residual_cols -= kWidth;
    return block->cols;
  }

  // MR rows, or fewer, times all columns.
  static ADZE_INLINE const char* RunRows(const GemmF32Tile& t, Block block) {
    size_t left = t.cols;
    // Whole blocks while all of their panels exist and more than half of the last one counts, then panel by panel.
    while (left > kColumns - (kHalves ? kHalfColumns : kPanelColumns)) left -= Step<F32, NV>(t, left, &block);
    if constexpr (NV > kVectorsPerPanel) {
      while (left > (kHalves ? kHalfColumns : 0)) left -= Step<F32, kVectorsPerPanel>(t, left, &block);
    }
    if constexpr (kHalves) {
      if (left != 0) Step<F32Half, kHalfVectors>(t, left, &block);
    }
    return block.ahead;
  }

  static ADZE_INLINE void Run(const GemmF32Tile& t) {
    Block block = {reinterpret_cast<const char*>(t.b),
                   t.bias,
                   reinterpret_cast<char*>(t.c),
                   reinterpret_cast<const char*>(t.residual),
                   0,
                   t.residual_cols,
                   0,
                   static_cast<const char*>(t.ahead)};
    for (size_t done = 0; done < t.rows; done += MR) {
      block.ahead = RunRows(t, block);
      block.a_offset += t.a_step_bytes;
      block.c += MR * t.c_row_bytes;
      if (block.residual != nullptr) block.residual += MR * t.residual_row_bytes;
    }
  }
};

}  // namespace
}  // namespace adze
