// SPDX-License-Identifier: Apache-2.0
// One TFLite operator while it is imported.
#include "models/import/tflite/context.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace adze::import {

const tflite::Tensor& TfliteModel::TensorAt(int64_t index) const {
  if (index < 0 || index >= static_cast<int64_t>(TensorCount()) || subgraph->tensors()->Get(static_cast<uint32_t>(index)) == nullptr) {
    throw DamageError("tensor " + std::to_string(index) + " does not exist; the file is damaged");
  }
  return *subgraph->tensors()->Get(static_cast<uint32_t>(index));
}

std::string TfliteModel::NameOf(int64_t index) const {
  const flatbuffers::String* name = TensorAt(index).name();
  return name == nullptr || name->size() == 0 ? "tensor_" + std::to_string(index) : name->str();
}

std::string TfliteModel::OutputName(int64_t index) {
  return reserved.count(index) != 0 ? NameOf(index) : builder->UniqueName(NameOf(index));
}

bool TfliteModel::IsStored(int64_t index) const {
  const uint32_t buffer = TensorAt(index).buffer();
  const auto* buffers = model->buffers();
  if (buffer == 0 || buffers == nullptr) return false;
  if (buffer >= buffers->size()) throw DamageError("buffer " + std::to_string(buffer) + " does not exist; the file is damaged");
  const tflite::Buffer& b = *buffers->Get(buffer);
  if (b.offset() > 1) throw NodeError("its weights lie behind the FlatBuffer (a model over 2 GB); that is not supported");
  return b.data() != nullptr && b.data()->size() > 0;
}

int TfliteModel::ValueOf(int64_t index) {
  const tflite::Tensor& tensor = TensorAt(index);
  int& value = values[static_cast<size_t>(index)];
  if (value >= 0) return value;
  if (value == kUnknownValue) throw UnknownInput();
  if (tensor.is_variable()) throw NodeError("tensor " + Quoted(NameOf(index)) + " is a variable; variables are not supported");
  if (!IsStored(index)) throw DamageError("tensor " + Quoted(NameOf(index)) + " is read before any node writes it");
  const auto* data = model->buffers()->Get(tensor.buffer())->data();
  const DType dtype = TfliteDType(tensor);
  const Dims dims = TfliteDims(tensor);
  Bytes bytes(data->begin(), data->end());
  if (tensor.sparsity() != nullptr) {
    builder->Charge(CheckedElements(dims, dtype) * static_cast<int64_t>(DTypeBytes(dtype)));
    bytes = DenseBytes(*tensor.sparsity(), dims, dtype, bytes);
  }
  if (static_cast<int64_t>(bytes.size()) != CheckedElements(dims, dtype) * static_cast<int64_t>(DTypeBytes(dtype))) {
    throw DamageError("constant " + Quoted(NameOf(index)) + " of shape " + DimsText(dims) + " and dtype " + DTypeName(dtype) + " has " +
                      std::to_string(data->size()) + " bytes");
  }
  value = builder->AddConstant(NameOf(index), dtype, dims, std::move(bytes));
  builder->graph().values.back().quantization = TfliteQuantization(tensor);
  return value;
}

DType TfliteDType(const tflite::Tensor& tensor) {
  switch (tensor.type()) {
    case tflite::TensorType_FLOAT32: return DType::kF32;
    case tflite::TensorType_FLOAT16: return DType::kF16;
    case tflite::TensorType_INT32: return DType::kI32;
    case tflite::TensorType_INT64: return DType::kI64;
    case tflite::TensorType_INT8: return DType::kI8;
    case tflite::TensorType_UINT8: return DType::kU8;
    case tflite::TensorType_BOOL: return DType::kBool;
    default: break;
  }
  throw NodeError("tensor type " + std::to_string(tensor.type()) + " (" + tflite::EnumNameTensorType(tensor.type()) +
                  ") is not supported; use float32, float16, int8, uint8, int32, int64 or bool");
}

Dims TfliteDims(const tflite::Tensor& tensor) {
  if (tensor.shape() == nullptr) return {};
  if (tensor.shape()->size() > static_cast<uint32_t>(kMaxRank))
    throw NodeError("a tensor of rank " + std::to_string(tensor.shape()->size()));
  return Dims(tensor.shape()->begin(), tensor.shape()->end());
}

graph::Quantization TfliteQuantization(const tflite::Tensor& tensor) {
  graph::Quantization q;
  const tflite::Quantization* stored = tensor.quantization();
  if (stored == nullptr) return q;
  if (stored->details_type() != 0) throw NodeError("a tensor has custom quantization; only affine quantization is supported");
  if (stored->scale() != nullptr) q.scale.assign(stored->scale()->begin(), stored->scale()->end());
  if (stored->zero_point() != nullptr) q.zero_point.assign(stored->zero_point()->begin(), stored->zero_point()->end());
  q.axis = stored->quantized_dimension();
  return q;
}

TfliteNode::TfliteNode(TfliteModel* model, const tflite::Operator& op, const std::string& name)
    : Lowering(model->builder, name, name), model_(model), op_(op) {}

int TfliteNode::InputCount() const { return op_.inputs() == nullptr ? 0 : static_cast<int>(op_.inputs()->size()); }

int64_t TfliteNode::TensorIndex(int i) const {
  if (i >= InputCount()) throw DamageError("input " + std::to_string(i) + " is missing");
  return op_.inputs()->Get(static_cast<uint32_t>(i));
}

bool TfliteNode::ReadsAssumed() const {
  for (int i = 0; i < InputCount(); ++i) {
    const int64_t tensor = TensorIndex(i);
    const bool exists = tensor >= 0 && tensor < static_cast<int64_t>(model_->values.size());
    if (exists && model_->builder->IsAssumed(model_->values[static_cast<size_t>(tensor)])) return true;
  }
  return false;
}

bool TfliteNode::HasInput(int i) const { return i < InputCount() && TensorIndex(i) >= 0; }

int TfliteNode::Input(int i) { return model_->ValueOf(TensorIndex(i)); }

int TfliteNode::FloatInput(int i) {
  const int value = Input(i);
  if (TypeOf(value) == DType::kF32) return value;
  throw NodeError("input " + std::to_string(i) + " has dtype " + DTypeName(TypeOf(value)) +
                  ", which is not supported for this op; convert the model to float32");
}

int TfliteNode::StateInput(int i) {
  const int64_t index = TensorIndex(i);
  if (!model_->TensorAt(index).is_variable()) return FloatInput(i);
  int64_t readers = 0;
  for (const tflite::Operator* op : *model_->subgraph->operators()) {
    if (op->inputs() != nullptr) readers += std::count(op->inputs()->begin(), op->inputs()->end(), static_cast<int32_t>(index));
  }
  if (readers == 1) return -1;
  throw NodeError("its state " + Quoted(model_->NameOf(index)) + " is read elsewhere too; variables are not supported");
}

int TfliteNode::MovedInput(int i) {
  const int x = Input(i);
  const graph::Quantization& in = builder().At(x).quantization;
  const graph::Quantization out = OutputQuantization();
  if (in.scale == out.scale && in.zero_point == out.zero_point) return x;
  throw NodeError("input and output are quantized differently; requantizing while moving elements is not supported");
}

int TfliteNode::ConstantInput(int i, const char* what) {
  const int value = Input(i);
  RequireConstant(value, what);
  return value;
}

std::vector<int64_t> TfliteNode::IntsInput(int i, const char* what) { return IntsOf(Input(i), what); }

Bytes TfliteNode::ZeroElement(int x) const {
  const graph::Value& v = model_->builder->At(x);
  Bytes element(DTypeBytes(v.dtype), 0);
  const bool quantized = (v.dtype == DType::kI8 || v.dtype == DType::kU8) && !v.quantization.zero_point.empty();
  if (quantized) element[0] = static_cast<uint8_t>(v.quantization.zero_point[0]);
  return element;
}

int TfliteNode::OutputCount() const { return static_cast<int>(op_.outputs()->size()); }

DType TfliteNode::OutputDType() const { return TfliteDType(model_->TensorAt(op_.outputs()->Get(0))); }

graph::Quantization TfliteNode::OutputQuantization() const { return TfliteQuantization(model_->TensorAt(op_.outputs()->Get(0))); }

void TfliteNode::SetOutputAt(int i, int value) {
  const int64_t tensor = op_.outputs()->Get(static_cast<uint32_t>(i));
  if (TypeOf(value) != TfliteDType(model_->TensorAt(tensor))) {
    throw NodeError("its output is stored as " + std::string(DTypeName(TfliteDType(model_->TensorAt(tensor)))) + " but the op gives " +
                    DTypeName(TypeOf(value)));
  }
  model_->values[static_cast<size_t>(tensor)] = value;
  if (!Made(value)) return;
  graph::Value& v = builder().graph().values[static_cast<size_t>(value)];
  v.name = model_->OutputName(tensor);
  v.quantization = TfliteQuantization(model_->TensorAt(tensor));
}

Bytes TfliteNode::CustomOptions() const {
  return op_.custom_options() == nullptr ? Bytes() : Bytes(op_.custom_options()->begin(), op_.custom_options()->end());
}

void PlaceWindows(tflite::Padding padding, WindowDim* w, int count) {
  if (padding != tflite::Padding_SAME && padding != tflite::Padding_VALID) throw NodeError("unknown padding; use SAME or VALID");
  for (int i = 0; i < count; ++i) {
    if (padding == tflite::Padding_SAME) PadSame(&w[i], false);
    CheckWindow(w[i]);
  }
}

ClampRange ActivationRange(tflite::Activation activation) {
  switch (activation) {
    case tflite::Activation_NONE: return {};
    case tflite::Activation_RELU: return {0, INFINITY};
    case tflite::Activation_RELU6: return {0, 6};
    case tflite::Activation_RELU_N1_TO_1: return {-1, 1};
    default: break;
  }
  throw NodeError("fused activation " + std::to_string(activation) + " (" + tflite::EnumNameActivation(activation) +
                  ") is not supported; use NONE, RELU, RELU6 or RELU_N1_TO_1");
}

}  // namespace adze::import
