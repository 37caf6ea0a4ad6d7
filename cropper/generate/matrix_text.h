// SPDX-License-Identifier: Apache-2.0
// The files of the build that makes many crops at once. All units lie in one folder; a CMake project for each toolchain compiles those that its
// crops need, each once, and links every crop of them; one Ninja graph holds all these projects.
//   <root>/src, include, third_party   the sources of all crops
//   <root>/CMakeLists.txt              includes <group>.cmake
//   <root>/crops/<crop>/               CMakeLists.txt, the table and the exports of one crop
//   <root>/build/build.ninja           includes build/<group>/build.ninja
#pragma once

#include <string>
#include <vector>

#include "cropper/generate/sdk.h"
#include "cropper/generate/sources.h"
#include "cropper/plan/plan.h"

namespace adze::generate {

// One crop, made in a folder below that of the matrix.
struct MatrixCrop {
  std::string folder;  // "face/linux-x64": letters, digits, "_", "-", "." and one "/"
  plan::Plan plan;
};

// Crops whose units the same compilers make with the same flags.
struct MatrixGroup {
  std::string name;  // of its files: "x86_64-1a2b3c4d"
  std::vector<const MatrixCrop*> crops;
  std::vector<plan::PlannedUnit> units;  // of all its crops, ascending by path
};

// `toolchain`: one file for all, in place of the compilers of the profiles. Ascending by name; borrows `crops`.
std::vector<MatrixGroup> GroupCrops(const std::vector<MatrixCrop>& crops, bool toolchain);

// Where the products of a crop come out, below <root>/build: "x86_64-1a2b3c4d/crops/face/linux-x64/".
std::string MatrixOutputs(const MatrixGroup& group, const MatrixCrop& crop);
// The folders of objects, below <root>/build, ending in "/": of the group's units, of adze-run, of a crop's table.
std::string MatrixUnitObjects(const MatrixGroup& group);
std::string MatrixHarnessObjects(const MatrixGroup& group);
std::string MatrixTableObjects(const MatrixGroup& group, const MatrixCrop& crop);
// What makes one crop in the graph.
std::string MatrixGoal(const MatrixCrop& crop);
// The toolchain file of a group, below <root>.
std::string MatrixToolchain(const MatrixGroup& group);

// All but the graph. Path below <root> -> bytes.
FileMap MatrixFiles(const Sdk& sdk, const std::vector<MatrixGroup>& groups);
// build/build.ninja, of groups that are configured.
std::string MatrixGraph(const std::vector<const MatrixGroup*>& groups);

}  // namespace adze::generate
