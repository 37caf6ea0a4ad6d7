// SPDX-License-Identifier: Apache-2.0
// lstm over gemm_f32: the inputs of all steps are multiplied at once, then each step adds its recurrent product and runs the cell. The
// hidden state is y itself.
#include "kernels/contract/lstm.h"
#include "kernels/cpu/recurrent/step_product.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/lstm.h"

namespace adze {
namespace {

struct Layer : Product {
  int64_t steps, batch, hidden;
  float* projected;  // [steps][batch][gates]
  float* step;       // [batch][gates]
  float* cell;       // [batch][hidden]
};

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
  Layer l;
  l.args = &args;
  l.gemm = static_cast<const GemmF32Ukernel*>(args.ukernels[0]);
  l.steps = x.dim(0);
  l.batch = x.dim(1);
  l.hidden = p.hidden;
  l.gates = int64_t{4} * p.hidden;
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
