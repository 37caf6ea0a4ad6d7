// SPDX-License-Identifier: Apache-2.0
// TFLite ops whose result follows from shapes and constants: SHAPE, RANK, FILL, RANGE, ZEROS_LIKE.
#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

void Shape(TfliteNode& node) {
  const Dims dims = node.DimsOf(node.Input(0));
  const auto n = static_cast<int64_t>(dims.size());
  if (node.OutputDType() == DType::kI64) return node.SetOutput(node.Constant("shape", DType::kI64, {n}, BytesOf(dims)));
  node.SetOutput(node.Constant("shape", DType::kI32, {n}, BytesOf(std::vector<int32_t>(dims.begin(), dims.end()))));
}

void Rank(TfliteNode& node) {
  node.SetOutput(node.Constant("rank", DType::kI32, {}, BytesOf(std::vector<int32_t>{node.RankOf(node.Input(0))})));
}

void Fill(TfliteNode& node) {
  const int value = node.MovedInput(1);
  if (!node.DimsOf(value).empty())
    throw ContradictionError("the value has shape " + DimsText(node.DimsOf(value)) + "; it must be one element");
  node.SetOutput(node.Expand(value, node.IntsInput(0, "the shape")));
}

void Range(TfliteNode& node) { node.SetOutput(node.Range(node.Input(0), node.Input(1), node.Input(2))); }

void ZerosLike(TfliteNode& node) {
  const int x = node.Input(0);
  node.SetOutput(node.Filled(Bytes(DTypeBytes(node.TypeOf(x)), 0), node.TypeOf(x), node.DimsOf(x)));
}

}  // namespace

std::vector<TfliteOp> TfliteShapeOps() {
  return {{77, "SHAPE", Shape}, {93, "ZEROS_LIKE", ZerosLike}, {94, "FILL", Fill}, {96, "RANGE", Range}, {110, "RANK", Rank}};
}

}  // namespace adze::import
