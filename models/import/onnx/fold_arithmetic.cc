// SPDX-License-Identifier: Apache-2.0
// Arithmetic of constants at import, in the dtype that the model says: Add, Sub, Mul, Div. Unlike the kernels', integers
// that overflow or are divided by 0 are errors: they are shapes.
#include <algorithm>
#include <limits>
#include <type_traits>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

// The elements of a constant, repeated to the shape `out`.
template <typename T>
std::vector<T> Spread(const OnnxNode& node, int value, const Dims& out) {
  const Dims dims = node.DimsOf(value);
  const std::vector<int64_t> dense = DenseStrides(dims);
  std::vector<int64_t> strides(out.size(), 0);
  for (size_t i = 0; i < dims.size(); ++i) strides[out.size() - dims.size() + i] = dims[i] == 1 ? 0 : dense[i];
  const Bytes bytes = GatherStrided(node.DataOf(value), sizeof(T), 0, strides, out);
  std::vector<T> v(bytes.size() / sizeof(T));
  if (!v.empty()) std::memcpy(v.data(), bytes.data(), bytes.size());
  return v;
}

template <typename T>
std::enable_if_t<std::is_floating_point<T>::value, T> Apply(char op, T a, T b) {
  return op == 'A' ? a + b : op == 'S' ? a - b : op == 'M' ? a * b : a / b;
}

int64_t Apply(char op, int64_t a, int64_t b) {
  int64_t y = 0;
  bool overflow = false;
  switch (op) {
    case 'A': overflow = __builtin_add_overflow(a, b, &y); break;
    case 'S': overflow = __builtin_sub_overflow(a, b, &y); break;
    case 'M': overflow = __builtin_mul_overflow(a, b, &y); break;
    default:
      if (b == 0) throw NodeError("an integer is divided by 0");
      overflow = b == -1 && a == std::numeric_limits<int64_t>::min();
      if (!overflow) y = a / b;
  }
  if (overflow) throw NodeError("integer arithmetic overflows");
  return y;
}

template <typename T, typename Wide>
int Fold(OnnxNode& node, char op, int a, int b, const Dims& out) {
  std::vector<T> va = Spread<T>(node, a, out);
  const std::vector<T> vb = Spread<T>(node, b, out);
  for (size_t i = 0; i < va.size(); ++i) {
    const Wide y = Apply(op, static_cast<Wide>(va[i]), static_cast<Wide>(vb[i]));
    va[i] = static_cast<T>(y);
    if (std::is_integral<T>::value && static_cast<Wide>(va[i]) != y) throw NodeError("integer arithmetic overflows");
  }
  return node.Constant("folded", node.TypeOf(a), out, BytesOf(va));
}

}  // namespace

int FoldBinary(OnnxNode& node, const std::string& op, int a, int b) {
  const DType dtype = node.TypeOf(a);
  if (node.TypeOf(b) != dtype)
    throw ContradictionError(std::string("operands of ") + DTypeName(dtype) + " and " + DTypeName(node.TypeOf(b)));
  const Dims out = BroadcastDims(node.DimsOf(a), node.DimsOf(b));
  CheckFolded(out, dtype);
  if (dtype == DType::kF32) return Fold<float, float>(node, op[0], a, b, out);
  if (dtype == DType::kF64) return Fold<double, double>(node, op[0], a, b, out);
  if (dtype == DType::kI64) return Fold<int64_t, int64_t>(node, op[0], a, b, out);
  if (dtype == DType::kI32) return Fold<int32_t, int64_t>(node, op[0], a, b, out);
  throw NodeError(std::string("arithmetic on ") + DTypeName(dtype) + " is not supported");
}

}  // namespace adze::import
