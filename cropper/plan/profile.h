// SPDX-License-Identifier: Apache-2.0
// Profiles: what a crop is built for. One JSON file per target, checked as a whole.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/passes/pipeline.h"
#include "op-registry/core/level.h"

namespace adze::plan {

// A user's input (list, profile, plan, model) is wrong: exit code 3. what() is the whole report, one finding a line.
class InputError : public std::runtime_error {
 public:
  explicit InputError(const std::string& report) : std::runtime_error(report) {}
};

// Commands of the toolchain, found on PATH unless absolute. A toolchain file given to CMake overrides them.
struct Compiler {
  std::string c = "gcc";
  std::string cxx = "g++";
};

// What the profile's user allows, in bytes; 0: no limit. Shipped profiles have none.
struct Budget {
  int64_t alloc = 0;       // sum of ALLOC sections
  int64_t file = 0;        // stripped file
  int64_t compressed = 0;  // as a download stores it
  int64_t ram = 0;         // memory of all models, one session each
};

struct Profile {
  std::string name;
  std::string arch;                                     // "x86_64" or "aarch64"
  std::vector<Level> levels;                            // the first one that the CPU offers is used
  bool threads = false;                                 // feature: a thread pool
  bool error_text = true;                               // feature: readable error texts
  bool resize = false;                                  // feature: adze_resize; a plan sets it by its models
  passes::Optimize optimize = passes::Optimize::kSize;  // of models that are converted for this profile
  int64_t page_size = 4096;                             // bytes; segments of the library are aligned to it
  Compiler compiler;
  std::string prefix;                 // stands for "adze" in the library's names; empty: no prefix (cropper/plan/prefix.h)
  std::vector<std::string> emulator;  // command that runs the target's programs here; empty: they run natively
  Budget budget;
};

// Throws InputError with every problem of the text: unknown keys with the known ones, wrong types, levels of another architecture...
Profile ParseProfile(const std::string& text, const std::string& source);
// The file of a profile. `name_or_path`: a file, or the name of a profile in <sdk>/profiles. The file may not exist.
std::string ProfilePath(const std::string& sdk, const std::string& name_or_path);
Profile LoadProfile(const std::string& sdk, const std::string& name_or_path);
// Readable text that ParseProfile takes; the same for the same profile.
std::string ProfileToJson(const Profile& profile);

// "size" or "speed"; false for any other name.
bool OptimizeFromName(const std::string& name, passes::Optimize* optimize);

// False for a name that no level has.
bool LevelFromName(const std::string& name, Level* level);

}  // namespace adze::plan
