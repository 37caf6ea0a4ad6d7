// SPDX-License-Identifier: Apache-2.0
// cropper convert: a foreign model becomes an .adze.
#include <memory>

#include "cropper/cli/command.h"
#include "cropper/cli/models.h"
#include "cropper/generate/files.h"
#include "cropper/plan/profile.h"
#include "models/format/writer.h"

namespace adze::cli {
namespace convert_command {
namespace {

struct Options {
  std::string model, output, optimize = "size", dump_folder;
  std::vector<std::string> shapes;
};

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("MODEL", o->model, "a .tflite or .onnx file")->required();
  app->add_option("-o,--output", o->output, "the .adze file to write")->required();
  app->add_option("--optimize", o->optimize, "size, or speed: weights of some layers grow four times; what a profile's \"optimize\" says")
      ->check(CLI::IsMember({"size", "speed"}));
  AddShapeOption(app, &o->shapes);
  app->add_option("--dump-passes", o->dump_folder, "write the graph's text after every pass into this folder");
  return [o] {
    passes::Optimize optimize = passes::Optimize::kSize;
    plan::OptimizeFromName(o->optimize, &optimize);
    const std::vector<uint8_t> bytes = format::WriteAdze(ImportAndRun(o->model, ShapesOf(o->shapes), optimize, o->dump_folder));
    generate::WriteFile(o->output, std::string(bytes.begin(), bytes.end()));
    return static_cast<int>(kOk);
  };
}

}  // namespace
}  // namespace convert_command

const Command kConvert = {"convert", "Convert a model to an .adze file", "cropper convert mobilenet.tflite -o mobilenet.adze",
                          convert_command::Configure};

}  // namespace adze::cli
