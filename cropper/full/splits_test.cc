// SPDX-License-Identifier: Apache-2.0
// Whole models give the same bits, at every level, however their kernels' work is split: by the pool, or by an app's loop that does its worst.
// The zoo's models always; those of ADZE_MODELS where they are.
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <thread>

#include "adze/adze.hpp"
#include "models/format/writer.h"
#include "models/import/import.h"
#include "models/passes/pipeline.h"
#include "runtime/platform/cpu.h"
#include "runtime/session/manifest.h"
#include "runtime/session/session.h"

namespace adze {
namespace {

using Bytes = std::vector<uint8_t>;

struct GrainlessParallel {
  Parallel base;
  const adze_options* options;
};

void RunGrainless(const Parallel* self, adze_task task, void* context, size_t n, size_t grain) {
  const adze_options& options = *reinterpret_cast<const GrainlessParallel*>(self)->options;
  if (n != 0) options.parallel_for(options.parallel_context, task, context, n, grain);
}

// The file's bytes where a mapping would put them.
class Model {
 public:
  explicit Model(const std::string& path) {
    graph::Graph g = import::ImportModel(path);
    passes::RunPipeline(&g);
    const Bytes file = format::WriteAdze(g);
    size_ = file.size();
    data_ = std::aligned_alloc(64, (size_ + 63) / 64 * 64);
    std::memcpy(data_, file.data(), size_);
  }
  ~Model() { std::free(data_); }
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  // All outputs of one run, one after the other. `grainless`: the app's loop also gets what kernels think too little to split.
  Bytes Run(const adze_options& options, bool grainless = false) const {
    Session session;
    ErrorText error;
    EXPECT_EQ(session.Create(data_, size_, &options, &error), ADZE_OK) << error.text();
    if (!session) return {};
    const GrainlessParallel all_split = {{RunGrainless}, &options};
    for (uint32_t i = 0; grainless && i < session.get()->model.n_nodes; ++i) session.get()->nodes[i].args.parallel = &all_split.base;
    std::vector<Bytes> memory;
    std::vector<adze_buffer> in, out;
    const int32_t n_in = adze_input_count(session.get()), n_out = adze_output_count(session.get());
    for (int32_t i = 0; i < n_in + n_out; ++i) {
      adze_tensor_info info;
      EXPECT_EQ(i < n_in ? adze_input_info(session.get(), i, &info) : adze_output_info(session.get(), i - n_in, &info), ADZE_OK);
      memory.emplace_back(info.bytes);
      if (i < n_in && info.dtype == ADZE_FLOAT32) {
        for (size_t k = 0; k < info.bytes / 4; ++k) {
          const float x = static_cast<float>(k * 2654435761u % 1000) / 500 - 1;
          std::memcpy(memory.back().data() + 4 * k, &x, 4);
        }
      }
      (i < n_in ? in : out).push_back({memory.back().data(), info.bytes, info.dtype});
    }
    EXPECT_EQ(session.Run(in.data(), n_in, out.data(), n_out, &error), ADZE_OK) << error.text();
    Bytes all;
    for (const adze_buffer& b : out) {
      const auto* p = static_cast<const uint8_t*>(b.data);
      all.insert(all.end(), p, p + b.bytes);
    }
    return all;
  }

 private:
  void* data_;
  size_t size_;
};

struct Splits {
  size_t calls = 0;
};

// One item a call, from the last to the first.
void Backwards(void* context, adze_task task, void* task_context, size_t n, size_t) {
  static_cast<Splits*>(context)->calls += n;
  for (size_t i = n; i > 0; --i) task(task_context, i - 1, i);
}

// Three threads made for the purpose; thread t takes the ranges t, t + 3, ... of lengths 1, 2, 3, 1, 2, ...
void RealThreads(void* context, adze_task task, void* task_context, size_t n, size_t) {
  ++static_cast<Splits*>(context)->calls;
  const auto part = [=](size_t t) {
    for (size_t begin = 0, k = 0; begin < n; ++k) {
      const size_t end = std::min(n, begin + k % 4 + 1);
      if (k % 3 == t) task(task_context, begin, end);
      begin = end;
    }
  };
  std::thread a(part, 1), b(part, 2);
  part(0);
  a.join();
  b.join();
}

void ExpectSameBitsHoweverSplit(const std::string& path) {
  SCOPED_TRACE(path);
  const Model model(path);
  for (int i = 0; i < kManifest->n_levels; ++i) {
    const auto level = static_cast<Level>(kManifest->levels[i]);
    if (level == Level::kReference || !CpuOffers(level)) continue;
    SCOPED_TRACE(LevelName(level));
    adze_options options = Options();
    options.level = LevelName(level);
    const Bytes want = model.Run(options);
    ASSERT_FALSE(want.empty());
    options.exact_threads = 1;
    for (int threads : {2, 3, 8}) {
      options.threads = threads;
      EXPECT_EQ(model.Run(options), want) << threads << " threads";
    }
    options.threads = 0;
    Splits splits;
    options.parallel_context = &splits;
    for (const adze_parallel_for loop : {Backwards, RealThreads}) {
      options.parallel_for = loop;
      EXPECT_EQ(model.Run(options), want) << (loop == Backwards ? "backwards" : "real threads");
      splits.calls = 0;
      EXPECT_EQ(model.Run(options, true), want) << (loop == Backwards ? "backwards" : "real threads");
      EXPECT_GT(splits.calls, 0u);
    }
  }
}

TEST(Splits, TheZooGivesTheSameBits) {
  for (const char* name : {"digits_cnn.tflite", "digits_net.onnx"}) ExpectSameBitsHoweverSplit(std::string(ADZE_ZOO "/") + name);
}

TEST(Splits, RealModelsGiveTheSameBits) {
  const char* folder = std::getenv("ADZE_MODELS");
  int skipped = 0;
  for (const char* name : {"tflite/mobilenet_v1_025_224_float.tflite", "tflite/anomaly_toycar_int8.tflite", "onnx/yunet_n_320.onnx",
                           "onnx/ultraface_rfb_320_raw.onnx", "onnx/squeezenet_fp16.onnx"}) {
    const std::string path = std::string(folder == nullptr ? "" : folder) + "/" + name;
    if (folder != nullptr && std::filesystem::exists(path)) {
      ExpectSameBitsHoweverSplit(path);
    } else {
      ++skipped;
    }
  }
  if (skipped != 0) std::cout << "skipped " << skipped << " models: ADZE_MODELS is unset or lacks them\n";
}

}  // namespace
}  // namespace adze
