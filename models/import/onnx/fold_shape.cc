// SPDX-License-Identifier: Apache-2.0
// ONNX ops of shape arithmetic, which are computed at import and never reach the device: Constant, Shape, Size, Gather, ConstantOfShape.
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

int FoldGather(OnnxNode& node, int x, const std::vector<int64_t>& indices, size_t axis, const Dims& out) {
  CheckFolded(out, node.TypeOf(x));
  const Dims dims = node.DimsOf(x);
  const auto outer = static_cast<size_t>(ProductOf(dims, 0, axis));
  const size_t inner = static_cast<size_t>(ProductOf(dims, axis + 1, dims.size())) * DTypeBytes(node.TypeOf(x));
  const Bytes& data = node.DataOf(x);
  Bytes gathered;
  for (size_t o = 0; o < outer; ++o) {
    for (const int64_t i : indices) {
      const auto from = data.begin() + static_cast<int64_t>((o * static_cast<size_t>(dims[axis]) + static_cast<size_t>(i)) * inner);
      gathered.insert(gathered.end(), from, from + static_cast<int64_t>(inner));
    }
  }
  return node.Constant("gathered", node.TypeOf(x), out, std::move(gathered));
}

void Gather(OnnxNode& node) {
  const int64_t stored_axis = node.IntAttribute("axis", 0);
  const int x = node.Input(0);
  const Dims dims = node.DimsOf(x);
  const auto axis = static_cast<size_t>(NormalAxis(stored_axis, node.RankOf(x)));
  std::vector<int64_t> indices = node.IntsInput(1, "indices");
  const Dims shape = node.DimsOf(node.Input(1));
  for (int64_t& i : indices) {
    if (i < -dims[axis] || i >= dims[axis])
      throw ContradictionError("the index " + std::to_string(i) + " lies outside the shape " + DimsText(dims));
    if (i < 0) i += dims[axis];
  }
  Dims out = dims;
  out.erase(out.begin() + static_cast<int64_t>(axis));
  out.insert(out.begin() + static_cast<int64_t>(axis), shape.begin(), shape.end());
  if (node.IsConstant(x)) return node.SetOutput(FoldGather(node, x, indices, axis, out));
  if (indices.size() != 1)
    throw NodeError("gathering " + std::to_string(indices.size()) + " indices of a computed tensor is not supported; use Slice");
  std::vector<int64_t> begin(dims.size(), 0);
  begin[axis] = indices[0];
  Dims cut = dims;
  cut[axis] = 1;
  node.SetOutput(node.Reshape(node.Slice(x, begin, std::vector<int64_t>(dims.size(), 1), cut), out));
}

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
  return {{"Constant", Constant}, {"Shape", Shape}, {"Size", Size}, {"Gather", Gather}, {"ConstantOfShape", ConstantOfShape}};
}

}  // namespace adze::import
