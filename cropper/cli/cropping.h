// SPDX-License-Identifier: Apache-2.0
// The steps of `cropper crop`, for one crop and for those of a matrix.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cropper/cli/planning.h"
#include "cropper/size/size_record.h"
#include "cropper/verify/static_check.h"

namespace adze::cli {

struct CropOptions {
  PlanOptions planning;
  std::string output, matrix, depfile, toolchain, cache, format = "text";
  int jobs = 0;
  bool no_build = false;
};

struct CropOutcome {
  generate::Sdk sdk;
  Planned planned;
  verify::StaticResult statics;
  size::SizeRecord size;
  std::vector<std::string> over_budget;
};

// Plans, and writes the folder.
CropOutcome WriteCrop(const CropOptions& o);

// What follows once the folder is built: records, verifies (static) and measures it, with the toolchain that its build folder `build` was
// configured for.
void FinishCrop(const CropOptions& o, const std::string& build, CropOutcome* outcome);

nlohmann::json WrittenJson(const CropOptions& o, const CropOutcome& outcome);
nlohmann::json BuiltJson(const CropOptions& o, const CropOutcome& outcome);

// What keeps a finished crop from being good; empty: nothing.
std::vector<std::string> Failures(const CropOutcome& outcome);

// Crops all pairs of o.matrix; returns the exit code.
int RunMatrix(const CropOptions& o);

}  // namespace adze::cli
