// SPDX-License-Identifier: Apache-2.0
// Tiny TFLite models for tests, built through FlatBuffers.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "models/graph/graph.h"
#include "models/import/import.h"
#include "models/import/tflite/tflite_generated.h"

namespace adze::import {

class TfliteModelBuilder {
 public:
  TfliteModelBuilder() { buffers_.push_back(tflite::CreateBuffer(fbb_)); }
  flatbuffers::FlatBufferBuilder& fbb() { return fbb_; }

  int Tensor(const std::string& name, const std::vector<int32_t>& dims, tflite::TensorType type = tflite::TensorType_FLOAT32,
             float scale = 0, int64_t zero_point = 0, uint32_t buffer = 0) {
    flatbuffers::Offset<tflite::Quantization> q;
    if (scale != 0) {
      const auto scales = fbb_.CreateVector(std::vector<float>{scale});
      const auto zeros = fbb_.CreateVector(std::vector<int64_t>{zero_point});
      tflite::QuantizationBuilder builder(fbb_);
      builder.add_scale(scales);
      builder.add_zero_point(zeros);
      q = builder.Finish();
    }
    const auto shape = fbb_.CreateVector(dims);
    tensors_.push_back(tflite::CreateTensor(fbb_, shape, type, buffer, fbb_.CreateString(name), q));
    return static_cast<int>(tensors_.size()) - 1;
  }
  template <typename T>
  int Constant(const std::string& name, const std::vector<int32_t>& dims, tflite::TensorType type, const std::vector<T>& data,
               float scale = 0, int64_t zero_point = 0) {
    const auto bytes = fbb_.CreateVector(reinterpret_cast<const uint8_t*>(data.data()), data.size() * sizeof(T));
    buffers_.push_back(tflite::CreateBuffer(fbb_, bytes));
    return Tensor(name, dims, type, scale, zero_point, static_cast<uint32_t>(buffers_.size() - 1));
  }
  int Variable(const std::string& name, const std::vector<int32_t>& dims) {
    const auto shape = fbb_.CreateVector(dims);
    tensors_.push_back(tflite::CreateTensor(fbb_, shape, tflite::TensorType_FLOAT32, 0, fbb_.CreateString(name), 0, true));
    return static_cast<int>(tensors_.size()) - 1;
  }
  int Floats(const std::string& name, const std::vector<int32_t>& dims, const std::vector<float>& data) {
    return Constant(name, dims, tflite::TensorType_FLOAT32, data);
  }
  int Ints(const std::string& name, const std::vector<int32_t>& data) {
    return Constant(name, {static_cast<int32_t>(data.size())}, tflite::TensorType_INT32, data);
  }
  void Op(int code, const std::vector<int>& inputs, const std::vector<int>& outputs, tflite::Options type = tflite::Options_NONE,
          flatbuffers::Offset<void> options = 0) {
    codes_.push_back(tflite::CreateOperatorCode(fbb_, static_cast<int8_t>(std::min(code, 127)), 0, 1, code));
    AddOperator(inputs, outputs, type, options);
  }
  void Custom(const std::string& name, const std::vector<int>& inputs, const std::vector<int>& outputs) {
    codes_.push_back(tflite::CreateOperatorCode(fbb_, 32, fbb_.CreateString(name), 1, 32));
    AddOperator(inputs, outputs, tflite::Options_NONE, 0);
  }

  std::string Bytes(const std::vector<int>& inputs, const std::vector<int>& outputs, int subgraphs = 1) {
    const auto graph = tflite::CreateSubGraph(fbb_, fbb_.CreateVector(tensors_), fbb_.CreateVector(inputs), fbb_.CreateVector(outputs),
                                              fbb_.CreateVector(operators_), fbb_.CreateString("main"));
    const std::vector<flatbuffers::Offset<tflite::SubGraph>> graphs(static_cast<size_t>(subgraphs), graph);
    const auto codes = fbb_.CreateVector(codes_);
    const auto list = fbb_.CreateVector(graphs);
    tflite::FinishModelBuffer(fbb_, tflite::CreateModel(fbb_, 3, codes, list, 0, fbb_.CreateVector(buffers_)));
    return std::string(reinterpret_cast<const char*>(fbb_.GetBufferPointer()), fbb_.GetSize());
  }
  graph::Graph Import(const std::vector<int>& inputs, const std::vector<int>& outputs, int subgraphs = 1) {
    const std::string bytes = Bytes(inputs, outputs, subgraphs);
    return ImportTflite(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), "m.tflite");
  }
  std::string Report(const std::vector<int>& inputs, const std::vector<int>& outputs, int subgraphs = 1) {
    try {
      Import(inputs, outputs, subgraphs);
    } catch (const graph::ImportError& e) {
      return e.what();
    }
    return "";
  }

 private:
  void AddOperator(const std::vector<int>& inputs, const std::vector<int>& outputs, tflite::Options type,
                   flatbuffers::Offset<void> options) {
    const auto in = fbb_.CreateVector(inputs);
    const auto out = fbb_.CreateVector(outputs);
    operators_.push_back(tflite::CreateOperator(fbb_, static_cast<uint32_t>(codes_.size() - 1), in, out, type, options));
  }

  flatbuffers::FlatBufferBuilder fbb_;
  std::vector<flatbuffers::Offset<tflite::Buffer>> buffers_;
  std::vector<flatbuffers::Offset<tflite::Tensor>> tensors_;
  std::vector<flatbuffers::Offset<tflite::OperatorCode>> codes_;
  std::vector<flatbuffers::Offset<tflite::Operator>> operators_;
};

}  // namespace adze::import
