// SPDX-License-Identifier: Apache-2.0
// cropper can-run: does this library hold what this model needs?
#include "cropper/verify/can_run.h"

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cropper/cli/command.h"
#include "cropper/cli/models.h"

namespace adze::cli {
namespace {

struct Options {
  std::string model, library, format = "text";
};

void Print(const Options& o, const size::ElfFile& elf, const std::string& crop_id, const std::vector<std::string>& missing) {
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
  std::printf("%s (%s, crop %s) cannot run %s; add the model to the list of the crop and crop again\n", o.library.c_str(), elf.arch.c_str(),
              crop_id.c_str(), o.model.c_str());
}

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("MODEL", o->model, "a .tflite, .onnx or .adze file")->required();
  app->add_option("LIB", o->library, "a library that holds Adze, of any architecture, stripped or not")->required();
  app->add_option("--format", o->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  return [o] {
    const size::ElfFile elf = size::ReadElf(o->library);
    const size::Manifest manifest = size::ReadManifest(elf);
    std::vector<std::string> missing;
    try {
      const std::vector<uint8_t> bytes = ConvertedBytes(o->model);
      missing = verify::WhatIsMissing(std::string(bytes.begin(), bytes.end()), o->model, manifest);
    } catch (const graph::ImportError& e) {
      missing.push_back(e.what());  // what no build of Adze can run, this one cannot either
    }
    Print(*o, elf, manifest.crop_id, missing);
    return static_cast<int>(missing.empty() ? kOk : kCheckFailed);
  };
}

}  // namespace

const Command kCanRun = {"can-run", "Does a library hold what a model needs? Exit code 0 yes, 4 no",
                         "cropper can-run new.tflite libadze.so", Configure};

}  // namespace adze::cli
