// SPDX-License-Identifier: Apache-2.0
// Matrices: sets of models times profiles, for crops that are made together. JSON:
//   {"sets": {"face": {"models": ["face.tflite"], "prefix": "acme_face"}, ...}, "profiles": ["linux-x64", "mine.json"]}
// Paths are relative to the file's folder; "prefix" is optional.
#pragma once

#include <string>
#include <vector>

namespace adze::plan {

// One crop to make.
struct MatrixEntry {
  std::string set, profile;  // as written: the crop's folder is <set>/<the profile's file stem>
  std::string folder;
  std::vector<std::string> models;  // paths
  std::string profile_path;         // a path where the file lies beside the matrix, else the name
  std::string prefix;
};

// Sets in the order of their names, profiles as listed. Throws InputError with every problem.
std::vector<MatrixEntry> ParseMatrix(const std::string& text, const std::string& source);

}  // namespace adze::plan
