// SPDX-License-Identifier: Apache-2.0
// The software bill of materials of a crop: SPDX 2.3 as JSON.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cropper/generate/licences.h"

namespace adze::generate {

inline constexpr char kSbomFile[] = "sbom.spdx.json";

struct SbomInput {
  std::string name;     // of the package: "adze_runtime"
  std::string crop_id;  // 32 hexadecimal digits
  std::string profile;
  std::vector<ThirdParty> third_party;
  std::vector<ModelLicence> models;
};

// Describes `files` (path in the folder -> bytes). The same input gives the same text: its time is SOURCE_DATE_EPOCH where that is set, else
// the epoch. Throws plan::InputError if SOURCE_DATE_EPOCH is no number.
std::string SbomText(const SbomInput& input, const std::map<std::string, std::string>& files);

}  // namespace adze::generate
