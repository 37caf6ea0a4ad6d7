// SPDX-License-Identifier: Apache-2.0
// Values of constant nodes, computed on the build machine in the element order of the reference kernels.
#include "models/passes/evaluate.h"

#include "models/graph/half.h"
#include "models/graph/run_reference.h"
#include "models/passes/rewrite.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/movement.h"
#include "op-registry/ops/unary.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;

constexpr int64_t kMaxReferenceWork = int64_t{16} << 20;  // elements: a second or two

// Calls f(index of the element in row-major order, dot(position, strides)) for every element of `dims`.
template <typename Fn>
void ForEachElement(const std::vector<int64_t>& dims, const std::vector<int64_t>& strides, const Fn& f) {
  int64_t count = 1;
  for (int64_t d : dims) count *= d;
  std::vector<int64_t> at(dims.size(), 0);
  int64_t offset = 0;
  for (int64_t i = 0; i < count; ++i) {
    f(i, offset);
    for (size_t d = dims.size(); d-- > 0;) {
      offset += strides[d];
      if (++at[d] < dims[d]) break;
      offset -= strides[d] * dims[d];
      at[d] = 0;
    }
  }
}

// From and to float16 without the reference kernel, whose bound on work is too small for weights.
bool Cast(const Value& x, const Value& y, std::vector<uint8_t>* data) {
  if (x.dtype == DType::kF16 && y.dtype == DType::kF32) {
    const std::vector<uint16_t> in = x.As<uint16_t>();
    Value out;
    std::vector<float> f(in.size());
    for (size_t i = 0; i < in.size(); ++i) f[i] = graph::FloatFromHalf(in[i]);
    out.Set(f);
    *data = std::move(out.data);
    return true;
  }
  if (x.dtype == DType::kF32 && y.dtype == DType::kF16) {
    const std::vector<float> in = x.As<float>();
    Value out;
    std::vector<uint16_t> h(in.size());
    for (size_t i = 0; i < in.size(); ++i) h[i] = graph::HalfFromFloat(in[i]);
    out.Set(h);
    *data = std::move(out.data);
    return true;
  }
  return false;
}

// Strides, in elements, that read `v` at the positions of a tensor of `dims`; a dim of 1 repeats.
std::vector<int64_t> BroadcastStrides(const Value& v, const std::vector<int64_t>& dims) {
  std::vector<int64_t> strides = DenseStrides(v.dims, DType::kI8);
  for (size_t d = 0; d < dims.size(); ++d) {
    if (v.dims[d] != dims[d]) strides[d] = 0;
  }
  return strides;
}

bool Binary(const Graph& g, const Node& n, std::vector<uint8_t>* data) {
  const Value &a = g.values[n.inputs[0]], &b = g.values[n.inputs[1]], &y = g.values[n.outputs[0]];
  if (a.dtype != DType::kF32 || b.dtype != DType::kF32) return false;
  const std::vector<float> fa = a.As<float>(), fb = b.As<float>();
  std::vector<float> out(y.Elements());
  ForEachElement(y.dims, BroadcastStrides(a, y.dims), [&](int64_t i, int64_t at) { out[i] = fa[at]; });
  const auto apply = [op = n.op](float l, float r) { return op == "add" ? l + r : op == "sub" ? l - r : op == "mul" ? l * r : l / r; };
  const ClampRange c = n.Params<BinaryParams>().clamp;
  ForEachElement(y.dims, BroadcastStrides(b, y.dims), [&](int64_t i, int64_t at) {
    const float r = apply(out[i], fb[at]);
    out[i] = r < c.lo ? c.lo : r > c.hi ? c.hi : r;
  });
  Value v;
  v.Set(out);
  *data = std::move(v.data);
  return true;
}

bool Clamp(const Graph& g, const Node& n, std::vector<uint8_t>* data) {
  const Value& x = g.values[n.inputs[0]];
  if (x.dtype != DType::kF32) return false;
  const ClampRange c = n.Params<ClampParams>().clamp;
  Value v;
  std::vector<float> f = x.As<float>();
  for (float& r : f) r = r < c.lo ? c.lo : r > c.hi ? c.hi : r;
  v.Set(f);
  *data = std::move(v.data);
  return true;
}

void Slice(const Value& x, const Value& y, const SliceParams& p, std::vector<uint8_t>* data) {
  std::vector<int64_t> strides = DenseStrides(x.dims, x.dtype);
  int64_t offset = 0;
  for (size_t d = 0; d < strides.size(); ++d) {
    offset += p.begin[d] * strides[d];
    strides[d] *= p.step[d];
  }
  *data = GatherElements(x.data.data(), offset, y.dims, strides, DTypeBytes(x.dtype));
}

// Writes all elements of `x` into `data`, a tensor like `y`, with x's first element at position `begin`.
void PlaceElements(const Value& x, const std::vector<int64_t>& begin, const Value& y, std::vector<uint8_t>* data) {
  const std::vector<int64_t> strides = DenseStrides(y.dims, y.dtype);
  const size_t bytes = DTypeBytes(y.dtype);
  int64_t start = 0;
  for (size_t d = 0; d < begin.size(); ++d) start += begin[d] * strides[d];
  ForEachElement(x.dims, strides, [&](int64_t i, int64_t at) { std::memcpy(data->data() + start + at, x.data.data() + i * bytes, bytes); });
}

void Concat(const Graph& g, const Node& n, std::vector<uint8_t>* data) {
  const Value& y = g.values[n.outputs[0]];
  const int axis = n.Params<ConcatParams>().axis;
  data->assign(y.Bytes(), 0);
  std::vector<int64_t> begin(y.dims.size(), 0);
  for (int v : n.inputs) {
    PlaceElements(g.values[v], begin, y, data);
    begin[axis] += g.values[v].dims[axis];
  }
}

void Pad(const Value& x, const Value& y, const PadParams& p, std::vector<uint8_t>* data) {
  const size_t bytes = DTypeBytes(y.dtype);
  data->resize(y.Bytes());
  for (size_t at = 0; at < data->size(); at += bytes) std::memcpy(data->data() + at, p.value, bytes);
  PlaceElements(x, std::vector<int64_t>(p.before, p.before + y.dims.size()), y, data);
}

}  // namespace

std::vector<uint8_t> GatherElements(const uint8_t* source, int64_t offset, const std::vector<int64_t>& dims,
                                    const std::vector<int64_t>& strides, size_t element_bytes) {
  int64_t count = 1;
  for (int64_t d : dims) count *= d;
  std::vector<uint8_t> out(static_cast<size_t>(count) * element_bytes);
  ForEachElement(dims, strides, [&](int64_t i, int64_t at) {
    std::memcpy(out.data() + i * static_cast<int64_t>(element_bytes), source + offset + at, element_bytes);
  });
  return out;
}

Value TransposedConstant(const Value& v, const std::vector<int>& perm) {
  const std::vector<int64_t> dense = DenseStrides(v.dims, v.dtype);
  Value t;
  t.name = v.name;
  t.dtype = v.dtype;
  t.is_constant = true;
  t.quantization = v.quantization;
  std::vector<int64_t> strides;
  for (int d : perm) {
    t.dims.push_back(v.dims[d]);
    strides.push_back(dense[d]);
  }
  t.data = GatherElements(v.data.data(), 0, t.dims, strides, DTypeBytes(v.dtype));
  return t;
}

bool EvaluateConstantNode(const Graph& g, const Node& n, std::vector<uint8_t>* data) {
  const Value &x = g.values[n.inputs[0]], &y = g.values[n.outputs[0]];
  if (n.op == "reshape") return *data = x.data, true;
  if (n.op == "cast" && Cast(x, y, data)) return true;
  if (n.op == "add" || n.op == "sub" || n.op == "mul" || n.op == "div") return Binary(g, n, data);
  if (n.op == "clamp") return Clamp(g, n, data);
  if (n.op == "concat") return Concat(g, n, data), true;
  if (n.op == "slice") return Slice(x, y, n.Params<SliceParams>(), data), true;
  if (n.op == "pad") return Pad(x, y, n.Params<PadParams>(), data), true;
  if (n.op == "transpose") {
    const TransposeParams p = n.Params<TransposeParams>();
    *data = TransposedConstant(x, std::vector<int>(p.perm, p.perm + x.dims.size())).data;
    return true;
  }
  return graph::RunReference(g, n, kMaxReferenceWork, data);
}

}  // namespace adze::passes
