// SPDX-License-Identifier: Apache-2.0
// ONNX files: parsing, the table of ops, and the walk over the nodes.
#include <algorithm>
#include <map>
#include <stdexcept>

#include "models/import/import.h"
#include "models/import/input_dims.h"
#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

constexpr int64_t kNewestOpset = 25;  // whose op texts this importer was written against

using OpTable = std::map<std::string, OnnxOp>;

const OpTable& Ops() {
  static const OpTable table = [] {
    OpTable t;
    for (const auto family : {OnnxActivationOps, OnnxBlockOps,  OnnxCompareOps, OnnxConvOps,   OnnxConvTransposeOps,
                              OnnxDetOps,        OnnxEinsumOps, OnnxFusedOps,   OnnxGridOps,   OnnxGroupNormOps,
                              OnnxIndexedOps,    OnnxReduceOps, OnnxPoolOps,    OnnxUnpoolOps, OnnxElementwiseOps,
                              OnnxRecurrentOps,  OnnxMathOps,   OnnxMatMulOps,  OnnxMlOps,     OnnxNormalizationOps,
                              OnnxReshapeOps,    OnnxSignalOps, OnnxSliceOps,   OnnxResizeOps, OnnxFoldShapeOps}) {
      for (const OnnxOp& op : family()) {
        if (!t.emplace(op.name, op).second) throw std::logic_error(std::string("two entries import the ONNX op ") + op.name);
      }
    }
    return t;
  }();
  return table;
}

bool IsStandard(const std::string& domain) { return domain.empty() || domain == "ai.onnx"; }

// Some exporters write -1 for an open dim.
std::vector<StatedDim> StatedDims(const onnx::ValueInfo& v) {
  if (!v.type().has_tensor_type()) throw NodeError("it is no tensor; sequences, maps and optionals are not supported");
  if (!v.type().tensor_type().has_shape()) throw NodeError("it has no shape; export the model with an input shape");
  std::vector<StatedDim> dims;
  if (v.type().tensor_type().shape().dim_size() > kMaxRank) throw NodeError("it has more than 6 dims");
  for (const onnx::Dimension& d : v.type().tensor_type().shape().dim()) {
    const bool open = !d.has_dim_value() || d.dim_value() < 0;
    dims.push_back({open ? -1 : d.dim_value(), d.dim_param()});
  }
  return dims;
}

class Importer {
 public:
  Importer(const onnx::Model& model, size_t bytes, const std::string& source, const InputShapes& shapes)
      : model_(model), findings_(source), input_dims_(shapes), builder_(source, bytes) {
    state_.graph = &model.graph();
    state_.builder = &builder_;
  }

  graph::Graph Run() {
    CheckModel();
    findings_.Throw();
    builder_.graph().name = state_.graph->name();
    CollectNames();
    BindInputs();
    AddInputs();
    ReserveOutputs();
    const OnnxOrder order = SortOnnxNodes(*state_.graph);
    for (const int i : order.nodes) ImportNode(i);
    for (const int i : order.stuck) CheckStuckNode(i);
    if (!order.cycle.empty()) ReportCycle(order.cycle);
    if (order.cycle.empty()) AddOutputs();
    findings_.Throw();
    return std::move(builder_.graph());
  }

 private:
  void CheckModel() {
    state_.opset = model_.ir_version() < 3 && model_.opset_import_size() == 0 ? 1 : 0;
    for (const onnx::OperatorSet& s : model_.opset_import()) {
      if (IsStandard(s.domain())) state_.opset = s.version();
    }
    // A model of classical learning may have no op of the standard set.
    const bool only_ml = model_.opset_import_size() == 1 && model_.opset_import(0).domain() == "ai.onnx.ml";
    if (only_ml) state_.opset = kNewestOpset;
    if (!model_.has_graph()) {
      findings_.Add(
          DamageError("it is neither a TFLite model (no TFL3 at byte 4) nor a whole ONNX model (no graph); give a .tflite or .onnx file"));
    } else if (state_.opset < 1) {
      findings_.Add(DamageError("it names no version of the standard operator set; the file is damaged"));
    } else if (state_.opset > kNewestOpset) {
      findings_.Add(NodeError("operator set " + std::to_string(state_.opset) +
                              " is newer than this importer knows; export the model with opset " + std::to_string(kNewestOpset) +
                              " or older"));
    }
    if (state_.graph->sparse_initializer_size() > 0)
      findings_.Add(NodeError("it holds sparse tensors, which are not supported; store them densely"));
  }

  void CollectNames() {
    for (const onnx::Tensor& t : state_.graph->initializer()) {
      if (!state_.initializers.emplace(t.name(), &t).second)
        findings_.Add(DamageError("two initializers have the name " + Quoted(t.name())));
    }
    for (const onnx::ValueInfo& v : state_.graph->value_info()) infos_.emplace(v.name(), &v);
    std::unordered_set<std::string> written;
    for (int i = 0; i < state_.graph->node_size(); ++i) {
      const onnx::Node& n = state_.graph->node(i);
      state_.consumed.insert(n.input().begin(), n.input().end());
      for (const std::string& name : n.output()) {
        if (name.empty()) continue;
        if (!written.insert(name).second || state_.initializers.count(name) != 0) {
          findings_.AddNode(static_cast<size_t>(i), n.name(), n.op_type(),
                            DamageError("its output " + Quoted(name) + " is written twice; the file is damaged"));
        }
      }
    }
    for (const onnx::ValueInfo& v : state_.graph->input()) {
      if (written.count(v.name()) != 0)
        findings_.Add(DamageError("the input " + Quoted(v.name()) + " is written by a node as well; the file is damaged"));
    }
    for (const onnx::ValueInfo& v : state_.graph->output()) state_.consumed.insert(v.name());
  }

  template <typename Step>
  void Try(const std::string& what, Step step) {
    try {
      step();
    } catch (const NodeError& e) {
      findings_.Add(e, what);
    }
  }

  // Declared inputs come first: they give symbols of all inputs their numbers.
  void BindInputs() {
    for (const onnx::ValueInfo& v : state_.graph->input()) {
      if (state_.initializers.count(v.name()) != 0) continue;
      Try("input " + Quoted(v.name()), [&] { input_dims_.Bind(v.name(), StatedDims(v)); });
    }
    input_dims_.ReportUnknown(&findings_);
  }

  void AddInputs() {
    for (const onnx::ValueInfo& v : state_.graph->input()) {
      if (state_.initializers.count(v.name()) != 0) continue;  // IR versions before 4 list constants among the inputs
      Try("input " + Quoted(v.name()), [&] {
        if (!builder_.ReserveName(v.name())) throw DamageError("two inputs have this name");
        state_.values[v.name()] = kUnknownValue;
        if (input_dims_.IsRefused(v.name())) return;
        const Dims dims = input_dims_.Of(v.name(), StatedDims(v));
        const DType dtype = OnnxDType(v.type().tensor_type().elem_type());
        int value = builder_.AddValue(v.name(), dtype, dims);
        builder_.graph().inputs.push_back(value);
        if (InsideDType(dtype) != dtype) {
          Lowering inside(&builder_, "", v.name());
          value = inside.CastTo(value, InsideDType(dtype));
          inside.NameNodes();
        }
        state_.values[v.name()] = value;
      });
    }
  }

  void ReserveOutputs() {
    if (state_.graph->output_size() == 0) findings_.Add(DamageError("the graph has no output"));
    std::unordered_set<std::string> inputs;
    for (const onnx::ValueInfo& v : state_.graph->input()) inputs.insert(v.name());
    for (const onnx::ValueInfo& v : state_.graph->output()) {
      Try("output " + Quoted(v.name()), [&] {
        // A few exporters leave the type out: it is then what the graph computes.
        const int elem_type = v.type().tensor_type().elem_type();
        const DType dtype = elem_type == 0 ? DType::kF32 : OnnxDType(elem_type);
        if (!state_.outputs.emplace(v.name(), dtype).second) throw DamageError("two outputs have this name");
        if (inputs.count(v.name()) == 0) builder_.ReserveName(v.name());
      });
    }
  }

  const OnnxOp& OpOf(const onnx::Node& n) const {
    const auto entry = Ops().find(IsStandard(n.domain()) ? n.op_type() : n.domain() + "." + n.op_type());
    if (entry == Ops().end() && !IsStandard(n.domain()))
      throw NodeError("ops of the domain " + Quoted(n.domain()) + " are not supported; rewrite the model without it");
    if (entry == Ops().end()) throw NodeError("this op is not supported; rewrite the model without it");
    return entry->second;
  }

  void ImportNode(int index) {
    const onnx::Node& n = state_.graph->node(index);
    try {
      const OnnxOp& op = OpOf(n);
      if (std::all_of(n.output().begin(), n.output().end(), [](const std::string& name) { return name.empty(); }))
        throw DamageError("it has no output");
      OnnxNode node(&state_, n);
      LowerNode(node, op.lower);
      node.RefuseUnreadAttributes();
      node.NameNodes();
      return;
    } catch (const NodeError& e) {
      findings_.AddNode(static_cast<size_t>(index), n.name(), n.op_type(), e);
    } catch (const UnknownInput&) {
    }
    for (const std::string& name : n.output()) {
      if (!name.empty()) MarkUnknown(name);
    }
  }

  // What a failed node would have written keeps the type that the file states, so that the nodes after it can be checked.
  void MarkUnknown(const std::string& name) {
    state_.values[name] = kUnknownValue;
    const auto info = infos_.find(name);
    if (info == infos_.end()) return;
    try {
      const DType dtype = OnnxDType(info->second->type().tensor_type().elem_type());
      state_.values[name] =
          builder_.AddAssumed(builder_.UniqueName(name), InsideDType(dtype), input_dims_.Of(name, StatedDims(*info->second)));
    } catch (const NodeError&) {
    }
  }

  void CheckStuckNode(int index) {
    const onnx::Node& n = state_.graph->node(index);
    try {
      OpOf(n);
    } catch (const NodeError& e) {
      findings_.AddNode(static_cast<size_t>(index), n.name(), n.op_type(), e);
    }
  }

  void ReportCycle(const std::vector<int>& cycle) {
    std::string text = "the graph has a cycle, so it cannot run:";
    for (size_t i = 0; i < cycle.size() && i < 10; ++i) {
      const onnx::Node& n = state_.graph->node(cycle[i]);
      text += std::string(i == 0 ? "" : ",") + " node " + std::to_string(cycle[i]) + " " + Quoted(n.name()) + " (" + n.op_type() + ")";
    }
    findings_.Add(DamageError(text + (cycle.size() > 10 ? ", ..." : "")));
  }

  void AddOutputs() {
    for (const onnx::ValueInfo& v : state_.graph->output()) {
      try {
        Try("output " + Quoted(v.name()), [&] {
          const int value = state_.ValueOf(v.name());
          const int elem_type = v.type().tensor_type().elem_type();
          builder_.AddOutput(value, v.name(), elem_type == 0 ? builder_.At(value).dtype : OnnxDType(elem_type));
        });
      } catch (const UnknownInput&) {
      }
    }
  }

  const onnx::Model& model_;
  std::unordered_map<std::string, const onnx::ValueInfo*> infos_;
  Findings findings_;
  InputDims input_dims_;
  GraphBuilder builder_;
  OnnxModel state_;
};

}  // namespace

graph::Graph ImportOnnx(const uint8_t* data, size_t bytes, const std::string& source, const InputShapes& shapes) {
  onnx::Model model;
  if (bytes > INT32_MAX || !model.ParseFromArray(data, static_cast<int>(bytes))) {
    throw graph::ImportError(source + ": is neither a TFLite model (no TFL3 at byte 4) nor a whole ONNX model; fetch or export it again");
  }
  return Importer(model, bytes, source, shapes).Run();
}

}  // namespace adze::import
