// SPDX-License-Identifier: Apache-2.0
// Under which licences the files of a crop stand: what they say themselves, and the NOTICE that sums it up.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace adze::generate {

// The lines of `text` that state a copyright, as they stand without comment marks: "Copyright 2021 Google Inc. All rights reserved."
std::vector<std::string> CopyrightLines(const std::string& text);

// The SPDX expression that `text` states at its head, by an SPDX line or by the usual notice of the Apache License 2.0; "" if neither.
std::string StatedLicence(const std::string& text);

// Is `licence` an SPDX licence expression by its shape? Whether the licences in it exist is not known here.
bool IsLicenceExpression(const std::string& licence);

// Code of others in a crop.
struct ThirdParty {
  std::string name, version, licence;
  std::string folder;                   // in the crop, with '/' at its end
  std::vector<std::string> copyrights;  // found in its files, each once
};

// What the files (path in the folder -> bytes) hold below third_party/. Throws std::runtime_error for a library that is not known.
std::vector<ThirdParty> FindThirdParty(const std::map<std::string, std::string>& files);

// One model as NOTICE and SBOM name it.
struct ModelLicence {
  std::string file;     // "models/face.adze"
  std::string source;   // as the user wrote it
  std::string licence;  // SPDX expression; "": not stated
};

// Text of NOTICE.
std::string NoticeText(const std::string& crop_name, const std::vector<ThirdParty>& third_party, const std::vector<ModelLicence>& models);

}  // namespace adze::generate
