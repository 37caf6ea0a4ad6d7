// SPDX-License-Identifier: Apache-2.0
// The real models of ADZE_MODELS import whole, with the inputs and outputs that their files name.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "models/import/import.h"

namespace adze::import {
namespace {

struct RealModel {
  const char* path;
  size_t nodes;
  int convolutions;  // the file's own count
  const char* input;
  const char* output;
};

constexpr RealModel kModels[] = {
    {"tflite/mobilenet_v1_025_224_float.tflite", 31, 28, "input", "MobilenetV1/Predictions/Reshape_1"},
    {"tflite/resnet8_cifar_float.tflite", 16, 9, "input_1", "Identity"},
    {"tflite/yunet_120x160_float.tflite", 83, 43, "input", "Identity"},
    {"tflite/mediapipe_face_short_range.tflite", 90, 37, "input", "regressors"},
    {"tflite/anomaly_toycar_int8.tflite", 10, 0, "input_1", "Identity"},
    {"onnx/mnist_cntk.onnx", 19, 2, "Input3", "Plus214_Output_0"},
    {"onnx/ultraface_rfb_320_raw.onnx", 214, 52, "input", "scores"},
    {"onnx/squeezenet_fp16.onnx", 129, 26, "data_0", "softmaxout_1"},
    {"onnx/yunet_n_320.onnx", 245, 59, "input", "cls_8"},
};

TEST(RealModels, ImportWhole) {
  const char* folder = std::getenv("ADZE_MODELS");
  if (folder == nullptr) {
    std::printf("%zu models skipped: ADZE_MODELS is not set\n", sizeof(kModels) / sizeof(kModels[0]));
    GTEST_SKIP();
  }
  for (const RealModel& m : kModels) {
    SCOPED_TRACE(m.path);
    const graph::Graph g = ImportModel(std::string(folder) + "/" + m.path);
    graph::CheckGraph(g, "import");
    EXPECT_EQ(g.nodes.size(), m.nodes);
    EXPECT_EQ(std::count_if(g.nodes.begin(), g.nodes.end(), [](const graph::Node& n) { return n.op == "conv2d"; }), m.convolutions);
    EXPECT_EQ(g.values[static_cast<size_t>(g.inputs.at(0))].name, m.input);
    EXPECT_EQ(g.values[static_cast<size_t>(g.outputs.at(0))].name, m.output);
  }
}

}  // namespace
}  // namespace adze::import
