// SPDX-License-Identifier: Apache-2.0
// TFLite ops that change the dtype: DEQUANTIZE and CAST. Constants are converted here.
#include "models/import/tflite/dequantize.h"

namespace adze::import {
namespace {

int ToFloat(TfliteNode& node, int x) {
  const DType from = node.TypeOf(x);
  if (from == DType::kF16 && !node.IsConstant(x)) return node.EmitPlain("cast", x, DType::kF32, node.DimsOf(x));
  return FloatConstantOf(node, x);
}

void Dequantize(TfliteNode& node) { node.SetOutput(ToFloat(node, node.Input(0))); }

void Cast(TfliteNode& node) {
  const int x = node.Input(0);
  const DType from = node.TypeOf(x), to = node.OutputDType();
  if (from == to) return node.SetOutput(x);
  if (from == DType::kF16 && to == DType::kF32) return node.SetOutput(ToFloat(node, x));
  node.SetOutput(node.CastTo(x, to));
}

}  // namespace

std::vector<TfliteOp> TfliteCastOps() { return {{6, "DEQUANTIZE", Dequantize}, {53, "CAST", Cast}}; }

}  // namespace adze::import
