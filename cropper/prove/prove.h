// SPDX-License-Identifier: Apache-2.0
// The proof that a crop is minimal: each atom of its plan, and each object, is left out in turn, the library linked anew, and something that
// can be seen from outside must change. What changes nothing is slack.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cropper/generate/sdk.h"

namespace adze::prove {

struct Finding {
  std::string kind;   // "op", "kernel", "ukernel", "level", "feature"; "object"
  std::string name;   // the atom's id; the object's source
  int64_t bytes = 0;  // what the library loses with it (sum of ALLOC sections)
  bool slack = false;
  std::string how;  // what changes without it; of slack: what was tried
};

struct Proof {
  std::vector<std::string> failures;  // the crop is not what its plan says: nothing was proven
  std::vector<Finding> atoms, objects;
  int questions = 0;         // models x levels and callers' mistakes that were asked about
  int static_questions = 0;  // of these, told by selection alone: this machine does not offer the level
  uint64_t library_bytes = 0;
  bool ok() const;
};

struct ProveOptions {
  int jobs = 0;                                      // 0: as many as there are processors
  std::function<void(const std::string&)> progress;  // may be empty
};

// Builds the crop if it is not. Works in <out>/.verify/prove. Throws plan::InputError if the folder lists no models, std::runtime_error where it
// could not find out.
Proof Prove(const generate::Sdk& sdk, const std::string& out, const ProveOptions& options);

}  // namespace adze::prove
