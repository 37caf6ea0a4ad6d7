// SPDX-License-Identifier: Apache-2.0
// One TFLite operator while it is imported: its tensors, its options, and the steps to express it in Adze's ops.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "models/import/lowering.h"
#include "models/import/tflite/tflite_generated.h"
#include "models/import/window.h"

namespace adze::import {

// The model and which value stands for which of its tensors.
struct TfliteModel {
  const tflite::Model* model;
  const tflite::SubGraph* subgraph;
  GraphBuilder* builder;
  std::vector<int> values;     // by tensor; -1: not there yet
  std::set<int64_t> reserved;  // tensors that are inputs or outputs of the graph: their names are kept for them

  size_t TensorCount() const { return subgraph->tensors() == nullptr ? 0 : subgraph->tensors()->size(); }
  // NodeError if the index lies outside the file.
  const tflite::Tensor& TensorAt(int64_t index) const;
  std::string NameOf(int64_t index) const;  // never empty
  std::string OutputName(int64_t index);    // the name of the value that a node writes for it
  bool IsStored(int64_t index) const;       // has bytes in the file: a constant
  // The value of a tensor; reads constants on first use. NodeError if nothing has written it.
  int ValueOf(int64_t index);
};

DType TfliteDType(const tflite::Tensor& tensor);  // NodeError for dtypes that Adze has not
Dims TfliteDims(const tflite::Tensor& tensor);
graph::Quantization TfliteQuantization(const tflite::Tensor& tensor);
// The elements of a tensor that is stored sparsely, with the zeros between. DamageError where sizes disagree.
Bytes DenseBytes(const tflite::Sparsity& sparsity, const Dims& dims, DType dtype, const Bytes& stored);

class TfliteNode : public Lowering {
 public:
  TfliteNode(TfliteModel* model, const tflite::Operator& op, const std::string& name);

  int InputCount() const;
  bool ReadsAssumed() const;
  bool HasInput(int i) const;
  int Input(int i);
  int FloatInput(int i);  // NodeError unless float32
  // The state that an op keeps from run to run in a variable, or is given; -1: a variable, which every run starts from zeros.
  int StateInput(int i);
  int MovedInput(int i);  // NodeError unless quantized as the output is: its elements are moved unchanged
  int ConstantInput(int i, const char* what);
  // Constant weights of an op on float32 as float32, however they are stored; anything else as it is.
  int Weights(int i);
  int ConstantWeights(int i, const char* what);
  std::vector<int64_t> IntsInput(int i, const char* what);
  Bytes ZeroElement(int x) const;  // the bytes of a real 0 in x's quantization
  int OutputCount() const;
  DType OutputDType() const;
  graph::Quantization OutputQuantization() const;
  void SetOutput(int value) { SetOutputAt(0, value); }
  void SetOutputAt(int i, int value);

  // The options of the op, with defaults where the file leaves them out.
  template <typename T>
  const T& Options() const {
    const T* options = op_.options_as<T>();
    if (options == nullptr) throw DamageError("its options are missing; the file is damaged");
    return *options;
  }
  // The bytes that a custom op keeps its options in.
  Bytes CustomOptions() const;
  // The same where the op may be stored without options.
  template <typename T>
  const T* OptionsOrNull() const {
    return op_.options_as<T>();
  }

 private:
  int64_t TensorIndex(int i) const;

  TfliteModel* model_;
  const tflite::Operator& op_;
};

// A fused activation as a range; NodeError for those that are none.
ClampRange ActivationRange(tflite::Activation activation);

// Makes the padding of windows explicit and checks them.
void PlaceWindows(tflite::Padding padding, WindowDim* w, int count = 2);

// The code of ops that are known by their name alone.
inline constexpr int kTfliteCustom = 32;

struct TfliteOp {
  int code;
  const char* name;
  void (*lower)(TfliteNode& node);
  bool many_outputs = false;  // else it has one
};

// One family of ops each.
std::vector<TfliteOp> TfliteBatchMatMulOps();
std::vector<TfliteOp> TfliteBlockOps();
std::vector<TfliteOp> TfliteConvOps();
std::vector<TfliteOp> TfliteConv3dOps();
std::vector<TfliteOp> TfliteConvTransposeOps();
std::vector<TfliteOp> TfliteFullyConnectedOps();
std::vector<TfliteOp> TflitePoolOps();
std::vector<TfliteOp> TfliteCompareOps();
std::vector<TfliteOp> TfliteElementwiseOps();
std::vector<TfliteOp> TfliteIndexedOps();
std::vector<TfliteOp> TfliteMathOps();
std::vector<TfliteOp> TfliteRecurrentOps();
std::vector<TfliteOp> TfliteReduceOps();
std::vector<TfliteOp> TfliteReshapeOps();
std::vector<TfliteOp> TfliteShapeOps();
std::vector<TfliteOp> TfliteSliceOps();
std::vector<TfliteOp> TfliteSparseOps();
std::vector<TfliteOp> TfliteResizeOps();
std::vector<TfliteOp> TfliteCastOps();

// Custom ops, found by name; null for those that are not supported.
const TfliteOp* FindTfliteCustomOp(const std::string& name);

// The name of a builtin op, for messages; "builtin op <code>" for one newer than this list.
std::string TfliteOpName(int code);

}  // namespace adze::import
