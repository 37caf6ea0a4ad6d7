// SPDX-License-Identifier: Apache-2.0
// Ops of the domain ai.onnx.ml that are steps of ours: ArrayFeatureExtractor, Binarizer.
#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

// Elements of the last dim by their places; what has one dim is a row.
void ArrayFeatureExtractor(OnnxNode& node) {
  int x = node.Input(0);
  if (node.RankOf(x) == 0) throw ContradictionError("the input is a scalar");
  if (node.RankOf(x) == 1) x = node.Reshape(x, {1, node.DimsOf(x)[0]});
  const int places = node.Input(1);
  const int64_t count = node.builder().At(places).Elements();
  node.SetOutput(node.Gather(x, node.Reshape(places, {count}), node.RankOf(x) - 1, 0));
}

// 1 above the threshold, 0 elsewhere.
void Binarizer(OnnxNode& node) {
  const float threshold = node.FloatAttribute("threshold", 0);
  const int x = node.FloatInput(0);
  node.SetOutput(node.CastTo(node.Compare("less", node.Number(DType::kF32, static_cast<double>(threshold)), x), DType::kF32));
}

}  // namespace

std::vector<OnnxOp> OnnxMlOps() {
  return {{"ai.onnx.ml.ArrayFeatureExtractor", ArrayFeatureExtractor}, {"ai.onnx.ml.Binarizer", Binarizer}};
}

}  // namespace adze::import
