// SPDX-License-Identifier: Apache-2.0
// Tensors stored in ONNX files.
#include <cstring>

#include "models/graph/half.h"
#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

enum ElemType {
  kFloat = 1,
  kUint8 = 2,
  kInt8 = 3,
  kUint16 = 4,
  kInt16 = 5,
  kInt32 = 6,
  kInt64 = 7,
  kBool = 9,
  kFloat16 = 10,
  kDouble = 11,
  kUint32 = 12,
  kUint64 = 13,
  kBfloat16 = 16
};

template <typename To, typename Field>
Bytes Narrowed(const Field& field) {
  std::vector<To> out;
  out.reserve(static_cast<size_t>(field.size()));
  for (const auto v : field) out.push_back(static_cast<To>(v));
  return BytesOf(out);
}

Bytes TypedData(const onnx::Tensor& t) {
  switch (t.data_type()) {
    case kFloat: return Narrowed<float>(t.float_data());
    case kInt64: return Narrowed<int64_t>(t.int64_data());
    case kInt32: return Narrowed<int32_t>(t.int32_data());
    case kFloat16:
    case kBfloat16:
    case kInt16:
    case kUint16: return Narrowed<uint16_t>(t.int32_data());
    case kDouble: return Narrowed<double>(t.double_data());
    case kUint32: return Narrowed<uint32_t>(t.uint64_data());
    case kUint64: return Narrowed<uint64_t>(t.uint64_data());
    default: return Narrowed<uint8_t>(t.int32_data());
  }
}

// The stored elements as T, each turned into a float32.
template <typename T, typename Fn>
Bytes Floats(const Bytes& stored, const Fn& fn) {
  std::vector<float> out(stored.size() / sizeof(T));
  for (size_t i = 0; i < out.size(); ++i) {
    T element;
    std::memcpy(&element, stored.data() + i * sizeof(T), sizeof(T));
    out[i] = fn(element);
  }
  return BytesOf(out);
}

float FloatFromBfloat(uint16_t upper) {
  const uint32_t bits = static_cast<uint32_t>(upper) << 16;
  float f;
  std::memcpy(&f, &bits, sizeof(f));
  return f;
}

}  // namespace

DType OnnxDType(int elem_type) {
  switch (elem_type) {
    case kFloat: return DType::kF32;
    case kUint8: return DType::kU8;
    case kInt8: return DType::kI8;
    case kInt32: return DType::kI32;
    case kInt64: return DType::kI64;
    case kBool: return DType::kBool;
    case kFloat16: return DType::kF16;
    case kDouble: return DType::kF64;
    case kInt16: return DType::kI16;
    case kUint16: return DType::kU16;
    case kUint32: return DType::kU32;
    case kUint64: return DType::kU64;
    case kBfloat16: return DType::kBF16;
    default: break;
  }
  throw NodeError("ONNX element type " + std::to_string(elem_type) +
                  " is not supported; use float32, float64, float16, bfloat16, bool, or integers of 8 to 64 bits");
}

StoredTensor ReadTensor(const onnx::Tensor& t) {
  const std::string what = "tensor " + Quoted(t.name());
  if (t.data_location() != 0) throw NodeError(what + " lies in another file (external data); save the model as one file");
  const DType stored = OnnxDType(t.data_type());
  StoredTensor out;
  if (t.dims_size() > kMaxRank) throw NodeError(what + " has rank " + std::to_string(t.dims_size()) + "; at most 6 dims are supported");
  out.dims.assign(t.dims().begin(), t.dims().end());
  out.dtype = InsideDType(stored);
  const int64_t want = CheckedElements(out.dims, stored) * static_cast<int64_t>(DTypeBytes(stored));
  out.data = t.has_raw_data() ? Bytes(t.raw_data().begin(), t.raw_data().end()) : TypedData(t);
  if (static_cast<int64_t>(out.data.size()) != want) {
    throw DamageError(what + " of shape " + DimsText(out.dims) + " and dtype " + DTypeName(stored) + " needs " + std::to_string(want) +
                      " bytes but has " + std::to_string(out.data.size()) + "; the file is damaged");
  }
  if (stored == DType::kF16) out.data = Floats<uint16_t>(out.data, graph::FloatFromHalf);
  if (stored == DType::kBF16) out.data = Floats<uint16_t>(out.data, FloatFromBfloat);
  if (stored == DType::kBool) {
    for (uint8_t& b : out.data) b = b != 0;
  }
  return out;
}

}  // namespace adze::import
