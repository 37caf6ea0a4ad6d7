// SPDX-License-Identifier: Apache-2.0
// matmul over gemm_f32: all right operands are packed into panels in scratch, then every tile of rows of every product runs on its own.
#include "kernels/contract/gemm.h"
#include "kernels/contract/kernel.h"
#include "kernels/contract/pack.h"
#include "kernels/contract/split.h"
#include "op-registry/core/op.h"
#include "op-registry/core/packing.h"
#include "op-registry/ops/matmul.h"

namespace adze {
namespace {

// The operands with the batch dims of y, [batch..., rows, columns]; a repeated batch dim has a stride of 0.
struct Product {
  Tensor a, b, y;
  int rank;
  int64_t batch, m, n, k, panels;
  uint8_t* packed;
  const GemmF32Ukernel* gemm;
  const PackF32Ukernel* pack;

  int64_t panel_bytes() const { return k * kPanelColumns * static_cast<int64_t>(sizeof(float)); }
  uint8_t* PanelAt(int64_t product, int64_t panel) const { return packed + (product * panels + panel) * panel_bytes(); }
};

// The first element of the i-th matrix of t.
uint8_t* MatrixAt(const Product& p, const Tensor& t, int64_t i) {
  uint8_t* at = t.data;
  for (int d = p.rank - 3; d >= 0; --d) {
    at += i % p.y.shape.dims[d] * t.strides[d];
    i /= p.y.shape.dims[d];
  }
  return at;
}

void Repeat(Tensor* t, const Shape& y, int batch_dims) {
  for (int d = 0; d < batch_dims; ++d) {
    if (t->shape.dims[d] != y.dims[d]) t->strides[d] = 0;
  }
}

Product ProductOf(const KernelArgs& args) {
  Product p = {*args.in[0], *args.in[1], *args.out[0], args.in[0]->shape.rank, 1, 0, 0, 0, 0, args.scratch, nullptr, nullptr};
  p.gemm = static_cast<const GemmF32Ukernel*>(args.ukernels[0]);
  p.pack = static_cast<const PackF32Ukernel*>(args.ukernels[1]);
  const int last = p.rank - 1;
  if (ParamsOf<MatMulParams>(args.params).heads_inside != 0) {
    const int32_t dim = p.y.shape.dims[last - 2];
    const int64_t stride = p.y.strides[last - 2];
    p.y.shape.dims[last - 2] = p.y.shape.dims[last - 1];
    p.y.strides[last - 2] = p.y.strides[last - 1];
    p.y.shape.dims[last - 1] = dim;
    p.y.strides[last - 1] = stride;
  }
  Repeat(&p.a, p.y.shape, last - 1);
  Repeat(&p.b, p.y.shape, last - 1);
  for (int d = 0; d < last - 1; ++d) p.batch *= p.y.shape.dims[d];
  p.m = p.y.shape.dims[last - 1];
  p.n = p.y.shape.dims[last];
  p.k = p.a.shape.dims[last];
  p.panels = (p.n + kPanelColumns - 1) / kPanelColumns;
  return p;
}

void PackPanel(const Product& p, int64_t item) {
  const int64_t product = item / p.panels, panel = item % p.panels;
  const int64_t k_stride = p.b.strides[p.rank - 2], n_stride = p.b.strides[p.rank - 1];
  const int64_t left = p.n - panel * kPanelColumns;
  p.pack->run({static_cast<size_t>(p.k), static_cast<size_t>(left < kPanelColumns ? left : kPanelColumns),
               MatrixAt(p, p.b, product) + panel * kPanelColumns * n_stride, k_stride, n_stride,
               reinterpret_cast<float*>(p.PanelAt(product, panel))});
}

// One tile of rows times all columns.
void RunRows(const Product& p, int64_t product, int64_t first) {
  const float zeros[kMaxGemmColumns] = {};
  const float* rows[kMaxGemmRows];
  const int64_t left = p.m - first;
  const int64_t count = left < p.gemm->mr ? left : p.gemm->mr;
  const int64_t a_stride = p.a.strides[p.rank - 2], y_stride = p.y.strides[p.rank - 2];
  const uint8_t* a = MatrixAt(p, p.a, product) + first * a_stride;
  for (int64_t m = 0; m < p.gemm->mr; ++m) rows[m] = reinterpret_cast<const float*>(a + (m < count ? m : count - 1) * a_stride);
  uint8_t* const y = MatrixAt(p, p.y, product) + first * y_stride;
  GemmF32Tile t = {};
  t.rows = static_cast<size_t>(count);
  t.ks = 1;
  t.kc = static_cast<size_t>(p.k);
  t.a = rows;
  t.b_panel_bytes = static_cast<size_t>(p.panel_bytes());
  t.bias = zeros;
  t.c_row_bytes = static_cast<size_t>(y_stride);
  t.lo = -__builtin_inff();
  t.hi = __builtin_inff();
  for (int64_t n = 0; n < p.n; n += p.gemm->nr) {
    t.cols = static_cast<size_t>(p.n - n < p.gemm->nr ? p.n - n : p.gemm->nr);
    t.b = reinterpret_cast<const float*>(p.PanelAt(product, n / kPanelColumns));
    t.ahead = t.b;
    t.c = reinterpret_cast<float*>(y) + n;
    p.gemm->run(t);
  }
}

void Run(const KernelArgs& args) {
  const Product p = ProductOf(args);
  ParallelFor(args, static_cast<size_t>(p.batch * p.panels), GrainOf(p.k * kPanelColumns), [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) PackPanel(p, static_cast<int64_t>(begin));
  });
  const int64_t tiles = (p.m + p.gemm->mr - 1) / p.gemm->mr;
  ParallelFor(args, static_cast<size_t>(p.batch * tiles), GrainOf(p.gemm->mr * p.n * p.k), [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) {
      const auto item = static_cast<int64_t>(begin);
      RunRows(p, item / tiles, item % tiles * p.gemm->mr);
    }
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_matmul_f32__any_gemm;
const Kernel adze_matmul_f32__any_gemm = {Run};
}

}  // namespace adze
