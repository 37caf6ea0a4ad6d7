// SPDX-License-Identifier: Apache-2.0
// float16 and quantized weights of float ops. What TFLite calls dynamic range quantizes activations, too, as it runs; here they stay float32, so
// that results are closer to the model that was trained.
#include "models/import/tflite/dequantize.h"

#include "models/graph/half.h"

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

}  // namespace

int FloatConstantOf(TfliteNode& node, int x) {
  const DType from = node.TypeOf(x);
  if (from == DType::kF32) return x;
  if (from == DType::kF16 && node.IsConstant(x)) return node.FloatConstant("float32", node.DimsOf(x), HalvesAsFloats(node, x));
  if ((from == DType::kI8 || from == DType::kU8) && node.IsConstant(x)) return FloatsOfQuantized(node, x);
  throw NodeError(std::string("dequantizing ") + DTypeName(from) + " is only supported for constants");
}

int TfliteNode::Weights(int i) {
  const int w = Input(i);
  return IsConstant(w) && TypeOf(w) != DType::kF32 && TypeOf(Input(0)) == DType::kF32 ? FloatConstantOf(*this, w) : w;
}

int TfliteNode::ConstantWeights(int i, const char* what) {
  ConstantInput(i, what);
  return Weights(i);
}

}  // namespace adze::import
