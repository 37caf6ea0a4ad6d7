// SPDX-License-Identifier: Apache-2.0
// Plans of the real models named by ADZE_MODELS: nothing is missing, the union law holds, and planning is quick.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <set>

#include "cropper/plan/plan.h"
#include "models/format/writer.h"
#include "models/import/import.h"
#include "models/passes/pipeline.h"

namespace adze::plan {
namespace {

constexpr const char* kModels[] = {
    "tflite/mobilenet_v1_025_224_float.tflite", "tflite/resnet8_cifar_float.tflite", "tflite/yunet_120x160_float.tflite",
    "tflite/mediapipe_face_short_range.tflite", "tflite/anomaly_toycar_int8.tflite", "onnx/mnist_cntk.onnx",
    "onnx/ultraface_rfb_320_raw.onnx",          "onnx/squeezenet_fp16.onnx",         "onnx/yunet_n_320.onnx"};
constexpr double kMostSeconds = 0.5;

double CpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

struct Converted {
  std::string source, name;
  std::vector<uint8_t> bytes;
};

std::vector<Converted> ConvertAll(const std::string& folder) {
  std::vector<Converted> all;
  for (const char* file : kModels) {
    graph::Graph g = import::ImportModel(folder + "/" + file);
    passes::RunPipeline(&g);
    all.push_back({file, std::filesystem::path(file).stem().string() + ".adze", format::WriteAdze(g)});
  }
  return all;
}

std::vector<ModelBytes> Views(const std::vector<Converted>& models) {
  std::vector<ModelBytes> views;
  for (const Converted& m : models) views.push_back({m.name, m.source, m.bytes.data(), m.bytes.size()});
  return views;
}

void Collect(const Plan& plan, std::set<std::string>* ids) {
  for (const Atom& atom : plan.atoms) ids->insert(std::string(AtomKindName(atom.kind)) + ":" + atom.id);
  for (const PlannedUnit& unit : plan.units) ids->insert(unit.path);
}

TEST(RealModels, PlanIsCompleteQuickAndTheUnionOfItsParts) {
  const char* folder = std::getenv("ADZE_MODELS");
  if (folder == nullptr) GTEST_SKIP() << std::size(kModels) << " models skipped: ADZE_MODELS is not set";
  const double start = CpuSeconds();
  const std::vector<Converted> models = ConvertAll(folder);
  const std::vector<ModelBytes> views = Views(models);
  const double converted = CpuSeconds();
  for (const char* name : {"linux-x64", "linux-x64-avx2", "linux-x64-avx512", "linux-arm64"}) {
    const Profile profile = LoadProfile(ADZE_SOURCE_DIR, name);
    const double before = CpuSeconds();
    const index::Index index = index::LoadIndex(ADZE_SOURCE_DIR, profile.arch);
    const Plan all = MakePlan(profile, index, views);
    const double seconds = CpuSeconds() - before;
    std::printf("%-18s plan of %zu models: %.3f s, with conversion %.3f s; %zu atoms, %zu units\n", name, views.size(), seconds,
                seconds + converted - start, all.atoms.size(), all.units.size());
    EXPECT_LE(seconds, kMostSeconds);
    std::set<std::string> together, one_by_one;
    Collect(all, &together);
    for (const ModelBytes& view : views) Collect(MakePlan(profile, index, {view}), &one_by_one);
    EXPECT_EQ(together, one_by_one);
  }
}

TEST(RealModels, IntegerAndFloatModelsShareNoMatrixProduct) {
  const char* folder = std::getenv("ADZE_MODELS");
  if (folder == nullptr) GTEST_SKIP() << std::size(kModels) << " models skipped: ADZE_MODELS is not set";
  const std::vector<Converted> models = ConvertAll(folder);
  for (const char* name : {"linux-x64", "linux-arm64"}) {
    const Profile profile = LoadProfile(ADZE_SOURCE_DIR, name);
    const index::Index index = index::LoadIndex(ADZE_SOURCE_DIR, profile.arch);
    for (const ModelBytes& view : Views(models)) {
      std::set<std::string> ids;
      Collect(MakePlan(profile, index, {view}), &ids);
      const bool integer = view.name == "anomaly_toycar_int8.adze";
      for (const std::string& id : ids) {
        const bool other = id.find(integer ? "gemm_f32" : "qs8") != std::string::npos;
        EXPECT_FALSE(other) << view.name << " keeps " << id;
      }
    }
  }
}

}  // namespace
}  // namespace adze::plan
