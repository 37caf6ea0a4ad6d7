// SPDX-License-Identifier: Apache-2.0
// CMake's part of a build: a folder configured for Ninja, once, and again where something that decided it has changed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cropper/generate/process.h"
#include "cropper/plan/profile.h"

namespace adze::generate {

// A folder for CMake and Ninja. CMake splits paths at semicolons and trips over quotes: such a folder is built through a link of a plain name,
// without its subfolder `build`, whose cache would name the link of an earlier time.
class SafeFolder {
 public:
  SafeFolder(const std::string& folder, const std::string& build);
  ~SafeFolder();
  SafeFolder(const SafeFolder&) = delete;
  SafeFolder& operator=(const SafeFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_, holder_;
};

struct Configuration {
  std::string source, build;      // folders
  std::string toolchain;          // a CMake toolchain file, absolute; empty: none
  std::vector<std::string> more;  // further arguments
  bool outdated = false;          // what CMake reads was written anew
};

// Throws plan::InputError naming what is not installed.
void RequireBuildPrograms();

// How CMake and Ninja are started for what lies in `folder`. `progress` may be empty; it gets "building NAME: step 3 of 40".
ProcessOptions BuilderProcess(const std::string& folder, const std::string& name, const std::function<void(const std::string&)>& progress);

// Compilers run through CMAKE_<LANG>_COMPILER_LAUNCHER of the environment, else through the one that the folder was configured with, else
// through ccache where it is found. Throws std::runtime_error with CMake's last lines; `what` starts its text.
void Configure(const Configuration& configuration, const ProcessOptions& process, const std::string& what);

// Throws std::runtime_error with the last lines of a command that fails.
void RunOrThrow(const std::vector<std::string>& argv, const ProcessOptions& options, const std::string& what);

// The end of a long text.
std::string LastLines(const std::string& text);

// `jobs`, or one per processor where it is 0.
std::string JobsText(int jobs);

// The compilers that CMake found when it configured a build folder. Throws plan::InputError where it is not configured.
plan::Compiler BuiltCompiler(const std::string& build);

// The toolchain file that a build folder was configured with; "" if there is none.
std::string BuiltToolchainFile(const std::string& build);

}  // namespace adze::generate
