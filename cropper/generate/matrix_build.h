// SPDX-License-Identifier: Apache-2.0
// Building many crops in one Ninja graph: what several of them need is compiled once.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cropper/generate/build.h"
#include "cropper/generate/matrix_text.h"

namespace adze::generate {

// Where the graph lies in the folder of a matrix.
inline constexpr char kMatrixFolder[] = ".matrix";

struct MatrixBuilt {
  std::map<std::string, std::string> failures;  // crop's folder -> why it was not built; the others were
  std::map<std::string, std::string> build_of;  // crop's folder -> the build folder of its toolchain, for BuiltCompiler()
  size_t units = 0;                             // different objects, of all toolchains
  size_t uses = 0;                              // units of all crops, counted for each crop: what building them one by one compiles
  size_t compiled = 0;                          // units that this run compiled
};

// Builds crops whose folders are written, below `out`, into their build/ folders: library, linker's map, objects and adze-run, the same bytes
// as Build() makes of each.
MatrixBuilt BuildMatrix(const Sdk& sdk, const std::string& out, const std::vector<MatrixCrop>& crops, const BuildOptions& options);

// One command of Ninja's that failed.
struct FailedStep {
  std::vector<std::string> outputs;
  std::string words;  // of the compiler or linker, without the command
};

// What failed of the output of `ninja -k 0`.
std::vector<FailedStep> FailedSteps(const std::string& output);

}  // namespace adze::generate
