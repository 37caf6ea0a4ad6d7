// SPDX-License-Identifier: Apache-2.0
// Arithmetic of constants at import, in the dtype that the model says: Add, Sub, Mul, Div, Floor, Ceil, Cast.
#include <algorithm>
#include <cmath>
#include <limits>

#include "models/graph/half.h"
#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

constexpr int kElemFloat16 = 10;

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

float Apply(char op, float a, float b) { return op == 'A' ? a + b : op == 'S' ? a - b : op == 'M' ? a * b : a / b; }

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

void Rounded(OnnxNode& node, float (*round)(float)) {
  const int x = node.Input(0);
  std::vector<float> v = node.FloatsOf(x, "the input");
  CheckFolded(node.DimsOf(x), DType::kF32);
  for (float& f : v) f = round(f);
  node.SetOutput(node.FloatConstant("folded", node.DimsOf(x), v));
}

void Floor(OnnxNode& node) { Rounded(node, std::floor); }
void Ceil(OnnxNode& node) { Rounded(node, std::ceil); }

// A number of any dtype: exact for what shape arithmetic meets (|integers| up to 2^53).
std::vector<double> Numbers(const OnnxNode& node, int x) {
  std::vector<double> out;
  const Bytes& data = node.DataOf(x);
  const size_t size = DTypeBytes(node.TypeOf(x));
  for (size_t at = 0; at < data.size(); at += size) {
    int64_t i64 = 0;
    int32_t i32 = 0;
    float f32 = 0;
    switch (node.TypeOf(x)) {
      case DType::kF32:
        std::memcpy(&f32, &data[at], 4);
        out.push_back(static_cast<double>(f32));
        break;
      case DType::kI64:
        std::memcpy(&i64, &data[at], 8);
        out.push_back(static_cast<double>(i64));
        break;
      case DType::kI32:
        std::memcpy(&i32, &data[at], 4);
        out.push_back(i32);
        break;
      case DType::kI8: out.push_back(static_cast<int8_t>(data[at])); break;
      default: out.push_back(data[at]); break;
    }
  }
  return out;
}

template <typename T>
Bytes Converted(const std::vector<double>& v) {
  std::vector<T> out;
  for (const double d : v) {
    const bool integral = std::is_integral<T>::value;
    // 2^63 itself is no int64; NaN fails both comparisons.
    if (integral && !(d > static_cast<double>(std::numeric_limits<T>::min()) - 1 &&
                      d < static_cast<double>(std::numeric_limits<T>::max()) + 1 && d < 9.2233720368547758e18)) {
      throw NodeError("the value " + std::to_string(d) + " does not fit the dtype it is cast to");
    }
    out.push_back(static_cast<T>(d));
  }
  return BytesOf(out);
}

Bytes CastBytes(const std::vector<double>& v, DType to) {
  switch (to) {
    case DType::kI64: return Converted<int64_t>(v);
    case DType::kI32: return Converted<int32_t>(v);
    case DType::kI8: return Converted<int8_t>(v);
    case DType::kU8: return Converted<uint8_t>(v);
    case DType::kBool: {
      Bytes out;
      for (const double d : v) out.push_back(d != 0);
      return out;
    }
    default: return Converted<float>(v);
  }
}

void Cast(OnnxNode& node) {
  node.IgnoreAttributes({"saturate", "round_mode"});  // of float8 only
  const int64_t stored = node.IntAttribute("to", 0);
  const bool half = stored == kElemFloat16;
  const DType to = half ? DType::kF32 : OnnxDType(static_cast<int>(std::clamp<int64_t>(stored, 0, 1000)));
  const int x = node.Input(0);
  const DType from = node.TypeOf(x);
  if (from == to && !(half && node.IsConstant(x))) return node.SetOutput(x);
  if (!node.IsConstant(x)) {
    throw NodeError(std::string("a cast from ") + DTypeName(from) + " to " + DTypeName(to) +
                    " is not supported; only float16 and float32 are");
  }
  CheckFolded(node.DimsOf(x), to);
  std::vector<double> numbers = Numbers(node, x);
  for (double& d : numbers) {
    if (half) d = static_cast<double>(graph::FloatFromHalf(graph::HalfFromFloat(static_cast<float>(d))));
  }
  node.SetOutput(node.Constant("cast", to, node.DimsOf(x), CastBytes(numbers, to)));
}

}  // namespace

int FoldBinary(OnnxNode& node, const std::string& op, int a, int b) {
  const DType dtype = node.TypeOf(a);
  if (node.TypeOf(b) != dtype)
    throw ContradictionError(std::string("operands of ") + DTypeName(dtype) + " and " + DTypeName(node.TypeOf(b)));
  const Dims out = BroadcastDims(node.DimsOf(a), node.DimsOf(b));
  CheckFolded(out, dtype);
  if (dtype == DType::kF32) return Fold<float, float>(node, op[0], a, b, out);
  if (dtype == DType::kI64) return Fold<int64_t, int64_t>(node, op[0], a, b, out);
  if (dtype == DType::kI32) return Fold<int32_t, int64_t>(node, op[0], a, b, out);
  throw NodeError(std::string("arithmetic on ") + DTypeName(dtype) + " is not supported");
}

std::vector<OnnxOp> OnnxFoldArithmeticOps() { return {{"Floor", Floor}, {"Ceil", Ceil}, {"Cast", Cast}}; }

}  // namespace adze::import
