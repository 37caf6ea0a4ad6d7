// SPDX-License-Identifier: Apache-2.0
// The steps that importers of all formats share: arithmetic expressed in Adze's ops.
#include <algorithm>

#include "models/import/lowering.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/layer_norm.h"
#include "op-registry/ops/matmul.h"
#include "op-registry/ops/reduce.h"
#include "op-registry/ops/reduce_mean.h"
#include "op-registry/ops/softmax.h"

namespace adze::import {
namespace {

Dims WithLeadingOnes(const Dims& dims, size_t rank) {
  Dims out(rank - dims.size(), 1);
  out.insert(out.end(), dims.begin(), dims.end());
  return out;
}

void CheckFloat(DType dtype) {
  if (dtype != DType::kF32) throw NodeError(std::string("dtype ") + DTypeName(dtype) + " is not supported here; use float32");
}

}  // namespace

int Lowering::Binary(const char* op, int a, int b, const ClampRange& clamp) {
  RequireNumber(a);
  RequireNumber(b);
  if (TypeOf(a) != TypeOf(b)) throw ContradictionError(std::string("operands of ") + DTypeName(TypeOf(a)) + " and " + DTypeName(TypeOf(b)));
  const bool floats = TypeOf(a) == DType::kF32;
  const int y = Emit(op, AlignRanks({a, b}), BinaryParams{floats ? clamp : ClampRange{}});
  return floats ? y : ClampIntegers(y, clamp);
}

int Lowering::Subtract(int a, int b, const ClampRange& clamp) {
  if (IsConstant(b) && !IsConstant(a) && TypeOf(b) == DType::kF32) {
    std::vector<float> negated = FloatsOf(b, "the second operand");
    for (float& v : negated) v = -v;
    return Binary("add", a, FloatConstant("negated", DimsOf(b), negated), clamp);
  }
  return Binary("sub", a, b, clamp);
}

int Lowering::Divide(int a, int b, const ClampRange& clamp) {
  if (!IsConstant(b) || IsConstant(a) || TypeOf(b) != DType::kF32) return Binary("div", a, b, clamp);
  std::vector<float> inverse = FloatsOf(b, "the divisor");
  for (float& v : inverse) {
    if (v == 0) throw NodeError("the divisor holds a 0");
    v = 1 / v;
  }
  return Binary("mul", a, FloatConstant("inverse", DimsOf(b), inverse), clamp);
}

int Lowering::SoftmaxOver(int x, int axis, float beta) {
  CheckFloat(TypeOf(x));
  const Dims dims = DimsOf(x);
  const auto at = static_cast<size_t>(axis);
  const SoftmaxParams params{beta};
  if (at + 1 == dims.size()) return Emit("softmax", {x}, params);
  if (ProductOf(dims, at + 1, dims.size()) == 1) {
    const int flat = Reshape(x, Dims(dims.begin(), dims.begin() + axis + 1));
    return Reshape(Emit("softmax", {flat}, params), dims);
  }
  std::vector<int> swap;  // its own inverse
  for (size_t i = 0; i < dims.size(); ++i) swap.push_back(static_cast<int>(i));
  std::swap(swap[at], swap.back());
  return Transpose(Emit("softmax", {Transpose(x, swap)}, params), swap);
}

// x - max - ln(sum(e^(x - max))): nothing overflows, and what is far below the maximum keeps its logarithm.
int Lowering::LogSoftmaxOver(int x, int axis) {
  const int below = Binary("sub", x, Reduce("reduce_max", x, {axis}, true), {});
  return Binary("sub", below, Map("log", Reduce("reduce_sum", Map("exp", below), {axis}, true)), {});
}

int Lowering::MatrixProduct(int x, int weights, int bias, FullyConnectedParams params) {
  const Dims dims = DimsOf(x);
  const Dims w = DimsOf(weights);
  if (dims.empty() || w.size() != 2 || w[0] < 1 || w[1] < 1) {
    throw NodeError("a product of shapes " + DimsText(dims) + " and " + DimsText(w) + " is not supported");
  }
  if (dims.back() != w[1]) {
    throw ContradictionError("the input's last dim is " + std::to_string(dims.back()) + " but the weights take " + std::to_string(w[1]));
  }
  params.channels_out = static_cast<int32_t>(w[0]);
  const int flat = Reshape(x, {ProductOf(dims, 0, dims.size() - 1), dims.back()});
  const int y = bias < 0 ? Emit("fully_connected", {flat, weights}, params) : Emit("fully_connected", {flat, weights, bias}, params);
  Dims out = dims;
  out.back() = w[0];
  return Reshape(y, out);
}

int Lowering::BatchedProduct(int a, int b) {
  CheckFloat(TypeOf(a));
  CheckFloat(TypeOf(b));
  const size_t rank = std::max(DimsOf(a).size(), DimsOf(b).size());
  const int wide_a = Reshape(a, WithLeadingOnes(DimsOf(a), rank));
  const int wide_b = Reshape(b, WithLeadingOnes(DimsOf(b), rank));
  const Dims da = DimsOf(wide_a), db = DimsOf(wide_b);
  bool fits = rank >= 2 && da[rank - 1] == db[rank - 2] && da[rank - 1] > 0;
  for (size_t i = 0; fits && i + 2 < rank; ++i) fits = da[i] == db[i] || da[i] == 1 || db[i] == 1;
  if (!fits)
    throw ContradictionError("a product of shapes " + DimsText(DimsOf(a)) + " and " + DimsText(DimsOf(b)) + " does not fit together");
  return Emit("matmul", {wide_a, wide_b}, MatMulParams());
}

int Lowering::Reduce(const char* op, int x, const std::vector<int64_t>& axes, bool keep_dims) {
  const Dims dims = DimsOf(x);
  ReduceParams p;
  for (const int64_t axis : axes) p.axes |= uint32_t{1} << NormalAxis(axis, static_cast<int>(dims.size()));
  if (axes.empty()) p.axes = (uint32_t{1} << dims.size()) - 1;
  if (p.axes == 0) return x;
  Dims kept;
  for (size_t d = 0; d < dims.size(); ++d) {
    if ((p.axes >> d & 1) == 0) kept.push_back(dims[d]);
  }
  const int y = Emit(op, {x}, p);
  return keep_dims ? y : Reshape(y, kept);
}

int Lowering::Mean(int x, const std::vector<int64_t>& axes, bool keep_dims) {
  CheckFloat(TypeOf(x));
  const Dims dims = DimsOf(x);
  ReduceMeanParams p;
  for (const int64_t axis : axes) p.axes |= uint32_t{1} << NormalAxis(axis, static_cast<int>(dims.size()));
  if (p.axes == 0) return x;
  Dims kept;
  for (size_t d = 0; d < dims.size(); ++d) {
    const bool gone = (p.axes >> d & 1) != 0;
    if (gone && dims[d] == 0) throw NodeError("a mean over no elements: the input has shape " + DimsText(dims));
    if (!gone) kept.push_back(dims[d]);
  }
  const int y = Emit("reduce_mean", {x}, p);
  return keep_dims ? y : Reshape(y, kept);
}

int Lowering::LayerNorm(int x, int axis, int gamma, int beta, float epsilon) {
  const Dims dims = DimsOf(x);
  const int64_t columns = ProductOf(dims, static_cast<size_t>(axis), dims.size());
  if (columns < 1) throw NodeError("the input has shape " + DimsText(dims));
  if (!(epsilon >= 0)) throw NodeError("epsilon is " + std::to_string(epsilon) + "; it must not be negative");
  const int flat = Reshape(x, {ProductOf(dims, 0, static_cast<size_t>(axis)), columns});
  const int g =
      gamma >= 0 ? Reshape(gamma, {columns}) : FloatConstant("gamma", {columns}, std::vector<float>(static_cast<size_t>(columns), 1.0f));
  const int b =
      beta >= 0 ? Reshape(beta, {columns}) : FloatConstant("beta", {columns}, std::vector<float>(static_cast<size_t>(columns), 0.0f));
  return Reshape(Emit("layer_norm", {flat, g, b}, LayerNormParams{epsilon}), dims);
}

}  // namespace adze::import
