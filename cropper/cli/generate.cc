// SPDX-License-Identifier: Apache-2.0
// cropper generate: a plan becomes a folder that builds anywhere.
#include "cropper/generate/generate.h"

#include <algorithm>
#include <memory>

#include "cropper/cli/command.h"
#include "cropper/cli/models.h"
#include "cropper/cli/planning.h"
#include "cropper/generate/files.h"

namespace adze::cli {
namespace generate_command {
namespace {

struct Options {
  std::string plan, output, sdk;
  std::vector<std::string> models, licences, shapes;
};

// The plan speaks of certain models; others would meet a library without their rows.
void CheckModels(const plan::Plan& plan, const std::vector<generate::CropModel>& models, const std::string& path) {
  for (const generate::CropModel& m : models) {
    const bool known = std::any_of(plan.models.begin(), plan.models.end(), [&](const plan::PlanModel& p) { return p.name == m.name; });
    if (!known) throw plan::InputError(path + " was not made for " + m.source + " (" + m.name + "); plan again with it");
  }
}

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  app->add_option("--plan", o->plan, "a plan.json")->required()->check(CLI::ExistingFile);
  app->add_option("--models", o->models, "the models of the plan, to go into the folder")->expected(1, -1);
  app->add_option("-o,--output", o->output, "the folder to write: new, empty or an older crop")->required();
  AddShapeOption(app, &o->shapes);
  AddLicenceOption(app, &o->licences);
  AddSdkOption(app, &o->sdk);
  return [o] {
    const generate::Sdk sdk = generate::FindSdk(o->sdk);
    const plan::Plan plan = plan::PlanFromJson(generate::ReadFile(o->plan), o->plan);
    std::vector<generate::CropModel> models = ConvertModels(o->models, plan.profile.optimize, ShapesOf(o->shapes));
    SetLicences(o->licences, &models);
    if (plan.kind == "crop") CheckModels(plan, models, o->plan);
    Progress("writing " + o->output);
    generate::Generate(sdk, plan, models, o->output);
    return static_cast<int>(kOk);
  };
}

}  // namespace
}  // namespace generate_command

const Command kGenerate = {"generate", "Write the sources and CMake files of a plan",
                           "cropper generate --plan plan.json --models models.txt -o out", generate_command::Configure};

}  // namespace adze::cli
