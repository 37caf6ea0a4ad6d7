// SPDX-License-Identifier: Apache-2.0
// Tensors stored in ONNX files.
#include "models/graph/half.h"
#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

enum ElemType { kFloat = 1, kUint8 = 2, kInt8 = 3, kInt32 = 6, kInt64 = 7, kBool = 9, kFloat16 = 10 };

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
    case kFloat16: return Narrowed<uint16_t>(t.int32_data());
    default: return Narrowed<uint8_t>(t.int32_data());
  }
}

Bytes Widened(const Bytes& halves) {
  std::vector<float> out(halves.size() / 2);
  for (size_t i = 0; i < out.size(); ++i) out[i] = graph::FloatFromHalf(static_cast<uint16_t>(halves[2 * i] | halves[2 * i + 1] << 8));
  return BytesOf(out);
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
    default: break;
  }
  throw NodeError("ONNX element type " + std::to_string(elem_type) +
                  " is not supported; use float32, float16, int8, uint8, int32, int64 or bool");
}

StoredTensor ReadTensor(const onnx::Tensor& t) {
  const std::string what = "tensor " + Quoted(t.name());
  if (t.data_location() != 0) throw NodeError(what + " lies in another file (external data); save the model as one file");
  const DType stored = OnnxDType(t.data_type());
  StoredTensor out;
  if (t.dims_size() > kMaxRank) throw NodeError(what + " has rank " + std::to_string(t.dims_size()) + "; at most 6 dims are supported");
  out.dims.assign(t.dims().begin(), t.dims().end());
  out.dtype = stored == DType::kF16 ? DType::kF32 : stored;
  const int64_t want = CheckedElements(out.dims, stored) * static_cast<int64_t>(DTypeBytes(stored));
  out.data = t.has_raw_data() ? Bytes(t.raw_data().begin(), t.raw_data().end()) : TypedData(t);
  if (static_cast<int64_t>(out.data.size()) != want) {
    throw DamageError(what + " of shape " + DimsText(out.dims) + " and dtype " + DTypeName(stored) + " needs " + std::to_string(want) +
                      " bytes but has " + std::to_string(out.data.size()) + "; the file is damaged");
  }
  if (stored == DType::kF16) out.data = Widened(out.data);
  if (stored == DType::kBool) {
    for (uint8_t& b : out.data) b = b != 0;
  }
  return out;
}

}  // namespace adze::import
