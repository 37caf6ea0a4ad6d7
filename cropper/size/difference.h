// SPDX-License-Identifier: Apache-2.0
// What two records differ in, and who asks for it.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cropper/size/size_record.h"

namespace adze::size {

// Bytes of one unit or part that came (more than 0) or went.
struct Change {
  std::string what;  // "src/kernels/...", "(relocations)"
  int64_t alloc = 0, file = 0;
  enum class Kind { kCame, kWent, kGrew } kind = Kind::kGrew;  // kGrew also where it shrank
  std::vector<std::string> atoms;  // "kernel:conv2d_f32__any": those it defines, else those whose units refer to it
  std::vector<Asker> askers;       // of these atoms, one for each model and op
};

// Largest first. The changes add up to the difference of the libraries, in memory and in the file.
std::vector<Change> Differences(const SizeRecord& before, const SizeRecord& after);

// "face.adze, node 3 'stem' (conv2d)"; "the runtime itself" without askers.
std::string AskersText(const std::vector<Asker>& askers);
// One line: bytes, rows, unit, and who asks.
std::string ChangeText(const Change& change);
nlohmann::json ChangeJson(const Change& change);

}  // namespace adze::size
