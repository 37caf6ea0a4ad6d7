// SPDX-License-Identifier: Apache-2.0
// cropper can-run: does this library hold what this model needs?
#include "cropper/verify/can_run.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cropper/cli/command.h"
#include "cropper/cli/models.h"
#include "cropper/generate/build.h"
#include "cropper/plan/profile.h"

namespace adze::cli {
namespace can_run_command {
namespace {

struct Options {
  std::string model, library, optimize = "size", format = "text";
  std::vector<std::string> shapes;
};

// What the model needs and the library has not. `any_build`: no build of this Adze has it.
struct Needs {
  std::vector<std::string> missing;
  bool any_build = false;
};

// A damaged model is an error, not an answer.
Needs NeedsOf(const std::string& model, const Shapes& shapes, passes::Optimize optimize, const size::Manifest& manifest) {
  try {
    const std::vector<uint8_t> bytes = ConvertedBytes(model, shapes, optimize);
    return {verify::WhatIsMissing(std::string(bytes.begin(), bytes.end()), model, manifest), false};
  } catch (const graph::ImportError& e) {
    if (e.kind() == graph::ImportError::Kind::kDamaged) throw;
    Needs needs;
    needs.any_build = true;
    std::istringstream report(e.what());
    for (std::string line; std::getline(report, line);) needs.missing.push_back(line);
    return needs;
  }
}

void Print(const Options& o, const size::ElfFile& elf, const std::string& crop_id, const Needs& needs) {
  const std::vector<std::string>& missing = needs.missing;
  if (o.format == "json") {
    const nlohmann::json json = {{"model", o.model},   {"library", o.library},       {"arch", elf.arch},
                                 {"crop_id", crop_id}, {"can_run", missing.empty()}, {"missing", missing}};
    std::printf("%s\n", json.dump(2).c_str());
    return;
  }
  if (missing.empty()) {
    std::printf("%s (%s, crop %s) runs %s\n", o.library.c_str(), elf.arch.c_str(), crop_id.c_str(), o.model.c_str());
    return;
  }
  for (const std::string& m : missing) std::printf("missing: %s\n", m.c_str());
  std::printf("%s (%s, crop %s) cannot run %s; %s\n", o.library.c_str(), elf.arch.c_str(), crop_id.c_str(), o.model.c_str(),
              needs.any_build ? "nor can any crop of this Adze: change the model" : "add the model to the list of the crop and crop again");
}

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("MODEL", o->model, "a .tflite, .onnx or .adze file")->required();
  app->add_option("LIB", o->library, "a library that holds Adze, of any architecture, stripped or not; or the folder of a crop")
      ->required();
  app->add_option("--optimize", o->optimize, "size or speed: how a .tflite or .onnx file would be converted")
      ->check(CLI::IsMember({"size", "speed"}));
  AddShapeOption(app, &o->shapes);
  app->add_option("--format", o->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  return [o] {
    if (std::filesystem::is_directory(o->library)) o->library = generate::LibraryPath(o->library);
    const size::ElfFile elf = size::ReadElf(o->library);
    const size::Manifest manifest = size::ReadManifest(elf);
    passes::Optimize optimize = passes::Optimize::kSize;
    plan::OptimizeFromName(o->optimize, &optimize);
    const Needs needs = NeedsOf(o->model, ShapesOf(o->shapes), optimize, manifest);
    Print(*o, elf, manifest.crop_id, needs);
    return static_cast<int>(needs.missing.empty() ? kOk : kCheckFailed);
  };
}

}  // namespace
}  // namespace can_run_command

const Command kCanRun = {"can-run", "Does a library hold what a model needs? Exit code 0 yes, 4 no, 3 the model is damaged",
                         "cropper can-run new.tflite libadze.so", can_run_command::Configure};

}  // namespace adze::cli
