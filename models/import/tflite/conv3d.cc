// SPDX-License-Identifier: Apache-2.0
// TFLite CONV_3D and CONV_3D_TRANSPOSE.
#include "models/import/tflite/conv_transpose.h"

namespace adze::import {
namespace {

Windows WindowsOf(const tflite::Conv3DOptions& o, const Dims& x, const Dims& filter) {
  return {{x[1], filter[0], o.stride_d(), o.dilation_d()},
          {x[2], filter[1], o.stride_h(), o.dilation_h()},
          {x[3], filter[2], o.stride_w(), o.dilation_w()}};
}

// `in`: which dim of the filter holds the channels that the input has.
void CheckShapes(const TfliteNode& node, int x, int filter, size_t in) {
  const Dims dx = node.DimsOf(x), df = node.DimsOf(filter);
  if (dx.size() != 5 || df.size() != 5 || df[in] < 1 || dx[4] % df[in] != 0 || df[7 - in] < 1)
    throw ContradictionError("a filter of shape " + DimsText(df) + " does not fit an input of shape " + DimsText(dx));
}

void Conv3d(TfliteNode& node) {
  const auto& o = node.Options<tflite::Conv3DOptions>();
  const ClampRange clamp = ActivationRange(o.activation());
  const int x = node.FloatInput(0), filter = FloatConstantOf(node, node.ConstantInput(1, "the filter"));
  CheckShapes(node, x, filter, 3);
  Windows w = WindowsOf(o, node.DimsOf(x), node.DimsOf(filter));
  PlaceWindows(o.padding(), w.data(), 3);
  const int bias = node.HasInput(2) ? node.ConstantInput(2, "the bias") : -1;
  const int64_t groups = node.DimsOf(x)[4] / node.DimsOf(filter)[3];
  node.SetOutput(Convolve(node, x, node.Transpose(filter, {4, 0, 1, 2, 3}), bias, w, groups, clamp));
}

void Conv3dTranspose(TfliteNode& node) {
  const auto& o = node.Options<tflite::Conv3DOptions>();
  const ClampRange clamp = ActivationRange(o.activation());
  const int x = node.FloatInput(2), filter = FloatConstantOf(node, node.ConstantInput(1, "the filter"));
  CheckShapes(node, x, filter, 4);
  const std::vector<int64_t> shape = node.IntsInput(0, "the output's shape");
  if (shape.size() != 5 || node.DimsOf(filter)[4] != node.DimsOf(x)[4] || shape[4] != node.DimsOf(filter)[3])
    throw ContradictionError("the output's shape " + DimsText(shape) + " does not fit input and filter");
  const Dims out(shape.begin() + 1, shape.begin() + 4);
  Windows w = WindowsOf(o, node.DimsOf(x), node.DimsOf(filter));
  PlaceTransposed(o.padding(), out, &w);
  const int bias = node.HasInput(3) ? node.ConstantInput(3, "the bias") : -1;
  node.SetOutput(ConvolveTransposed(node, x, node.Transpose(filter, {3, 0, 1, 2, 4}), bias, w, out, 1, clamp));
}

}  // namespace

std::vector<TfliteOp> TfliteConv3dOps() { return {{132, "CONV_3D", Conv3d}, {141, "CONV_3D_TRANSPOSE", Conv3dTranspose}}; }

}  // namespace adze::import
