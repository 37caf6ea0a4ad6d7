// SPDX-License-Identifier: Apache-2.0
// TFLite TRANSPOSE_CONV, and MediaPipe's custom op Convolution2DTransposeBias.
#include "models/import/tflite/conv_transpose.h"

#include <algorithm>
#include <cstring>

namespace adze::import {
namespace {

void CheckShapes(const TfliteNode& node, int x, int weights) {
  const Dims dx = node.DimsOf(x), dw = node.DimsOf(weights);
  if (node.TypeOf(weights) != DType::kF32)
    throw NodeError(std::string("its filter has dtype ") + DTypeName(node.TypeOf(weights)) + "; only float32 convolutions are supported");
  if (dx.size() != 4 || dw.size() != 4 || dw[3] != dx[3])
    throw ContradictionError("a filter of shape " + DimsText(dw) + " does not fit an input of shape " + DimsText(dx));
}

int Transposed(TfliteNode& node, int x, int weights, int bias, tflite::Padding padding, const Dims& out, int64_t stride_h, int64_t stride_w,
               const ClampRange& clamp) {
  const Dims dx = node.DimsOf(x), dw = node.DimsOf(weights);
  Windows w = {{dx[1], dw[1], stride_h}, {dx[2], dw[2], stride_w}};
  PlaceTransposed(padding, out, &w);
  return ConvolveTransposed(node, x, weights, bias, w, out, 1, clamp);
}

void TransposeConv(TfliteNode& node) {
  const auto& o = node.Options<tflite::TransposeConvOptions>();
  const ClampRange clamp = ActivationRange(o.activation());
  const int x = node.FloatInput(2), weights = FloatConstantOf(node, node.ConstantInput(1, "the filter"));
  CheckShapes(node, x, weights);
  const std::vector<int64_t> shape = node.IntsInput(0, "the output's shape");
  if (shape.size() != 4 || shape[0] != node.DimsOf(x)[0] || shape[3] != node.DimsOf(weights)[0])
    throw ContradictionError("the output's shape " + DimsText(shape) + " does not fit input and filter");
  const int bias = node.HasInput(3) ? node.ConstantInput(3, "the bias") : -1;
  node.SetOutput(Transposed(node, x, weights, bias, o.padding(), {shape[1], shape[2]}, o.stride_h(), o.stride_w(), clamp));
}

}  // namespace

// As TFLite does it: the padding is that of the convolution from the output back to the input.
void PlaceTransposed(tflite::Padding padding, const Dims& out, Windows* w) {
  for (size_t i = 0; i < w->size(); ++i) {
    WindowDim& d = (*w)[i];
    WindowDim back = {out[i], d.kernel, d.stride, d.dilation, 0, 0};
    PlaceWindows(padding, &back, 1);
    if (PositionsOf(back) != d.size)
      throw ContradictionError("an output of " + std::to_string(out[i]) + " elements does not come of an input of " +
                               std::to_string(d.size));
    d.pad_before = back.pad_before;
  }
}

void Convolution2DTransposeBias(TfliteNode& node) {
  struct {
    int32_t padding, stride_w, stride_h;
  } o;
  const Bytes stored = node.CustomOptions();
  if (stored.size() < sizeof(o)) throw DamageError("its options have " + std::to_string(stored.size()) + " bytes; 12 are due");
  std::memcpy(&o, stored.data(), sizeof(o));
  if (o.padding != 1 && o.padding != 2) throw NodeError("its padding is " + std::to_string(o.padding) + "; use 1 (SAME) or 2 (VALID)");
  const int x = node.FloatInput(0), weights = FloatConstantOf(node, node.ConstantInput(1, "the filter"));
  CheckShapes(node, x, weights);
  const Dims dx = node.DimsOf(x), dw = node.DimsOf(weights);
  const tflite::Padding padding = o.padding == 1 ? tflite::Padding_SAME : tflite::Padding_VALID;
  Dims out;
  for (size_t i = 0; i < 2; ++i) {
    const int64_t stride = i == 0 ? o.stride_h : o.stride_w;
    if (dx[1 + i] < 1 || stride < 1 || stride > kMaxWindowValue) throw NodeError("its stride or input size is impossible");
    out.push_back(o.padding == 1 ? dx[1 + i] * stride : (dx[1 + i] - 1) * stride + dw[1 + i]);
  }
  const int bias = node.HasInput(2) ? node.ConstantInput(2, "the bias") : -1;
  node.SetOutput(Transposed(node, x, weights, bias, padding, out, o.stride_h, o.stride_w, {}));
}

std::vector<TfliteOp> TfliteConvTransposeOps() { return {{67, "TRANSPOSE_CONV", TransposeConv}}; }

}  // namespace adze::import
