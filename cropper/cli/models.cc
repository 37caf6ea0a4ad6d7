// SPDX-License-Identifier: Apache-2.0
// From arguments to converted models.
#include "cropper/cli/models.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "cropper/cli/command.h"
#include "cropper/generate/files.h"
#include "cropper/generate/licences.h"
#include "cropper/generate/names.h"
#include "cropper/plan/model_union.h"
#include "models/format/writer.h"
#include "models/import/import.h"
#include "models/passes/pipeline.h"

namespace adze::cli {
namespace fs = std::filesystem;

std::string ReadModel(const std::string& path) {
  if (!fs::exists(path)) throw plan::InputError(path + ": no such file");
  try {
    return generate::ReadFile(path);
  } catch (const std::exception& e) {
    throw plan::InputError(e.what());
  }
}

bool IsAdze(const std::string& bytes) { return bytes.size() >= 8 && bytes.compare(4, 4, "ADZE") == 0; }

void AddShapeOption(CLI::App* app, std::vector<std::string>* declared) {
  app->add_option("--shape", *declared,
                  "a dim or an input of the models given, as lists declare it: batch=1, batch=1..4, \"x=[1, 3, 160..640/32, 320]\"")
      ->expected(1, -1);
}

Shapes ShapesOf(const std::vector<std::string>& declared) {
  std::vector<import::DeclaredShape> shapes;
  std::string report;
  for (const std::string& text : declared) {
    try {
      shapes.push_back(import::ParseShape(text));
    } catch (const import::ShapeError& e) {
      report += (report.empty() ? "--shape " : "\n--shape ") + std::string(e.what());
    }
  }
  if (!report.empty()) throw plan::InputError(report);
  try {
    return import::AllShapes(shapes);
  } catch (const import::ShapeError& e) {
    throw plan::InputError("--shape: " + std::string(e.what()));
  }
}

namespace {

std::vector<std::vector<int64_t>> InputDimsOf(const graph::Graph& g) {
  std::vector<std::vector<int64_t>> dims;
  for (const int i : g.inputs) dims.push_back(g.values[static_cast<size_t>(i)].dims);
  return dims;
}

void Optimized(graph::Graph* g, passes::Optimize optimize, const std::string& dump_folder) {
  int n = 0;
  const auto dump = [&](const std::string& name, const graph::Graph& now) {
    if (dump_folder.empty()) return;
    char number[8];
    std::snprintf(number, sizeof number, "%02d_", n++);
    generate::WriteFile(dump_folder + "/" + number + name + ".txt", graph::DumpGraph(now));
  };
  dump("import", *g);
  passes::RunPipeline(g, optimize, [&](const passes::Pass& pass, const graph::Graph& now) { dump(pass.name, now); });
}

}  // namespace

std::vector<graph::Graph> ImportAndRun(const std::string& path, const Shapes& shapes, passes::Optimize optimize,
                                       const std::string& dump_folder) {
  if (IsAdze(ReadModel(path)))
    throw plan::InputError(path + ": is an .adze file already; give the .tflite or .onnx file that it was made of");
  std::vector<graph::Graph> graphs;
  std::set<std::vector<std::vector<int64_t>>> known;
  for (const import::InputShapes& shape : shapes) {
    graph::Graph g = import::ImportModel(path, shape);
    if (!known.insert(InputDimsOf(g)).second) continue;
    const bool apart = !dump_folder.empty() && shapes.size() > 1;
    Optimized(&g, optimize, apart ? dump_folder + "/shape" + std::to_string(graphs.size()) : dump_folder);
    graphs.push_back(std::move(g));
  }
  return graphs;
}

std::vector<uint8_t> ConvertedBytes(const std::string& path, const Shapes& shapes, passes::Optimize optimize) {
  const std::string bytes = ReadModel(path);
  if (!IsAdze(bytes)) return format::WriteAdze(ImportAndRun(path, shapes, optimize));
  if (!(shapes == Shapes{{}}))
    throw plan::InputError(path + ": is an .adze file, which has its shapes already; declare " + shapes.back().Text() +
                           " where it is converted");
  return {bytes.begin(), bytes.end()};
}

std::vector<generate::CropModel> ConvertModels(const std::vector<std::string>& arguments, passes::Optimize optimize, const Shapes& shapes) {
  std::vector<generate::CropModel> models;
  std::set<std::string> taken;
  std::string report;
  for (const plan::NamedModel& named : plan::UnionOfModels(arguments, shapes)) {
    Progress("converting " + named.source);
    try {
      models.push_back({generate::UniqueSlug(named.source, &taken) + ".adze", named.source,
                        ConvertedBytes(named.path, named.shapes, optimize), named.path, named.named_by});
    } catch (const graph::ImportError& e) {
      report += (report.empty() ? "" : "\n") + std::string(e.what());
    }
  }
  if (!report.empty()) throw plan::InputError(report);
  std::sort(models.begin(), models.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return models;
}

void AddLicenceOption(CLI::App* app, std::vector<std::string>* licences) {
  app->add_option("--model-licence", *licences, "MODEL=LICENCE: the SPDX licence of a model for NOTICE and SBOM, e.g. face=MIT")
      ->expected(1, -1);
}

void SetLicences(const std::vector<std::string>& licences, std::vector<generate::CropModel>* models) {
  std::string report;
  for (const std::string& text : licences) {
    const size_t equals = text.rfind('=');
    const std::string name = text.substr(0, equals), licence = equals == std::string::npos ? "" : text.substr(equals + 1);
    const auto model = std::find_if(models->begin(), models->end(), [&](const generate::CropModel& m) {
      return name == m.name || name == fs::path(m.name).stem() || name == m.source;
    });
    std::string problem;
    if (!generate::IsLicenceExpression(licence)) {
      problem = "is not MODEL=LICENCE with an SPDX licence expression, such as face=Apache-2.0";
    } else if (model == models->end()) {
      problem = "names none of the models:";
      for (const generate::CropModel& m : *models) problem += " " + fs::path(m.name).stem().string();
    } else {
      model->licence = licence;
      continue;
    }
    report += (report.empty() ? "" : "\n") + ("--model-licence '" + text + "' " + problem);
  }
  if (!report.empty()) throw plan::InputError(report);
}

std::vector<plan::ModelBytes> Borrow(const std::vector<generate::CropModel>& models) {
  std::vector<plan::ModelBytes> borrowed;
  for (const generate::CropModel& m : models) borrowed.push_back({m.name, m.source, m.bytes.data(), m.bytes.size()});
  return borrowed;
}

}  // namespace adze::cli
