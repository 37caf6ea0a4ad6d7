// SPDX-License-Identifier: Apache-2.0
// TFLite files: verification, the table of ops, and the walk over the operators.
#include <algorithm>
#include <map>
#include <stdexcept>

#include "models/import/import.h"
#include "models/import/input_dims.h"
#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

using OpTable = std::map<int, TfliteOp>;

const OpTable& Ops() {
  static const OpTable table = [] {
    OpTable t;
    for (const auto family :
         {TfliteBatchMatMulOps, TfliteBlockOps, TfliteCompareOps, TfliteConvOps, TfliteConv3dOps, TfliteConvTransposeOps,
          TfliteFullyConnectedOps, TfliteIndexedOps, TflitePoolOps, TfliteElementwiseOps, TfliteMathOps, TfliteRecurrentOps,
          TfliteReduceOps, TfliteReshapeOps, TfliteShapeOps, TfliteSliceOps, TfliteSparseOps, TfliteResizeOps, TfliteCastOps}) {
      for (const TfliteOp& op : family()) {
        if (!t.emplace(op.code, op).second) throw std::logic_error(std::string("two entries import the TFLite op ") + op.name);
      }
    }
    return t;
  }();
  return table;
}

const tflite::Model* VerifiedModel(const uint8_t* data, size_t bytes, const std::string& source) {
  // The largest tables of real models hold some ten thousand entries; depth is 6 in the schema.
  flatbuffers::Verifier verifier(data, bytes, 64, 4000000);
  if (bytes < 8 || !tflite::VerifyModelBuffer(verifier)) {
    throw graph::ImportError(source + ": the file is damaged or cut short: its FlatBuffer does not verify; fetch or convert it again");
  }
  return tflite::GetModel(data);
}

class Importer {
 public:
  Importer(const tflite::Model* model, size_t bytes, const std::string& source, const InputShapes& shapes)
      : findings_(source), input_dims_(shapes), builder_(source, bytes) {
    state_.model = model;
    state_.builder = &builder_;
  }

  graph::Graph Run() {
    CheckModel();
    findings_.Throw();
    state_.subgraph = state_.model->subgraphs()->Get(0);
    state_.values.assign(state_.TensorCount(), -1);
    if (state_.subgraph->name() != nullptr) builder_.graph().name = state_.subgraph->name()->str();
    AddInputs();
    ReserveOutputs();
    const auto* operators = state_.subgraph->operators();
    for (uint32_t i = 0; operators != nullptr && i < operators->size(); ++i) ImportOperator(i, *operators->Get(i));
    AddOutputs();
    findings_.Throw();
    return std::move(builder_.graph());
  }

 private:
  void CheckModel() {
    const tflite::Model& m = *state_.model;
    if (m.version() != 3)
      findings_.Add(NodeError("schema version " + std::to_string(m.version()) + " is not supported; convert the model to version 3"));
    const size_t subgraphs = m.subgraphs() == nullptr ? 0 : m.subgraphs()->size();
    if (subgraphs == 0) findings_.Add(DamageError("it has no subgraph; the file is damaged"));
    if (subgraphs > 1) {
      findings_.Add(NodeError("it has " + std::to_string(subgraphs) +
                              " subgraphs; control flow and several signatures are not supported, export one signature"));
    }
  }

  // Runs `step`; what it throws becomes a finding on `what`.
  template <typename Step>
  void Try(const std::string& what, Step step) {
    try {
      step();
    } catch (const NodeError& e) {
      findings_.Add(e, what);
    }
  }

  void AddInputs() {
    const auto* inputs = state_.subgraph->inputs();
    for (uint32_t i = 0; inputs != nullptr && i < inputs->size(); ++i) {
      Try("input " + std::to_string(i), [&] {
        const int64_t index = inputs->Get(i);
        const tflite::Tensor& tensor = state_.TensorAt(index);
        int& value = state_.values[static_cast<size_t>(index)];
        const std::string name = state_.NameOf(index);
        if (value != -1) throw DamageError("tensor " + Quoted(name) + " is an input twice");
        value = kUnknownValue;
        if (state_.IsStored(index)) throw DamageError("tensor " + Quoted(name) + " is an input but has data in the file");
        if (!builder_.ReserveName(name)) throw NodeError("two inputs have the name " + Quoted(name));
        state_.reserved.insert(index);
        value = builder_.AddValue(name, TfliteDType(tensor), DimsOfInput(name, tensor));
        builder_.graph().values.back().quantization = TfliteQuantization(tensor);
        builder_.graph().inputs.push_back(value);
      });
    }
    input_dims_.ReportUnknown(&findings_);
  }

  // The stored shape serves where nothing is declared. The signature, where there is one, says which dims are open; without it all are.
  Dims DimsOfInput(const std::string& name, const tflite::Tensor& tensor) {
    const Dims stored = TfliteDims(tensor);
    const auto* signature = tensor.shape_signature();
    const bool has_signature = signature != nullptr && signature->size() == stored.size();
    std::vector<StatedDim> stated(stored.size());
    for (size_t d = 0; has_signature && d < stored.size(); ++d) stated[d].number = signature->Get(static_cast<uint32_t>(d));
    input_dims_.Bind(name, stated);
    return input_dims_.IsDeclared(name) ? input_dims_.Of(name, stated) : stored;
  }

  void ReserveOutputs() {
    const auto* outputs = state_.subgraph->outputs();
    if (outputs == nullptr || outputs->size() == 0) findings_.Add(DamageError("the graph has no output"));
    for (uint32_t i = 0; outputs != nullptr && i < outputs->size(); ++i) {
      Try("output " + std::to_string(i), [&] {
        const int64_t index = outputs->Get(i);
        state_.TensorAt(index);
        for (uint32_t j = 0; j < i; ++j) {
          if (outputs->Get(j) == index) throw NodeError("tensor " + Quoted(state_.NameOf(index)) + " is an output twice");
        }
        if (state_.reserved.count(index) != 0) return;  // an input given out again
        if (!builder_.ReserveName(state_.NameOf(index)))
          throw NodeError("two outputs or inputs have the name " + Quoted(state_.NameOf(index)));
        state_.reserved.insert(index);
      });
    }
  }

  void ImportOperator(uint32_t index, const tflite::Operator& op) {
    std::string op_name = "unknown op", name;
    try {
      const int code = CodeOf(op, &op_name);
      CheckOutputs(op);
      name = state_.NameOf(op.outputs()->Get(0));
      const TfliteOp* entry = code == kTfliteCustom ? FindTfliteCustomOp(CustomName(op)) : FindOp(code);
      if (entry == nullptr) throw NodeError("this op is not supported; rewrite the model without it");
      if (op.outputs()->size() != 1 && !entry->many_outputs)
        throw NodeError("it has " + std::to_string(op.outputs()->size()) + " outputs where 1 is due");
      TfliteNode node(&state_, op, name);
      LowerNode(node, entry->lower);
      node.NameNodes();
      return;
    } catch (const NodeError& e) {
      findings_.AddNode(index, name, op_name, e);
    } catch (const UnknownInput&) {
    }
    MarkOutputs(op);
  }

  static const TfliteOp* FindOp(int code) {
    const auto entry = Ops().find(code);
    return entry == Ops().end() ? nullptr : &entry->second;
  }

  std::string CustomName(const tflite::Operator& op) const {
    const auto* name = state_.model->operator_codes()->Get(op.opcode_index())->custom_code();
    return name == nullptr ? std::string() : name->str();
  }

  int CodeOf(const tflite::Operator& op, std::string* op_name) const {
    const auto* codes = state_.model->operator_codes();
    if (codes == nullptr || op.opcode_index() >= codes->size()) throw DamageError("its op code does not exist; the file is damaged");
    const tflite::OperatorCode& code = *codes->Get(op.opcode_index());
    const int builtin = std::max<int>(code.old_builtin_code(), code.builtin_code());
    *op_name = TfliteOpName(builtin);
    if (code.custom_code() != nullptr && *op_name == "CUSTOM") *op_name = "custom op " + code.custom_code()->str();
    return builtin;
  }

  void CheckOutputs(const tflite::Operator& op) const {
    const size_t count = op.outputs() == nullptr ? 0 : op.outputs()->size();
    if (count == 0) throw DamageError("it has no output");
    for (const int32_t tensor : *op.outputs()) {
      if (state_.IsStored(tensor)) throw DamageError("it writes the constant " + Quoted(state_.NameOf(tensor)));
      if (state_.values[static_cast<size_t>(tensor)] != -1)
        throw DamageError("tensor " + Quoted(state_.NameOf(tensor)) + " is written twice");
    }
  }

  // What a failed node would have written keeps its stored type, so that the nodes after it can be checked.
  void MarkOutputs(const tflite::Operator& op) {
    if (op.outputs() == nullptr) return;
    for (const int32_t tensor : *op.outputs()) {
      if (tensor < 0 || static_cast<size_t>(tensor) >= state_.values.size()) continue;
      int& value = state_.values[static_cast<size_t>(tensor)];
      if (value != -1) continue;
      value = kUnknownValue;
      try {
        const tflite::Tensor& stored = state_.TensorAt(tensor);
        value = builder_.AddAssumed(state_.OutputName(tensor), TfliteDType(stored), TfliteDims(stored));
        builder_.graph().values.back().quantization = TfliteQuantization(stored);
      } catch (const NodeError&) {
      }
    }
  }

  void AddOutputs() {
    const auto* outputs = state_.subgraph->outputs();
    for (uint32_t i = 0; outputs != nullptr && i < outputs->size(); ++i) {
      try {
        Try("output " + std::to_string(i), [&] {
          const int64_t tensor = outputs->Get(i);
          builder_.AddOutput(state_.ValueOf(tensor), state_.NameOf(tensor), TfliteDType(state_.TensorAt(tensor)));
          builder_.graph().values[static_cast<size_t>(builder_.graph().outputs.back())].quantization =
              TfliteQuantization(state_.TensorAt(tensor));
        });
      } catch (const UnknownInput&) {
      }
    }
  }

  Findings findings_;
  InputDims input_dims_;
  GraphBuilder builder_;
  TfliteModel state_;
};

}  // namespace

graph::Graph ImportTflite(const uint8_t* data, size_t bytes, const std::string& source, const InputShapes& shapes) {
  return Importer(VerifiedModel(data, bytes, source), bytes, source, shapes).Run();
}

}  // namespace adze::import
