// SPDX-License-Identifier: Apache-2.0
// cropper crop: models to a built, statically verified and measured library in one step.
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cropper/check/words.h"
#include "cropper/cli/command.h"
#include "cropper/cli/cropping.h"
#include "cropper/generate/build.h"
#include "cropper/generate/configure.h"
#include "cropper/generate/depfile.h"
#include "cropper/generate/files.h"
#include "cropper/size/unit_cache.h"

namespace adze::cli {
namespace crop_command {
namespace {

// The limits of the profile's user, as `cropper check` holds them.
void CheckBudget(CropOutcome* outcome) {
  check::Request request;
  request.record = outcome->size;
  request.budgets = check::ProfileBudgets(outcome->planned.plan.profile);
  for (const check::Line& line : check::Check(request).lines) {
    if (line.Fails()) outcome->over_budget.push_back(check::LineText(line));
  }
}

nlohmann::json ModelsJson(const CropOutcome& outcome) {
  nlohmann::json models = nlohmann::json::array();
  for (const generate::CropModel& m : outcome.planned.models)
    models.push_back({{"file", "models/" + m.name}, {"source", m.source}, {"bytes", m.bytes.size()}});
  return models;
}

void Print(const CropOptions& o, const CropOutcome& outcome) {
  if (o.format == "json") {
    std::printf("%s\n", BuiltJson(o, outcome).dump(2).c_str());
    return;
  }
  std::printf("%s: %s for %s, %zu models, %d rows, %d units\n", o.output.c_str(), outcome.planned.plan.kind.c_str(),
              outcome.planned.plan.profile.name.c_str(), outcome.planned.models.size(), outcome.statics.rows, outcome.statics.units);
  for (const generate::CropModel& m : outcome.planned.models) {
    std::printf("  models/%s  %zu bytes, from %s\n", m.name.c_str(), m.bytes.size(), m.source.c_str());
  }
  std::printf("  %s  %llu bytes loaded (ALLOC sections), %llu in the file\n", generate::LibraryPath(o.output).c_str(),
              static_cast<unsigned long long>(outcome.size.library.alloc), static_cast<unsigned long long>(outcome.size.library.file));
  if (outcome.statics.failures.empty()) std::printf("  verified: static tier; `cropper verify %s` runs it\n", o.output.c_str());
}

void WriteDepfile(const CropOptions& o, const CropOutcome& outcome) {
  if (o.depfile.empty()) return;
  std::vector<std::string> inputs = generate::InputsOf(outcome.sdk, outcome.planned.plan);
  for (const generate::CropModel& m : outcome.planned.models) inputs.push_back(m.path);
  inputs.insert(inputs.end(), o.planning.models.begin(), o.planning.models.end());  // the lists
  inputs.push_back(plan::ProfilePath(outcome.sdk.root, o.planning.profile));
  generate::WriteFile(o.depfile, generate::DepfileText(o.output + "/crop.json", inputs));
}

void PrintWritten(const CropOptions& o, const CropOutcome& outcome) {
  if (o.format == "json") {
    std::printf("%s\n", WrittenJson(o, outcome).dump(2).c_str());
  } else {
    std::printf("%s: %s for %s, %zu models, written but not built\n", o.output.c_str(), outcome.planned.plan.kind.c_str(),
                outcome.planned.plan.profile.name.c_str(), outcome.planned.models.size());
  }
}

// Writes size.json.
void Measure(const CropOptions& o, const std::string& build, CropOutcome* outcome) {
  const std::string& arch = outcome->planned.plan.profile.arch;
  const generate::BuildTools tools = generate::ToolsOfBuild(build, outcome->planned.plan.profile);
  const size::Toolchain toolchain = size::FindToolchain(tools, generate::ReadUnitFlags(outcome->sdk, arch));
  outcome->size = size::MeasureCrop(o.output, toolchain);
  generate::WriteFile(o.output + "/" + size::kSizeFile, size::SizeRecordToJson(outcome->size));
  try {
    size::UnitCache(outcome->sdk, arch, toolchain, o.cache).KeepBuild(outcome->planned.plan, o.output);
  } catch (const plan::InputError& e) {  // the crop itself is whole
    ProgressDone();
    std::fprintf(stderr, "cropper: warning: sizes of units are not kept for forecasts: %s\n", e.what());
  }
}

int Run(const CropOptions& o) {
  if (!o.no_build) generate::RequireBuildPrograms();
  CropOutcome outcome = WriteCrop(o);
  if (o.no_build) {
    ProgressDone();
    PrintWritten(o, outcome);
    return kOk;
  }
  Progress("building " + o.output);
  generate::Build(o.output, {{}, o.jobs, o.toolchain, Progress});
  FinishCrop(o, o.output + "/build", &outcome);
  ProgressDone();
  Print(o, outcome);
  const std::vector<std::string> failures = Failures(outcome);
  for (const std::string& f : failures) std::fprintf(stderr, "cropper: %s\n", f.c_str());
  return failures.empty() ? kOk : kCheckFailed;
}

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<CropOptions>();
  AddPlanOptions(app, &o->planning);
  app->add_option("-o,--output", o->output, "the folder to write: new, empty or an older crop")->required();
  app->add_option("-j,--jobs", o->jobs, "compilers at a time; default: one per processor")->check(CLI::Range(0, 1024));
  app->add_flag("--no-build", o->no_build, "only write the folder: another build adds it (what adze_add_runtime does)");
  app->add_option("--toolchain", o->toolchain, "CMake toolchain file of the build; default: that of the profile")->check(CLI::ExistingFile);
  app->add_option("--depfile", o->depfile, "write the files that were read, as a rule for Make and Ninja");
  app->add_option("--cache", o->cache,
                  "folder that keeps sizes of units for `cropper forecast`; default: $XDG_CACHE_HOME/adze or ~/.cache/adze");
  app->add_option("--format", o->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  CLI::Option* profile = app->get_option("--profile")->required(false);
  CLI::Option* matrix =
      app->add_option("--matrix", o->matrix, "a JSON file of model sets and profiles: crops all pairs into OUTPUT/SET/PROFILE");
  matrix->check(CLI::ExistingFile);
  for (const char* other : {"--models", "--profile", "--full", "--empty", "--prefix", "--model-licence", "--depfile"})
    matrix->excludes(other);
  app->final_callback([profile, matrix] {
    if (profile->count() == 0 && matrix->count() == 0) throw CLI::RequiredError("--profile or --matrix");
  });
  return [o] { return o->matrix.empty() ? Run(*o) : RunMatrix(*o); };
}

}  // namespace
}  // namespace crop_command

using namespace crop_command;  // what follows shares its helpers

CropOutcome WriteCrop(const CropOptions& o) {
  CropOutcome outcome;
  outcome.sdk = generate::FindSdk(o.planning.sdk);
  outcome.planned = MakePlanOf(outcome.sdk, o.planning);
  Progress("writing " + o.output);
  generate::Generate(outcome.sdk, outcome.planned.plan, outcome.planned.models, o.output);
  WriteDepfile(o, outcome);
  return outcome;
}

void FinishCrop(const CropOptions& o, const std::string& build, CropOutcome* outcome) {
  Progress("verifying " + o.output);
  generate::RecordBuild(o.output);
  outcome->statics = verify::CheckStatic(o.output);
  Progress("measuring " + o.output);
  Measure(o, build, outcome);
  CheckBudget(outcome);
}

nlohmann::json WrittenJson(const CropOptions& o, const CropOutcome& outcome) {
  return {{"output", o.output}, {"models", ModelsJson(outcome)}};
}

nlohmann::json BuiltJson(const CropOptions& o, const CropOutcome& outcome) {
  return {{"output", o.output},
          {"library", generate::LibraryPath(o.output)},
          {"profile", outcome.planned.plan.profile.name},
          {"models", ModelsJson(outcome)},
          {"rows", outcome.statics.rows},
          {"units", outcome.statics.units},
          {"size", o.output + "/" + size::kSizeFile},
          {"alloc_bytes", outcome.size.library.alloc},
          {"file_bytes", outcome.size.library.file},
          {"compressed_bytes", outcome.size.library.compressed},
          {"ram_bytes", outcome.size.Ram()},
          {"failures", outcome.statics.failures},
          {"over_budget", outcome.over_budget}};
}

std::vector<std::string> Failures(const CropOutcome& outcome) {
  std::vector<std::string> failures;
  for (const std::string& f : outcome.statics.failures) failures.push_back("static check: " + f);
  for (const std::string& f : outcome.over_budget) failures.push_back(f + "; `cropper check` says why");
  return failures;
}

const Command kCrop = {"crop", "Convert, plan, generate, build, verify (static) and measure",
                       "cropper crop --models face.tflite digits.onnx --profile linux-arm64 -o out", crop_command::Configure};

}  // namespace adze::cli
