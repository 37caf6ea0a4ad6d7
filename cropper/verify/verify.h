// SPDX-License-Identifier: Apache-2.0
// The proof that a crop does what the full runtime does: the same bits, by the same kernels, on every model at every level.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cropper/generate/sdk.h"
#include "cropper/plan/profile.h"

namespace adze::verify {

enum class Tier : uint8_t { kStatic, kEmulator, kHost };

// "static", "emulator", "host".
const char* TierName(Tier tier);

// Can programs of this profile at this level run here?
bool RunsHere(const plan::Profile& profile, Level level);

struct RunResult {
  std::string model;  // file name in models/
  std::string level;
  bool ran = false;     // false: this machine's CPU lacks the level, checked statically only
  std::string failure;  // empty: equal
  int trace_lines = 0;
  size_t output_bytes = 0;
};

struct VerifyResult {
  Tier tier = Tier::kStatic;
  std::vector<std::string> failures;  // of the static tier and of the comparison of objects
  int units = 0, rows = 0, equal_objects = 0;
  std::vector<RunResult> runs;
  bool ok() const;
};

struct VerifyOptions {
  std::string full_dir;                              // where the full runtime is built or lies built; empty: <out>/.verify/full
  std::function<void(const std::string&)> progress;  // may be empty
  std::string toolchain;                             // CMake toolchain file of both builds; empty: the crop's own
};

// Writes golden inputs and outputs into <out>/golden where everything is equal. Throws only where it could not find out.
VerifyResult Verify(const generate::Sdk& sdk, const std::string& out, const VerifyOptions& options);

}  // namespace adze::verify
