// SPDX-License-Identifier: Apache-2.0
// What a crop would save without one of its models, the others planned anew: more than the model's own bytes where a cheaper row or a unit that it
// shares with nobody goes too, less where another row has to come.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace adze::size {

struct Saving {
  std::string model;            // "face.adze"
  int64_t alloc = 0, file = 0;  // of the library
  uint64_t model_file = 0;      // the .adze itself
  uint64_t ram = 0;             // of a session
};

struct Marginal {
  std::vector<Saving> savings;     // in the order of the crop's models
  std::vector<std::string> notes;  // what makes them inexact; empty: nothing
};

}  // namespace adze::size
