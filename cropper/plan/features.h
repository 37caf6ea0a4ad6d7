// SPDX-License-Identifier: Apache-2.0
// Features choose units: the one table of what a profile can switch, and which of two units with the same symbols each choice links.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "cropper/plan/profile.h"

namespace adze::plan {

struct FeatureRow {
  const char* name;  // key of the profile's "features"
  const char* text;
  bool Profile::*setting;
  const char* unit_on;
  const char* unit_off;  // "": off, nothing is linked
};

const std::vector<FeatureRow>& Features();

// The units of the choices that `profile` did not make.
std::set<std::string> AbsentUnits(const Profile& profile);

}  // namespace adze::plan
