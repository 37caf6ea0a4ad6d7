// SPDX-License-Identifier: Apache-2.0
// Models and a profile become a plan.
#include "cropper/cli/planning.h"

#include "cropper/cli/command.h"
#include "cropper/cli/models.h"
#include "cropper/index/index.h"
#include "cropper/plan/prefix.h"

namespace adze::cli {

void AddSdkOption(CLI::App* app, std::string* sdk) {
  app->add_option("--sdk", *sdk, "folder of Adze's sources; default: beside this program, else where it was built");
}

void AddWantedOptions(CLI::App* app, PlanOptions* options) {
  app->add_option("--models", options->models,
                  "model files, or text files that list them: one path a line, below it indented the shapes of its open inputs, # comments")
      ->expected(1, -1);
  app->add_option("--profile", options->profile, "name of a profile of the SDK (linux-x64-avx2, linux-arm64...) or a profile file")
      ->required();
  CLI::Option* full = app->add_flag("--full", options->full, "keep everything, whatever the models need");
  app->add_flag("--empty", options->empty, "keep nothing but the runtime itself")->excludes(full);
  app->add_option("--prefix", options->prefix, "stands for \"adze\" in the library's names, so that several crops live in one process")
      ->check(plan::PrefixProblem);
  AddShapeOption(app, &options->shapes);
  AddSdkOption(app, &options->sdk);
}

void AddPlanOptions(CLI::App* app, PlanOptions* options) {
  AddWantedOptions(app, options);
  AddLicenceOption(app, &options->licences);
}

Planned MakePlanOf(const generate::Sdk& sdk, const PlanOptions& options) {
  plan::Profile profile = plan::LoadProfile(sdk.root, options.profile);
  if (!options.prefix.empty()) profile.prefix = options.prefix;
  if (options.models.empty() && !options.full && !options.empty) {
    throw plan::InputError("no models: give --models FILE... or a list, or --full for everything");
  }
  Planned planned;
  planned.models = ConvertModels(options.models, profile.optimize, ShapesOf(options.shapes));
  SetLicences(options.licences, &planned.models);
  Progress("planning");
  const index::Index index = index::LoadIndex(sdk.root, profile.arch);
  if (options.full) {
    planned.plan = plan::FullPlan(profile, index);
  } else if (options.empty) {
    planned.plan = plan::EmptyPlan(profile, index);
  } else {
    planned.plan = plan::MakePlan(profile, index, Borrow(planned.models));
  }
  return planned;
}

}  // namespace adze::cli
