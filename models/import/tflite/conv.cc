// SPDX-License-Identifier: Apache-2.0
// TFLite convolutions: CONV_2D (grouped where the filter is narrower than the input) and DEPTHWISE_CONV_2D.
#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

template <typename Options>
void ReadOptions(const Options& o, const Dims& x, const Dims& filter, Conv2dParams* p) {
  WindowDim w[2] = {{x[1], filter[1], o.stride_h(), o.dilation_h(), 0, 0}, {x[2], filter[2], o.stride_w(), o.dilation_w(), 0, 0}};
  PlaceWindows(o.padding(), w);
  SetWindow(w, p);
  p->dilation_h = static_cast<int32_t>(w[0].dilation);
  p->dilation_w = static_cast<int32_t>(w[1].dilation);
  p->clamp = ActivationRange(o.activation());
}

void CheckRanks(const TfliteNode& node, int x, int filter) {
  if (node.TypeOf(filter) != DType::kF32) {
    throw NodeError(std::string("its filter has dtype ") + DTypeName(node.TypeOf(filter)) + "; only float32 convolutions are supported");
  }
  if (node.RankOf(x) != 4 || node.RankOf(filter) != 4) throw ContradictionError("input and filter must have rank 4");
  const Dims dims = node.DimsOf(x);
  for (const int64_t d : {dims[1], dims[2], dims[3]}) {
    if (d < 1) throw NodeError("the input has the shape " + DimsText(dims));
  }
}

void Finish(TfliteNode& node, int x, int weights, const Conv2dParams& p) {
  std::vector<int> inputs = {x, weights};
  if (node.HasInput(2)) inputs.push_back(node.ConstantInput(2, "the bias"));
  node.SetOutput(node.Emit("conv2d", inputs, p));
}

void Conv2d(TfliteNode& node) {
  const auto& o = node.Options<tflite::Conv2DOptions>();
  const int x = node.FloatInput(0);
  const int filter = node.ConstantWeights(1, "the filter");
  CheckRanks(node, x, filter);
  const Dims dx = node.DimsOf(x), df = node.DimsOf(filter);
  if (df[3] < 1 || dx[3] % df[3] != 0) {
    throw ContradictionError("the filter takes " + std::to_string(df[3]) + " channels, which does not divide the input's " +
                             std::to_string(dx[3]));
  }
  Conv2dParams p;
  ReadOptions(o, dx, df, &p);
  p.groups = static_cast<int32_t>(dx[3] / df[3]);
  p.channels_out = static_cast<int32_t>(df[0]);
  Finish(node, x, filter, p);
}

void DepthwiseConv2d(TfliteNode& node) {
  const auto& o = node.Options<tflite::DepthwiseConv2DOptions>();
  const int x = node.FloatInput(0);
  const int filter = node.ConstantWeights(1, "the filter");
  CheckRanks(node, x, filter);
  const Dims dx = node.DimsOf(x), df = node.DimsOf(filter);
  // The multiplier follows from the shapes, as in TFLite; the stored one is redundant.
  if (df[0] != 1 || df[3] < 1 || df[3] % dx[3] != 0) {
    throw ContradictionError("a depthwise filter of shape " + DimsText(df) + " does not fit an input of shape " + DimsText(dx));
  }
  Conv2dParams p;
  ReadOptions(o, dx, df, &p);
  p.groups = static_cast<int32_t>(dx[3]);
  p.channels_out = static_cast<int32_t>(df[3]);
  // [1, KH, KW, C * m] -> [C * m, KH, KW, 1]: output channel c * m + q reads input channel c in both layouts.
  Finish(node, x, node.Transpose(filter, {3, 1, 2, 0}), p);
}

}  // namespace

std::vector<TfliteOp> TfliteConvOps() { return {{3, "CONV_2D", Conv2d}, {4, "DEPTHWISE_CONV_2D", DepthwiseConv2d}}; }

}  // namespace adze::import
