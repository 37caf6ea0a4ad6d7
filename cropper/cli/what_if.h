// SPDX-License-Identifier: Apache-2.0
// Models and a profile, as they are and as they could be: "+model x.tflite", "-model y", "+level avx512", "-level avx2".
#pragma once

#include <string>
#include <vector>

#include "cropper/cli/planning.h"

namespace adze::cli {

// What a crop is planned from.
struct Wanted {
  plan::Profile profile;
  std::vector<generate::CropModel> models;  // ascending by name
};

// Of a crop's folder: its own models and profile, without the files that they were made of. Throws plan::InputError naming all models that are not
// there any more, or that somebody changed.
Wanted WantedOf(const std::string& out);

// Applies the changes in their order. Throws plan::InputError for one that means nothing here.
void Apply(const std::vector<std::string>& changes, Wanted* wanted);

plan::Plan PlanOf(const generate::Sdk& sdk, const Wanted& wanted);

}  // namespace adze::cli
