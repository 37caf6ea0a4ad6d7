// SPDX-License-Identifier: Apache-2.0
// Other programs, started with an argument vector: no shell ever sees a user's string.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace adze::generate {

struct ProcessOptions {
  std::string directory;                                      // empty: the caller's
  std::map<std::string, std::string> setenv;                  // added to the caller's environment
  std::function<void(const std::string&)> on_line = nullptr;  // gets each whole line as it comes; may be empty
};

struct ProcessResult {
  int exit_code = 0;   // 128 + signal where one ended it, as shells count
  std::string output;  // stdout and stderr, interleaved as written
};

// Runs argv[0] (looked up in PATH) to its end. Throws std::runtime_error only if it cannot be started.
ProcessResult RunProcess(const std::vector<std::string>& argv, const ProcessOptions& options = {});

// Absolute path of a program in PATH, or "".
std::string FindProgram(const std::string& name);

// The arguments in one line, for messages only.
std::string ArgvText(const std::vector<std::string>& argv);

}  // namespace adze::generate
