// SPDX-License-Identifier: Apache-2.0
// float32 fully_connected over gemm_f32: tiles of rows times blocks of columns.
#include "kernels/contract/gemm.h"
#include "kernels/contract/kernel.h"
#include "kernels/contract/split.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/fully_connected.h"

namespace adze {
namespace {

// Rows [first, first + mr) that exist, times the columns [n0, n1), n0 a multiple of nr.
void RunRows(const KernelArgs& args, const FullyConnectedParams& p, int64_t tiles, int64_t first, int64_t n0, int64_t n1) {
  const auto& gemm = *static_cast<const GemmF32Ukernel*>(args.ukernels[0]);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  const float* a[kMaxGemmRows];
  const int64_t left = x.dim(0) - first;
  const int64_t rows = left < gemm.mr ? left : gemm.mr;
  for (int64_t m = 0; m < gemm.mr; ++m) {
    a[m] = reinterpret_cast<const float*>(x.data + (first + (m < rows ? m : rows - 1)) * x.strides[0]);
  }
  GemmF32Tile t;
  t.rows = static_cast<size_t>(rows);
  t.ks = 1;
  t.kc = static_cast<size_t>(x.dim(1));
  t.a = a;
  t.a_step_bytes = 0;
  t.b_panel_bytes = t.kc * kPanelColumns * sizeof(float);
  t.c_row_bytes = static_cast<size_t>(y.strides[0]);
  t.residual = nullptr;
  t.residual_cols = 0;
  t.residual_row_bytes = 0;
  t.lo = p.clamp.lo;
  t.hi = p.clamp.hi;
  for (int64_t n = n0; n < n1; n += gemm.nr) {
    t.cols = static_cast<size_t>(n1 - n < gemm.nr ? n1 - n : gemm.nr);
    t.b = reinterpret_cast<const float*>(args.in[1]->data + static_cast<size_t>(n / kPanelColumns) * t.b_panel_bytes);
    // The next block, as many parts as there are tiles.
    t.ahead = t.b + (static_cast<size_t>(gemm.nr) * t.kc +
                     static_cast<size_t>(gemm.nr) * t.kc * static_cast<size_t>(first) / static_cast<size_t>(x.dim(0)));
    t.ahead_step = AheadStep(tiles);
    t.bias = args.in[2]->as<const float>() + n;
    t.c = reinterpret_cast<float*>(y.data + first * y.strides[0]) + n;
    gemm.run(t);
  }
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<FullyConnectedParams>(args.params);
  const auto& gemm = *static_cast<const GemmF32Ukernel*>(args.ukernels[0]);
  const int64_t rows = args.in[0]->dim(0);
  const int64_t columns = p.channels_out;
  const int64_t tiles = (rows + gemm.mr - 1) / gemm.mr;
  // Blocks outermost: the weights are the larger operand and pass through the cache once.
  const auto blocks = static_cast<size_t>((columns + gemm.nr - 1) / gemm.nr);
  ParallelFor(args, blocks, GrainOf(rows * gemm.nr * args.in[0]->dim(1)), [&](size_t begin, size_t end) {
    for (size_t b = begin; b < end; ++b) {
      const int64_t n0 = static_cast<int64_t>(b) * gemm.nr;
      const int64_t n1 = n0 + gemm.nr < columns ? n0 + gemm.nr : columns;
      for (int64_t m = 0; m < rows; m += gemm.mr) RunRows(args, p, tiles, m, n0, n1);
    }
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_fully_connected_f32__any_gemm;
const Kernel adze_fully_connected_f32__any_gemm = {Run};
}

}  // namespace adze
