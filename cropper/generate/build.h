// SPDX-License-Identifier: Apache-2.0
// Building an output folder with CMake and Ninja, as its user would.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cropper/plan/profile.h"

namespace adze::generate {

struct BuildOptions {
  std::vector<std::string> targets;                            // empty: the default ones
  int jobs = 0;                                                // 0: as many as there are processors
  std::string toolchain = {};                                  // CMake toolchain file; empty: the folder's own, if it has one
  std::function<void(const std::string&)> progress = nullptr;  // gets "building OUT: step 3 of 40"; may be empty
};

// Configures and builds `out` into out/build. Compilers run through CMAKE_<LANG>_COMPILER_LAUNCHER of the environment, else through the one
// that out/build was configured with, else through ccache where it is found. Throws std::runtime_error with the compiler's last lines.
void Build(const std::string& out, const BuildOptions& options = {});

std::string LibraryPath(const std::string& out);  // out/build/libadze.so, or the crop's prefix for "adze"
std::string StaticLibraryPath(const std::string& out);
std::string MapPath(const std::string& out);      // the linker's map
std::string HarnessPath(const std::string& out);  // out/build/adze-run
// Object of a source inside the folder ("src/runtime/session/session.cc").
std::string ObjectPath(const std::string& out, const std::string& source);

// Adds the hashes of the built objects and the library to crop.json.
void RecordBuild(const std::string& out);

}  // namespace adze::generate
