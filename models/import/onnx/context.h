// SPDX-License-Identifier: Apache-2.0
// One ONNX node while it is imported: its attributes, its inputs, and the steps to express it in Adze's ops. Inside the graph float16 and bfloat16
// are float32; values keep ONNX's own order of dims, and layout-sensitive ops stand between transposes.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "models/import/lowering.h"
#include "models/import/onnx/onnx.pb.h"

namespace adze::import {

// The dtype for an ONNX element type; NodeError for those that Adze has not.
DType OnnxDType(int elem_type);
// A stored tensor as bytes of its dtype, float16 and bfloat16 widened to float32. NodeError where sizes disagree.
struct StoredTensor {
  DType dtype = DType::kF32;
  Dims dims;
  Bytes data;
};
StoredTensor ReadTensor(const onnx::Tensor& tensor);

// The model and which value stands for which name.
struct OnnxModel {
  const onnx::Graph* graph;
  GraphBuilder* builder;
  int64_t opset;
  std::unordered_map<std::string, int> values;
  std::unordered_map<std::string, const onnx::Tensor*> initializers;
  std::unordered_set<std::string> consumed;        // names that a node or the graph's output reads
  std::unordered_map<std::string, DType> outputs;  // names that are kept for outputs, and their dtypes

  // The value of a name; reads initializers on first use.
  int ValueOf(const std::string& name);
};

class OnnxNode : public Lowering {
 public:
  OnnxNode(OnnxModel* model, const onnx::Node& node);

  int64_t opset() const { return model_->opset; }
  // Attributes: reading one with another type than stored is a NodeError. What no one read is refused in the end.
  bool HasAttribute(const char* name) const;
  int64_t IntAttribute(const char* name, int64_t otherwise);
  float FloatAttribute(const char* name, float otherwise);
  std::string StringAttribute(const char* name, const std::string& otherwise);
  std::vector<int64_t> IntsAttribute(const char* name);
  std::vector<float> FloatsAttribute(const char* name);
  std::vector<std::string> StringsAttribute(const char* name);
  const onnx::Tensor* TensorAttribute(const char* name);
  void IgnoreAttributes(std::initializer_list<const char*> names);
  void RefuseUnreadAttributes() const;

  int InputCount() const { return node_.input_size(); }
  bool ReadsAssumed() const;
  bool HasInput(int i) const { return i < node_.input_size() && !node_.input(i).empty(); }
  int Input(int i);
  // As float32. What the op makes of a float64 becomes one again where it is set as an output.
  int FloatInput(int i);
  // Numbers as the elementwise ops take them: narrow integers, which have no kernels, as wider ones.
  int WholeInput(int i);
  // The same for ops that take float64.
  int NumberInput(int i);
  int ConstantInput(int i, const char* what);
  std::vector<int64_t> IntsInput(int i, const char* what) { return IntsOf(Input(i), what); }
  // Axes or the like: an attribute up to opset `last`, an input after it. Empty where not given.
  std::vector<int64_t> AttributeOrInput(const char* name, int input, int64_t last, bool* given);

  int OutputCount() const { return node_.output_size(); }
  void SetOutput(int value) { SetOutputAt(0, value); }
  void SetOutputAt(int i, int value);
  // Does a node or the graph's output read output i?
  bool OutputIsUsed(int i) const;
  // NodeError if someone reads output i.
  void RefuseOutput(int i, const char* what) const;

  int ToNhwc(int x) { return Transpose(x, {0, 2, 3, 1}); }
  int ToNchw(int x) { return Transpose(x, {0, 3, 1, 2}); }
  // x, whose shape must be [N, C, H, W].
  int ImageInput(int i);

 private:
  const onnx::Attribute* Find(const char* name, int type);
  int Narrowed(int x);

  OnnxModel* model_;
  const onnx::Node& node_;
  std::set<std::string> read_;
  bool narrowed_ = false;  // a float64 was read as float32
};

struct OnnxOp {
  const char* name;  // with its domain before it where that is not ONNX's own: "com.microsoft.FusedConv"
  void (*lower)(OnnxNode& node);
};

// One family of ops each.
std::vector<OnnxOp> OnnxConvOps();
std::vector<OnnxOp> OnnxConvTransposeOps();
std::vector<OnnxOp> OnnxPoolOps();
std::vector<OnnxOp> OnnxUnpoolOps();
std::vector<OnnxOp> OnnxActivationOps();
std::vector<OnnxOp> OnnxBlockOps();
std::vector<OnnxOp> OnnxCompareOps();
std::vector<OnnxOp> OnnxDetOps();
std::vector<OnnxOp> OnnxEinsumOps();
std::vector<OnnxOp> OnnxElementwiseOps();
std::vector<OnnxOp> OnnxFusedOps();
std::vector<OnnxOp> OnnxGridOps();
std::vector<OnnxOp> OnnxGroupNormOps();
std::vector<OnnxOp> OnnxIndexedOps();
std::vector<OnnxOp> OnnxRecurrentOps();
std::vector<OnnxOp> OnnxMathOps();
std::vector<OnnxOp> OnnxMatMulOps();
std::vector<OnnxOp> OnnxMlOps();
std::vector<OnnxOp> OnnxNormalizationOps();
std::vector<OnnxOp> OnnxReduceOps();
std::vector<OnnxOp> OnnxReshapeOps();
std::vector<OnnxOp> OnnxSignalOps();
std::vector<OnnxOp> OnnxSliceOps();
std::vector<OnnxOp> OnnxResizeOps();
std::vector<OnnxOp> OnnxFoldShapeOps();

// a op b of two constants ("Add", "Sub", "Mul", "Div"), broadcast.
int FoldBinary(OnnxNode& node, const std::string& op, int a, int b);
// Refuses constants that shape arithmetic has no use for: more than a million elements.
void CheckFolded(const Dims& dims, DType dtype);

// Nodes in an order in which every name is written before it is read, as near to the file's order as can be.
struct OnnxOrder {
  std::vector<int> nodes;
  std::vector<int> stuck;  // on a cycle or behind one
  std::vector<int> cycle;  // one cycle, in order
};
OnnxOrder SortOnnxNodes(const onnx::Graph& graph);

}  // namespace adze::import
