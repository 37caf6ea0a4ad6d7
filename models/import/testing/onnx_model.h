// SPDX-License-Identifier: Apache-2.0
// Tiny ONNX models for tests, built through protobuf.
#pragma once

#include <string>
#include <vector>

#include "models/graph/graph.h"
#include "models/import/import.h"
#include "models/import/onnx/onnx.pb.h"

namespace adze::import {

class OnnxModelBuilder {
 public:
  explicit OnnxModelBuilder(int64_t opset = 13) {
    model_.set_ir_version(7);
    model_.add_opset_import()->set_version(opset);
    model_.mutable_graph()->set_name("test");
  }
  onnx::Model& model() { return model_; }

  void Input(const std::string& name, const std::vector<int64_t>& dims, int elem_type = 1) {
    Describe(model_.mutable_graph()->add_input(), name, dims, elem_type);
  }
  void Output(const std::string& name, int elem_type = 1) { Describe(model_.mutable_graph()->add_output(), name, {}, elem_type); }
  // What the file says of a value between nodes.
  void Stated(const std::string& name, const std::vector<int64_t>& dims) {
    Describe(model_.mutable_graph()->add_value_info(), name, dims, 1);
  }
  void Floats(const std::string& name, const std::vector<int64_t>& dims, const std::vector<float>& data) {
    onnx::Tensor* t = model_.mutable_graph()->add_initializer();
    t->set_name(name);
    t->set_data_type(1);
    for (const int64_t d : dims) t->add_dims(d);
    for (const float v : data) t->add_float_data(v);
  }
  // A float32 tensor of ones.
  void Ones(const std::string& name, const std::vector<int64_t>& dims) {
    int64_t n = 1;
    for (const int64_t d : dims) n *= d;
    Floats(name, dims, std::vector<float>(static_cast<size_t>(n), 1.0f));
  }
  void Ints(const std::string& name, const std::vector<int64_t>& data) {
    onnx::Tensor* t = model_.mutable_graph()->add_initializer();
    t->set_name(name);
    t->set_data_type(7);
    t->add_dims(static_cast<int64_t>(data.size()));
    for (const int64_t v : data) t->add_int64_data(v);
  }
  onnx::Node* Node(const std::string& op, const std::vector<std::string>& inputs, const std::string& output) {
    onnx::Node* n = model_.mutable_graph()->add_node();
    n->set_op_type(op);
    n->set_name(output + "_node");
    for (const std::string& i : inputs) n->add_input(i);
    n->add_output(output);
    return n;
  }
  std::string Bytes() const { return model_.SerializeAsString(); }
  graph::Graph Import() const {
    const std::string bytes = Bytes();
    return ImportOnnx(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), "m.onnx");
  }
  // The report of the failed import, or "" if it succeeds.
  std::string Report() const {
    try {
      Import();
    } catch (const graph::ImportError& e) {
      return e.what();
    }
    return "";
  }

 private:
  static void Describe(onnx::ValueInfo* v, const std::string& name, const std::vector<int64_t>& dims, int elem_type) {
    v->set_name(name);
    onnx::TensorType* t = v->mutable_type()->mutable_tensor_type();
    t->set_elem_type(elem_type);
    for (const int64_t d : dims) t->mutable_shape()->add_dim()->set_dim_value(d);
  }

  onnx::Model model_;
};

inline void SetInt(onnx::Node* n, const std::string& name, int64_t value) {
  onnx::Attribute* a = n->add_attribute();
  a->set_name(name);
  a->set_type(2);
  a->set_i(value);
}
inline void SetFloat(onnx::Node* n, const std::string& name, float value) {
  onnx::Attribute* a = n->add_attribute();
  a->set_name(name);
  a->set_type(1);
  a->set_f(value);
}
inline void SetString(onnx::Node* n, const std::string& name, const std::string& value) {
  onnx::Attribute* a = n->add_attribute();
  a->set_name(name);
  a->set_type(3);
  a->set_s(value);
}
inline void SetInts(onnx::Node* n, const std::string& name, const std::vector<int64_t>& values) {
  onnx::Attribute* a = n->add_attribute();
  a->set_name(name);
  a->set_type(7);
  for (const int64_t v : values) a->add_ints(v);
}

// The only node of the graph with this op; a test failure is an exception here.
inline const graph::Node& Only(const graph::Graph& g, const std::string& op) {
  const graph::Node* found = nullptr;
  for (const graph::Node& n : g.nodes) {
    if (n.op != op) continue;
    if (found != nullptr) throw std::logic_error("two nodes of op " + op);
    found = &n;
  }
  if (found == nullptr) throw std::logic_error("no node of op " + op);
  return *found;
}

inline const std::vector<int64_t>& OutDims(const graph::Graph& g, const graph::Node& n) {
  return g.values[static_cast<size_t>(n.outputs.at(0))].dims;
}
inline const graph::Value& OutputValue(const graph::Graph& g, size_t i = 0) { return g.values[static_cast<size_t>(g.outputs.at(i))]; }

}  // namespace adze::import
