// SPDX-License-Identifier: Apache-2.0
// ONNX ops of shape arithmetic, which are computed at import and never reach the device: Constant, Shape, Size, Range, ConstantOfShape.
#include <algorithm>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

constexpr int64_t kMaxFolded = 1 << 20;  // elements

void Constant(OnnxNode& node) {
  const onnx::Tensor* tensor = node.TensorAttribute("value");
  if (tensor != nullptr) {
    StoredTensor read = ReadTensor(*tensor);
    return node.SetOutput(node.Constant("value", read.dtype, read.dims, std::move(read.data)));
  }
  if (node.HasAttribute("value_float")) return node.SetOutput(node.FloatConstant("value", {}, {node.FloatAttribute("value_float", 0)}));
  if (node.HasAttribute("value_floats")) {
    const std::vector<float> v = node.FloatsAttribute("value_floats");
    return node.SetOutput(node.FloatConstant("value", {static_cast<int64_t>(v.size())}, v));
  }
  if (node.HasAttribute("value_int")) {
    return node.SetOutput(node.Constant("value", DType::kI64, {}, BytesOf(std::vector<int64_t>{node.IntAttribute("value_int", 0)})));
  }
  if (node.HasAttribute("value_ints")) {
    const std::vector<int64_t> v = node.IntsAttribute("value_ints");
    return node.SetOutput(node.Constant("value", DType::kI64, {static_cast<int64_t>(v.size())}, BytesOf(v)));
  }
  throw NodeError("it has no value of numbers");
}

void Shape(OnnxNode& node) {
  const int64_t start = node.IntAttribute("start", 0);
  const bool has_end = node.HasAttribute("end");
  const int64_t end = node.IntAttribute("end", 0);
  const Dims dims = node.DimsOf(node.Input(0));
  const auto rank = static_cast<int64_t>(dims.size());
  const int64_t from = std::clamp<int64_t>(start < 0 ? start + rank : start, 0, rank);
  const int64_t to = std::clamp<int64_t>(!has_end ? rank : end < 0 ? end + rank : end, from, rank);
  node.SetOutput(node.Constant("shape", DType::kI64, {to - from}, BytesOf(Dims(dims.begin() + from, dims.begin() + to))));
}

void Size(OnnxNode& node) {
  const int64_t n = node.builder().At(node.Input(0)).Elements();
  node.SetOutput(node.Constant("size", DType::kI64, {}, BytesOf(std::vector<int64_t>{n})));
}

void Range(OnnxNode& node) { node.SetOutput(node.Range(node.Input(0), node.Input(1), node.Input(2))); }

void ConstantOfShape(OnnxNode& node) {
  const onnx::Tensor* tensor = node.TensorAttribute("value");
  const Dims dims = node.IntsInput(0, "the shape");
  StoredTensor element;
  element.data = Bytes(4, 0);
  if (tensor != nullptr) element = ReadTensor(*tensor);
  if (element.data.size() != DTypeBytes(element.dtype)) throw ContradictionError("its value must be one element");
  CheckFolded(dims, element.dtype);
  const int64_t elements = CheckedElements(dims, element.dtype);
  Bytes filled;
  for (int64_t i = 0; i < elements; ++i) filled.insert(filled.end(), element.data.begin(), element.data.end());
  node.SetOutput(node.Constant("filled", element.dtype, dims, std::move(filled)));
}

}  // namespace

void CheckFolded(const Dims& dims, DType dtype) {
  if (CheckedElements(dims, dtype) > kMaxFolded) {
    throw NodeError("it computes a constant of shape " + DimsText(dims) + "; at most " + std::to_string(kMaxFolded) +
                    " elements are computed at import");
  }
}

std::vector<OnnxOp> OnnxFoldShapeOps() {
  return {{"Constant", Constant}, {"Shape", Shape}, {"Size", Size}, {"Range", Range}, {"ConstantOfShape", ConstantOfShape}};
}

}  // namespace adze::import
