// SPDX-License-Identifier: Apache-2.0
// TFLite ops that change the dtype: DEQUANTIZE and CAST. Constants are converted here.
#include "models/graph/half.h"
#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

int FloatsOfQuantized(TfliteNode& node, int x) {
  const graph::Quantization q = node.builder().At(x).quantization;
  const Dims dims = node.DimsOf(x);
  const Bytes data = node.DataOf(x);
  if (q.scale.empty() || (q.zero_point.size() != q.scale.size() && !q.zero_point.empty())) throw NodeError("the input has no scale");
  const auto axis = q.scale.size() == 1 ? size_t{0} : static_cast<size_t>(NormalAxis(q.axis, node.RankOf(x)));
  if (q.scale.size() > 1 && static_cast<int64_t>(q.scale.size()) != dims[axis])
    throw ContradictionError("the input's scales do not fit its shape");
  const int64_t inner = q.scale.size() == 1 ? 1 : ProductOf(dims, axis + 1, dims.size());
  std::vector<float> out(data.size());
  for (size_t i = 0; i < out.size(); ++i) {
    const size_t channel = static_cast<size_t>(static_cast<int64_t>(i) / inner) % q.scale.size();
    const int64_t v = node.TypeOf(x) == DType::kI8 ? static_cast<int8_t>(data[i]) : static_cast<int64_t>(data[i]);
    const int64_t zero = q.zero_point.empty() ? 0 : q.zero_point[channel];
    out[i] = q.scale[channel] * (static_cast<float>(v) - static_cast<float>(zero));
  }
  return node.FloatConstant("float32", dims, out);
}

std::vector<float> HalvesAsFloats(TfliteNode& node, int x) {
  std::vector<float> out;
  for (const uint16_t half : node.builder().At(x).As<uint16_t>()) out.push_back(graph::FloatFromHalf(half));
  return out;
}

int ToFloat(TfliteNode& node, int x) {
  const DType from = node.TypeOf(x);
  if (from == DType::kF16 && node.IsConstant(x)) return node.FloatConstant("float32", node.DimsOf(x), HalvesAsFloats(node, x));
  if (from == DType::kF16) return node.EmitPlain("cast", x, DType::kF32, node.DimsOf(x));
  if ((from == DType::kI8 || from == DType::kU8) && node.IsConstant(x)) return FloatsOfQuantized(node, x);
  throw NodeError(std::string("dequantizing ") + DTypeName(from) + " is only supported for constants");
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
