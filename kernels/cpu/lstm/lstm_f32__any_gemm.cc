// SPDX-License-Identifier: Apache-2.0
// lstm over gemm_f32: the inputs of all steps are multiplied at once, then each step adds its recurrent product and runs the cell. The
// hidden state is y itself.
#include "kernels/contract/gemm.h"
#include "kernels/contract/kernel.h"
#include "kernels/contract/lstm.h"
#include "kernels/contract/split.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/lstm.h"

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

struct Layer {
  const KernelArgs* args;
  const GemmF32Ukernel* gemm;
  int64_t steps, batch, hidden, gates;  // gates: 4 * hidden
  float* projected;                     // [steps][batch][gates]
  float* step;                          // [batch][gates]
  float* cell;                          // [batch][hidden]
};

// c[r] = rows[r] * panels + bias (+ add[r]), columns [n0, n1): n0 a multiple of nr.
void MultiplyBlock(const Layer& l, const Rows& rows, int64_t k, const Tensor& panels, const float* bias, const float* add, float* c,
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
  t.b = reinterpret_cast<const float*>(panels.data + static_cast<size_t>(n0 / kPanelColumns) * t.b_panel_bytes);
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
void Multiply(const Layer& l, const Rows& rows, int64_t k, const Tensor& panels, const float* bias, const float* add, float* c) {
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

void StartCell(const Layer& l) {
  for (int64_t b = 0; b < l.batch; ++b) {
    for (int64_t i = 0; i < l.hidden; ++i) {
      const Tensor* c0 = l.args->n_in > 5 ? l.args->in[5] : nullptr;
      l.cell[b * l.hidden + i] = c0 == nullptr ? 0.0f : *reinterpret_cast<const float*>(c0->data + b * c0->strides[0] + i * c0->strides[1]);
    }
  }
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<LstmParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  Layer l = {
      &args,  static_cast<const GemmF32Ukernel*>(args.ukernels[0]), x.dim(0), x.dim(1), p.hidden, int64_t{4} * p.hidden, nullptr, nullptr,
      nullptr};
  const auto& cell = *static_cast<const LstmCellF32Ukernel*>(args.ukernels[1]);
  if (l.steps == 0 || l.batch == 0) return;
  l.projected = reinterpret_cast<float*>(args.scratch);
  l.step = l.projected + l.steps * l.batch * l.gates;
  l.cell = l.step + l.batch * l.gates;
  StartCell(l);
  Multiply(l, {x.data, l.steps * l.batch, l.batch, x.strides[0], x.strides[1]}, x.dim(2), *args.in[1], args.in[3]->as<const float>(),
           nullptr, l.projected);
  Rows before = {nullptr, l.batch, l.batch, 0, 0};  // the hidden state that a step starts from
  if (args.n_in > 4) before = {args.in[4]->data, l.batch, l.batch, 0, args.in[4]->strides[0]};
  for (int64_t s = 0; s < l.steps; ++s) {
    const int64_t t = p.reverse != 0 ? l.steps - 1 - s : s;
    const float* gates = l.projected + t * l.batch * l.gates;
    if (before.data != nullptr) {
      Multiply(l, before, l.hidden, *args.in[2], nullptr, gates, l.step);
      gates = l.step;
    }
    uint8_t* const now = y.data + t * y.strides[0];
    for (int64_t b = 0; b < l.batch; ++b) {
      cell.run(
          {static_cast<size_t>(l.hidden), gates + b * l.gates, l.cell + b * l.hidden, reinterpret_cast<float*>(now + b * y.strides[1])});
    }
    before = {now, l.batch, l.batch, 0, y.strides[1]};
  }
}

}  // namespace

extern "C" {
extern const Kernel adze_lstm_f32__any_gemm;
const Kernel adze_lstm_f32__any_gemm = {Run};
}

}  // namespace adze
