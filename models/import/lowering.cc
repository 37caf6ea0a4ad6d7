// SPDX-License-Identifier: Apache-2.0
// The steps that importers of all formats share: emission and movement.
#include "models/import/lowering.h"

#include <algorithm>
#include <cmath>

#include "op-registry/ops/movement.h"
#include "op-registry/ops/unary.h"

namespace adze::import {
namespace {

bool MovesOnly(const std::string& op) { return op == "transpose" || op == "reshape" || op == "slice" || op == "pad" || op == "cast"; }

std::vector<int64_t> Taken(const std::vector<int64_t>& from, const std::vector<int>& perm) {
  std::vector<int64_t> out;
  for (const int p : perm) out.push_back(from[static_cast<size_t>(p)]);
  return out;
}

}  // namespace

Lowering::Lowering(GraphBuilder* builder, std::string name, std::string out_name)
    : builder_(builder),
      name_(std::move(name)),
      out_name_(std::move(out_name)),
      first_node_(builder->graph().nodes.size()),
      first_value_(static_cast<int>(builder->graph().values.size())) {}

void Lowering::RequireConstant(int value, const std::string& what) const {
  if (builder_->At(value).is_constant) return;
  if (builder_->IsAssumed(value)) throw UnknownInput();
  throw NodeError(what + " must be a constant, known when the model is imported");
}

std::vector<float> Lowering::FloatsOf(int value, const std::string& what) const {
  const graph::Value& v = builder_->At(value);
  RequireConstant(value, what);
  if (v.dtype == DType::kF64) {
    const std::vector<double> wide = v.As<double>();
    return std::vector<float>(wide.begin(), wide.end());
  }
  if (v.dtype != DType::kF32) throw NodeError(what + " has dtype " + DTypeName(v.dtype) + "; it must be float32");
  return v.As<float>();
}

std::vector<int64_t> Lowering::IntsOf(int value, const std::string& what) const {
  const graph::Value& v = builder_->At(value);
  RequireConstant(value, what);
  if (v.dtype == DType::kI64) return v.As<int64_t>();
  if (v.dtype != DType::kI32) throw NodeError(what + " has dtype " + DTypeName(v.dtype) + "; it must be int32 or int64");
  const std::vector<int32_t> narrow = v.As<int32_t>();
  return std::vector<int64_t>(narrow.begin(), narrow.end());
}

int Lowering::EmitNode(const char* op, const std::vector<int>& inputs, graph::Node node, DType dtype, const Dims& dims) {
  node.op = op;
  node.name = name_.empty() ? out_name_ : name_;
  node.inputs = inputs;
  return builder_->AddOrFoldNode(std::move(node), dtype, builder_->UniqueName(out_name_ + ":" + op), dims);
}

int Lowering::Constant(const std::string& suffix, DType dtype, const Dims& dims, Bytes data) {
  return builder_->AddConstant(out_name_ + ":" + suffix, dtype, dims, std::move(data));
}

int Lowering::Filled(const Bytes& element, DType dtype, const Dims& dims) {
  const int64_t n = CheckedElements(dims, dtype);
  if (element.size() != DTypeBytes(dtype)) throw ContradictionError("the value must be one element");
  builder_->Charge(n * static_cast<int64_t>(element.size()));  // before the bytes are there
  Bytes data;
  for (int64_t i = 0; i < n; ++i) data.insert(data.end(), element.begin(), element.end());
  return Constant("filled", dtype, dims, std::move(data));
}

int Lowering::FloatConstant(const std::string& suffix, const Dims& dims, const std::vector<float>& data) {
  return Constant(suffix, DType::kF32, dims, BytesOf(data));
}

int Lowering::Transpose(int x, const std::vector<int>& perm) {
  const Dims dims = DimsOf(x);
  bool same = true;
  for (size_t i = 0; i < perm.size(); ++i) same = same && perm[i] == static_cast<int>(i);
  if (same) return x;
  if (IsConstant(x))
    return Constant("transposed", TypeOf(x), Taken(dims, perm), TransposeBytes(DataOf(x), DTypeBytes(TypeOf(x)), dims, perm));
  TransposeParams p;
  for (size_t i = 0; i < perm.size(); ++i) p.perm[i] = perm[i];
  return Emit("transpose", {x}, p);
}

int Lowering::Reshape(int x, const Dims& dims) {
  if (dims == DimsOf(x)) return x;
  const int64_t want = CheckedElements(dims, TypeOf(x));
  const int64_t have = builder_->At(x).Elements();
  if (want != have) throw ContradictionError("a tensor of shape " + DimsText(DimsOf(x)) + " cannot be reshaped to " + DimsText(dims));
  if (IsConstant(x)) return Constant("reshaped", TypeOf(x), dims, DataOf(x));
  return EmitPlain("reshape", x, TypeOf(x), dims);
}

int Lowering::CopyOf(int x) { return EmitPlain("reshape", x, TypeOf(x), DimsOf(x)); }

int Lowering::Clamp(int x, const ClampRange& range) {
  if (std::isinf(range.lo) && range.lo < 0 && std::isinf(range.hi) && range.hi > 0) return x;
  return Emit("clamp", {x}, ClampParams{range});
}

int Lowering::Slice(int x, const std::vector<int64_t>& begin, const std::vector<int64_t>& step, const Dims& dims) {
  if (dims == DimsOf(x)) return x;
  SliceParams p;
  CheckedElements(dims, TypeOf(x));
  for (size_t i = 0; i < dims.size(); ++i) {
    p.begin[i] = static_cast<int32_t>(dims[i] == 0 ? 0 : begin[i]);
    p.step[i] = static_cast<int32_t>(dims[i] <= 1 ? 1 : step[i]);
  }
  return EmitShaped("slice", {x}, p, dims);
}

int Lowering::ConstantConcat(const std::vector<int>& inputs, size_t axis) {
  Dims dims = DimsOf(inputs[0]);
  int64_t joined = 0;
  for (const int x : inputs) {
    dims[axis] = RankOf(x) == static_cast<int>(dims.size()) ? DimsOf(x)[axis] : -1;
    if (DimsOf(x) != dims || TypeOf(x) != TypeOf(inputs[0])) throw ContradictionError("the inputs' shapes or dtypes do not fit together");
    joined += dims[axis];
  }
  dims[axis] = joined;
  const auto outer = static_cast<size_t>(ProductOf(dims, 0, axis));
  builder_->Charge(CheckedElements(dims, TypeOf(inputs[0])));  // before the bytes are there
  Bytes out;
  for (size_t o = 0; o < outer; ++o) {
    for (const int x : inputs) {
      const Bytes& data = DataOf(x);
      const auto run = static_cast<int64_t>(data.size() / outer);
      out.insert(out.end(), data.begin() + static_cast<int64_t>(o) * run, data.begin() + static_cast<int64_t>(o + 1) * run);
    }
  }
  return Constant("joined", TypeOf(inputs[0]), dims, std::move(out));
}

int Lowering::Concat(const std::vector<int>& inputs, int axis) {
  if (inputs.size() == 1) return inputs[0];
  if (std::all_of(inputs.begin(), inputs.end(), [&](int x) { return IsConstant(x); }))
    return ConstantConcat(inputs, static_cast<size_t>(axis));
  ConcatParams p;
  p.axis = axis;
  return Emit("concat", inputs, p);
}

int Lowering::Pad(int x, const std::vector<int64_t>& before, const std::vector<int64_t>& after, const Bytes& element) {
  PadParams p;
  bool any = false;
  for (size_t i = 0; i < before.size(); ++i) {
    if (before[i] < 0 || after[i] < 0 || before[i] > INT32_MAX || after[i] > INT32_MAX) {
      throw NodeError("the paddings " + DimsText(before) + " and " + DimsText(after) + " must lie in 0.." + std::to_string(INT32_MAX) +
                      "; cut with a slice instead of a negative padding");
    }
    p.before[i] = static_cast<int32_t>(before[i]);
    p.after[i] = static_cast<int32_t>(after[i]);
    any = any || before[i] != 0 || after[i] != 0;
  }
  if (!any) return x;
  std::copy(element.begin(), element.end(), p.value);
  return Emit("pad", {x}, p);
}

void Lowering::NameNodes() {
  std::vector<graph::Node>& nodes = builder_->graph().nodes;
  const size_t count = nodes.size() - first_node_;
  size_t main = nodes.size();
  for (size_t i = nodes.size(); i-- > first_node_;) {
    if (count == 1 || !MovesOnly(nodes[i].op)) main = i;
  }
  for (size_t i = first_node_; i < nodes.size(); ++i) {
    const std::string base = nodes[i].name.empty() ? nodes[i].op + "_" + std::to_string(i) : nodes[i].name;
    nodes[i].name = i == main ? base : base + ":" + nodes[i].op;
  }
}

int NormalAxis(int64_t axis, int rank) {
  if (axis < -rank || axis >= rank) {
    throw ContradictionError("axis " + std::to_string(axis) + " lies outside a tensor of rank " + std::to_string(rank));
  }
  return static_cast<int>(axis < 0 ? axis + rank : axis);
}

int64_t ProductOf(const Dims& dims, size_t from, size_t to) {
  int64_t n = 1;
  for (size_t i = from; i < to; ++i) {
    if (__builtin_mul_overflow(n, dims[i], &n)) throw NodeError("the dims " + DimsText(dims) + " are too large");
  }
  return n;
}

Dims ResolveShape(const Dims& wanted, int64_t elements) {
  Dims dims = wanted;
  int64_t known = 1;
  int unknown = -1;
  if (dims.size() > static_cast<size_t>(kMaxRank))
    throw NodeError("a shape of " + std::to_string(dims.size()) + " dims; at most 6 are supported");
  for (size_t i = 0; i < dims.size(); ++i) {
    if (dims[i] == -1 && unknown < 0) {
      unknown = static_cast<int>(i);
    } else if (dims[i] < 0 || __builtin_mul_overflow(known, dims[i], &known)) {
      throw ContradictionError("the shape " + DimsText(wanted) + " is impossible");
    }
  }
  if (unknown >= 0) {
    if (known == 0 || elements % known != 0) {
      throw ContradictionError("the shape " + DimsText(wanted) + " does not divide " + std::to_string(elements) + " elements");
    }
    dims[static_cast<size_t>(unknown)] = elements / known;
  } else if (known != elements) {
    throw ContradictionError("the shape " + DimsText(wanted) + " does not hold " + std::to_string(elements) + " elements");
  }
  return dims;
}

}  // namespace adze::import
