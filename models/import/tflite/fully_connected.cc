// SPDX-License-Identifier: Apache-2.0
// TFLite FULLY_CONNECTED: float32, and int8 with one scale a tensor.
#include <algorithm>
#include <cmath>

#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

struct Affine {
  float scale;
  int32_t zero_point;
};

Affine PerTensor(const graph::Quantization& q, const char* what) {
  if (q.scale.size() > 1) throw NodeError(std::string(what) + " has a scale per channel; only one scale a tensor is supported here");
  if (q.scale.size() != 1 || q.zero_point.size() > 1) throw NodeError(std::string(what) + " is int8 but has no scale and zero point");
  const int64_t zero = q.zero_point.empty() ? 0 : q.zero_point[0];
  if (!(q.scale[0] > 0) || std::isinf(q.scale[0]) || zero < -128 || zero > 127) {
    throw ContradictionError(std::string(what) + " has the scale " + std::to_string(q.scale[0]) + " and zero point " +
                             std::to_string(zero) + ", which no int8 tensor can have");
  }
  return {q.scale[0], static_cast<int32_t>(zero)};
}

// A real bound as a quantized one; round half away from zero, as TFLite does.
int32_t Quantized(float real, const Affine& q) {
  const double steps = std::round(static_cast<double>(real / q.scale));
  return q.zero_point + static_cast<int32_t>(std::clamp(steps, -1e6, 1e6));
}

FullyConnectedParams Int8Params(const Affine& x, const Affine& w, const Affine& y, const ClampRange& real) {
  FullyConnectedParams p;
  p.rescale = RescaleMode::kF64Away;
  p.x_scale = x.scale;
  p.w_scale = w.scale;
  p.y_scale = y.scale;
  p.x_zero_point = x.zero_point;
  p.w_zero_point = w.zero_point;
  p.y_zero_point = y.zero_point;
  if (!std::isinf(real.lo)) p.q_lo = std::clamp(Quantized(real.lo, y), -128, 127);
  if (!std::isinf(real.hi)) p.q_hi = std::clamp(Quantized(real.hi, y), -128, 127);
  return p;
}

FullyConnectedParams ParamsFor(TfliteNode& node, int x, int w, const ClampRange& range) {
  if (node.TypeOf(x) == DType::kF32 && node.TypeOf(w) == DType::kF32) {
    FullyConnectedParams p;
    p.clamp = range;
    return p;
  }
  if (node.TypeOf(x) == DType::kI8 && node.TypeOf(w) == DType::kI8 && node.OutputDType() == DType::kI8) {
    return Int8Params(PerTensor(node.builder().At(x).quantization, "the input"), PerTensor(node.builder().At(w).quantization, "the filter"),
                      PerTensor(node.OutputQuantization(), "the output"), range);
  }
  throw NodeError(std::string("input ") + DTypeName(node.TypeOf(x)) + ", filter " + DTypeName(node.TypeOf(w)) + ", output " +
                  DTypeName(node.OutputDType()) + " is not supported; use float32 or int8 throughout");
}

void FullyConnected(TfliteNode& node) {
  const auto& o = node.Options<tflite::FullyConnectedOptions>();
  const ClampRange range = ActivationRange(o.activation());
  if (o.weights_format() != 0) throw NodeError("shuffled weights are not supported; convert the model with the default weights format");
  const int x = node.Input(0);
  const int w = node.ConstantWeights(1, "the filter");
  const FullyConnectedParams p = ParamsFor(node, x, w, range);
  const int bias = node.HasInput(2) ? node.ConstantInput(2, "the bias") : -1;
  const Dims dx = node.DimsOf(x), dw = node.DimsOf(w);
  if (dw.size() != 2 || dw[0] < 1 || dw[1] < 1) throw ContradictionError("a filter of shape " + DimsText(dw) + "; it must have rank 2");
  const int64_t elements = ProductOf(dx, 0, dx.size());
  int flat = x;
  if (dx.empty() || dx.back() != dw[1] || !o.keep_num_dims()) {
    if (o.keep_num_dims() || elements % dw[1] != 0) {
      throw ContradictionError("an input of shape " + DimsText(dx) + " does not fit a filter of shape " + DimsText(dw));
    }
    flat = node.Reshape(x, {elements / dw[1], dw[1]});
  }
  node.SetOutput(node.MatrixProduct(flat, w, bias, p));
}

}  // namespace

std::vector<TfliteOp> TfliteFullyConnectedOps() { return {{9, "FULLY_CONNECTED", FullyConnected}}; }

}  // namespace adze::import
