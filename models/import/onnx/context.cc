// SPDX-License-Identifier: Apache-2.0
// One ONNX node while it is imported.
#include "models/import/onnx/context.h"

#include <algorithm>

namespace adze::import {
namespace {

enum AttributeType { kFloat = 1, kInt = 2, kString = 3, kTensor = 4, kFloats = 6, kInts = 7, kStrings = 8 };

std::string FirstOutput(const onnx::Node& node) {
  for (const std::string& name : node.output()) {
    if (!name.empty()) return name;
  }
  return "";
}

}  // namespace

int OnnxModel::ValueOf(const std::string& name) {
  const auto found = values.find(name);
  if (found != values.end()) {
    if (found->second == kUnknownValue) throw UnknownInput();
    return found->second;
  }
  const auto stored = initializers.find(name);
  if (stored == initializers.end()) throw DamageError("its input " + Quoted(name) + " is written by no node; the file is damaged");
  const onnx::Tensor& tensor = *stored->second;
  builder->Charge(static_cast<int64_t>(tensor.raw_data().size()));
  StoredTensor read = ReadTensor(tensor);
  const int value = builder->AddConstant(name, read.dtype, read.dims, std::move(read.data));
  values[name] = value;
  return value;
}

OnnxNode::OnnxNode(OnnxModel* model, const onnx::Node& node)
    : Lowering(model->builder, node.name(), FirstOutput(node)), model_(model), node_(node) {}

const onnx::Attribute* OnnxNode::Find(const char* name, int type) {
  for (const onnx::Attribute& a : node_.attribute()) {
    if (a.name() != name) continue;
    read_.insert(name);
    if (a.type() != 0 && a.type() != type) {
      throw DamageError("attribute " + std::string(name) + " has the type " + std::to_string(a.type()) + " where " + std::to_string(type) +
                        " is due");
    }
    return &a;
  }
  return nullptr;
}

bool OnnxNode::HasAttribute(const char* name) const {
  for (const onnx::Attribute& a : node_.attribute()) {
    if (a.name() == name) return true;
  }
  return false;
}

int64_t OnnxNode::IntAttribute(const char* name, int64_t otherwise) {
  const onnx::Attribute* a = Find(name, kInt);
  return a == nullptr ? otherwise : a->i();
}

float OnnxNode::FloatAttribute(const char* name, float otherwise) {
  const onnx::Attribute* a = Find(name, kFloat);
  return a == nullptr ? otherwise : a->f();
}

std::string OnnxNode::StringAttribute(const char* name, const std::string& otherwise) {
  const onnx::Attribute* a = Find(name, kString);
  return a == nullptr ? otherwise : a->s();
}

std::vector<int64_t> OnnxNode::IntsAttribute(const char* name) {
  const onnx::Attribute* a = Find(name, kInts);
  return a == nullptr ? std::vector<int64_t>() : std::vector<int64_t>(a->ints().begin(), a->ints().end());
}

std::vector<std::string> OnnxNode::StringsAttribute(const char* name) {
  const onnx::Attribute* a = Find(name, kStrings);
  return a == nullptr ? std::vector<std::string>() : std::vector<std::string>(a->strings().begin(), a->strings().end());
}

std::vector<float> OnnxNode::FloatsAttribute(const char* name) {
  const onnx::Attribute* a = Find(name, kFloats);
  return a == nullptr ? std::vector<float>() : std::vector<float>(a->floats().begin(), a->floats().end());
}

const onnx::Tensor* OnnxNode::TensorAttribute(const char* name) {
  const onnx::Attribute* a = Find(name, kTensor);
  return a == nullptr ? nullptr : &a->t();
}

void OnnxNode::IgnoreAttributes(std::initializer_list<const char*> names) { read_.insert(names.begin(), names.end()); }

void OnnxNode::RefuseUnreadAttributes() const {
  for (const onnx::Attribute& a : node_.attribute()) {
    if (read_.count(a.name()) == 0) {
      throw NodeError("attribute " + Quoted(a.name()) + " is not known for this op in opset " + std::to_string(model_->opset) +
                      "; remove it, or export the model anew");
    }
  }
}

bool OnnxNode::ReadsAssumed() const {
  return std::any_of(node_.input().begin(), node_.input().end(), [&](const std::string& name) {
    const auto found = model_->values.find(name);
    return found != model_->values.end() && model_->builder->IsAssumed(found->second);
  });
}

int OnnxNode::Input(int i) {
  if (!HasInput(i)) throw DamageError("input " + std::to_string(i) + " is missing");
  return model_->ValueOf(node_.input(i));
}

int OnnxNode::Narrowed(int x) {
  narrowed_ = narrowed_ || TypeOf(x) == DType::kF64;
  return AsFloat(x);
}

int OnnxNode::NumberInput(int i) {
  const int x = Input(i);
  return CastTo(x, ArithmeticDType(TypeOf(x)));
}

int OnnxNode::FloatInput(int i) {
  const int value = Narrowed(Input(i));
  if (TypeOf(value) == DType::kF32) return value;
  throw NodeError("input " + std::to_string(i) + " has dtype " + DTypeName(TypeOf(value)) +
                  ", which is not supported for this op; use float32");
}

int OnnxNode::WholeInput(int i) {
  const int x = Narrowed(Input(i));
  return CastTo(x, ArithmeticDType(TypeOf(x)));
}

int OnnxNode::ConstantInput(int i, const char* what) {
  const int value = Input(i);
  RequireConstant(value, what);
  return Narrowed(value);
}

std::vector<int64_t> OnnxNode::AttributeOrInput(const char* name, int input, int64_t last, bool* given) {
  if (opset() <= last) {
    *given = HasAttribute(name);
    return IntsAttribute(name);
  }
  *given = HasInput(input);
  return *given ? IntsInput(input, name) : std::vector<int64_t>();
}

int OnnxNode::ImageInput(int i) {
  const int x = FloatInput(i);
  const Dims dims = DimsOf(x);
  if (dims.size() == 3)
    throw NodeError("one-dimensional windows are not supported; add a dim of 1 (Unsqueeze) and use the two-dimensional op");
  if (dims.size() < 3) throw ContradictionError("the input has shape " + DimsText(dims) + "; it must be [N, C, H, W]");
  if (dims.size() != 4) throw NodeError("the input has shape " + DimsText(dims) + "; it must be [N, C, H, W]");
  if (dims[1] < 1 || dims[2] < 1 || dims[3] < 1) throw NodeError("the input has shape " + DimsText(dims) + "; its dims must be at least 1");
  return x;
}

void OnnxNode::SetOutputAt(int i, int value) {
  const std::string& name = node_.output(i);
  if (name.empty()) return;
  if (narrowed_ && TypeOf(value) == DType::kF32) value = AsDouble(value);
  model_->values[name] = value;
  if (!Made(value)) return;
  const auto kept = model_->outputs.find(name);
  const bool plain_output = kept != model_->outputs.end() && kept->second == TypeOf(value) && !IsConstant(value);
  builder().graph().values[static_cast<size_t>(value)].name = plain_output ? name : builder().UniqueName(name);
}

bool OnnxNode::OutputIsUsed(int i) const {
  return i < node_.output_size() && !node_.output(i).empty() && model_->consumed.count(node_.output(i)) != 0;
}

void OnnxNode::RefuseOutput(int i, const char* what) const {
  if (OutputIsUsed(i)) throw NodeError("its output " + std::string(what) + " is used, which is not supported");
}

}  // namespace adze::import
