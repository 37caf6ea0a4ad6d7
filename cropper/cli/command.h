// SPDX-License-Identifier: Apache-2.0
// What every command of the cropper is: a name, a help text with an example, and a function from parsed options to an exit code.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace adze::cli {

enum ExitCode : int { kOk = 0, kInternal = 1, kUsage = 2, kBadInput = 3, kCheckFailed = 4 };

struct Command {
  const char* name;
  const char* summary;
  const char* example;
  // Adds the options to `app`; the function that it returns runs after parsing and owns them.
  std::function<int()> (*configure)(CLI::App* app);
};

// One file each: cropper/cli/<name>.cc.
extern const Command kInspect, kConvert, kPlan, kGenerate, kCrop, kVerify, kProve, kSize, kForecast, kCheck, kAudit, kWhy, kWhyNot, kCanRun;

// A line on stderr while something long goes on, only where a person looks.
void Progress(const std::string& what);
void ProgressDone();

}  // namespace adze::cli
