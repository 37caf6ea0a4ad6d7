// SPDX-License-Identifier: Apache-2.0
// Options and steps that plan and crop share.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cropper/generate/generate.h"

namespace adze::cli {

struct PlanOptions {
  std::vector<std::string> models, licences, shapes;
  std::string profile, sdk, prefix;
  bool full = false;   // keep everything
  bool empty = false;  // keep no row
};

// All but the licences, which do not decide what is kept.
void AddWantedOptions(CLI::App* app, PlanOptions* options);
void AddPlanOptions(CLI::App* app, PlanOptions* options);
void AddSdkOption(CLI::App* app, std::string* sdk);

struct Planned {
  plan::Plan plan;
  std::vector<generate::CropModel> models;
};

Planned MakePlanOf(const generate::Sdk& sdk, const PlanOptions& options);

}  // namespace adze::cli
