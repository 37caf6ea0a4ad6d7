// SPDX-License-Identifier: Apache-2.0
// The pipeline on real models (environment variable ADZE_MODELS): no transposed bytes, a tight arena, the same results.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "models/import/import.h"
#include "models/passes/pipeline.h"
#include "models/passes/testing/run_graph.h"

namespace adze::passes {
namespace {

constexpr const char* kModels[] = {
    "tflite/mobilenet_v1_025_224_float.tflite", "tflite/resnet8_cifar_float.tflite", "tflite/yunet_120x160_float.tflite",
    "tflite/mediapipe_face_short_range.tflite", "tflite/anomaly_toycar_int8.tflite", "onnx/mnist_cntk.onnx",
    "onnx/ultraface_rfb_320_raw.onnx",          "onnx/squeezenet_fp16.onnx",         "onnx/yunet_n_320.onnx",
};

// Calls f for each model that is there; says how many are not.
template <typename Fn>
void ForEachModel(const Fn& f) {
  const char* folder = std::getenv("ADZE_MODELS");
  int skipped = 0;
  for (const char* name : kModels) {
    const std::filesystem::path path = std::filesystem::path(folder == nullptr ? "" : folder) / name;
    if (folder == nullptr || !std::filesystem::exists(path)) {
      ++skipped;
      continue;
    }
    SCOPED_TRACE(name);
    graph::Graph g = import::ImportModel(path.string());
    f(name, &g);
  }
  if (skipped != 0) std::cout << "skipped " << skipped << " models: ADZE_MODELS is unset or lacks them\n";
}

TEST(RealModels, NoBytesAreTransposedAndTheArenaIsTight) {
  ForEachModel([](const char* name, graph::Graph* g) {
    int64_t copied_before = 0;
    RunPipeline(g, Optimize::kSize, [&](const Pass& pass, const graph::Graph& after) {
      if (std::string(pass.name) == "pack_weights") copied_before = CopiedBytes(after);
    });
    const double ratio = static_cast<double>(g->arena_bytes) / static_cast<double>(g->live_bytes_peak);
    std::cout << name << ": " << g->nodes.size() << " nodes, " << TransposedBytes(*g) << " bytes transposed, " << copied_before
              << " bytes copied before views, " << CopiedBytes(*g) << " after, arena " << g->arena_bytes << ", " << ratio
              << " of the live peak\n";
    EXPECT_EQ(TransposedBytes(*g), 0);
    EXPECT_LE(ratio, 1.05);
    EXPECT_LE(CopiedBytes(*g), copied_before);
    if (std::string(name).find("squeezenet") != std::string::npos || std::string(name).find("ultraface") != std::string::npos) {
      EXPECT_GT(copied_before, 100000);
      EXPECT_EQ(CopiedBytes(*g), 0);
    }
  });
}

// Reference kernels take seconds on a large picture, so only the small models run.
TEST(RealModels, SmallOnesGiveTheSameResultsBeforeAndAfter) {
  ForEachModel([](const char* name, graph::Graph* g) {
    const std::string path = name;
    if (path.find("mnist") == std::string::npos && path.find("resnet8") == std::string::npos) return;
    const Buffers inputs = SomeInputs(*g);
    const Buffers before = RunGraph(*g, inputs);
    RunPipeline(g);
    EXPECT_LE(LargestDifference(before, RunGraph(*g, inputs, Memory::kArena)), 1e-5f);
  });
}

}  // namespace
}  // namespace adze::passes
