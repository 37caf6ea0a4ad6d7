// SPDX-License-Identifier: Apache-2.0
// cropper plan: what a crop would keep, and why, without building anything.
#include <cstdio>
#include <memory>

#include "cropper/cli/command.h"
#include "cropper/cli/models.h"
#include "cropper/cli/planning.h"
#include "cropper/generate/files.h"

namespace adze::cli {
namespace plan_command {
namespace {

struct Options {
  PlanOptions planning;
  std::string output;
};

std::function<int()> Configure(CLI::App* app) {
  const auto o = std::make_shared<Options>();
  AddPlanOptions(app, &o->planning);
  app->add_option("-o,--output", o->output, "the plan to write; without it the plan goes to stdout");
  return [o] {
    const generate::Sdk sdk = generate::FindSdk(o->planning.sdk);
    const std::string text = plan::PlanToJson(MakePlanOf(sdk, o->planning).plan);
    ProgressDone();
    if (o->output.empty()) {
      std::fputs(text.c_str(), stdout);
    } else {
      generate::WriteFile(o->output, text);
    }
    return static_cast<int>(kOk);
  };
}

}  // namespace
}  // namespace plan_command

const Command kPlan = {"plan", "Say which rows and units models need (plan.json)",
                       "cropper plan --models models.txt --profile linux-x64-avx2 -o plan.json", plan_command::Configure};

}  // namespace adze::cli
