// SPDX-License-Identifier: Apache-2.0
// The matrix products of recurrent layers: rows of x or of the hidden state times packed weights.
#pragma once

#include "kernels/contract/gemm.h"
#include "kernels/contract/kernel.h"
#include "kernels/contract/split.h"
#include "op-registry/core/packing.h"

namespace adze {
namespace {

// Rows of a left operand or of the gates: row r of `per_block` a block.
struct Rows {
  const uint8_t* data;
  int64_t count, per_block;
  int64_t block_bytes, row_bytes;

  const float* At(int64_t r) const {
    return reinterpret_cast<const float*>(data + r / per_block * block_bytes + r % per_block * row_bytes);
  }
};

struct Product {
  const KernelArgs* args;
  const GemmF32Ukernel* gemm;
  int64_t gates;  // columns, and elements from one row of c and add to the next
};

// c[r] = rows[r] * panels + bias (+ add[r]), columns [n0, n1): n0 a multiple of nr.
void MultiplyBlock(const Product& l, const Rows& rows, int64_t k, const Tensor& panels, const float* bias, const float* add, float* c,
                   int64_t n0, int64_t n1) {
  const float* a[kMaxGemmRows];
  GemmF32Tile t = {};
  t.ks = 1;
  t.kc = static_cast<size_t>(k);
  t.a = a;
  t.b_panel_bytes = t.kc * kPanelColumns * sizeof(float);
  t.c_row_bytes = static_cast<size_t>(l.gates) * sizeof(float);
  t.residual_row_bytes = t.c_row_bytes;
  t.lo = -__builtin_inff();
  t.hi = __builtin_inff();
  t.cols = static_cast<size_t>(n1 - n0);
  t.residual_cols = t.cols;
  t.b = panels.as<const float>() + n0 * k;
  t.ahead = t.b;
  t.bias = bias;
  for (int64_t first = 0; first < rows.count; first += l.gemm->mr) {
    const int64_t left = rows.count - first;
    const int64_t count = left < l.gemm->mr ? left : l.gemm->mr;
    for (int64_t m = 0; m < l.gemm->mr; ++m) a[m] = rows.At(first + (m < count ? m : count - 1));
    t.rows = static_cast<size_t>(count);
    t.c = c + first * l.gates + n0;
    t.residual = add == nullptr ? nullptr : add + first * l.gates + n0;
    l.gemm->run(t);
  }
}

// What other threads have computed, the steps fetch from their caches: two threads took 0.126 ms for 32 steps of 128 where one took 0.118
// (Zen 4). So only several times the usual work is split.
constexpr size_t kFetched = 8;

// bias: null where there is none.
void Multiply(const Product& l, const Rows& rows, int64_t k, const Tensor& panels, const float* bias, const float* add, float* c) {
  const int64_t nr = l.gemm->nr;
  const auto blocks = static_cast<size_t>((l.gates + nr - 1) / nr);
  ParallelFor(*l.args, blocks, kFetched * GrainOf(rows.count * nr * k), [&](size_t begin, size_t end) {
    const float zeros[kMaxGemmColumns] = {};
    for (; begin < end; ++begin) {
      const int64_t n0 = static_cast<int64_t>(begin) * nr;
      const int64_t n1 = n0 + nr < l.gates ? n0 + nr : l.gates;
      MultiplyBlock(l, rows, k, panels, bias == nullptr ? zeros : bias + n0, add, c, n0, n1);
    }
  });
}

}  // namespace
}  // namespace adze
