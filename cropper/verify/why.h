// SPDX-License-Identifier: Apache-2.0
// Why something is in a crop: model -> node -> row -> unit -> object.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cropper/plan/plan.h"

namespace adze::verify {

// One atom and the way from its unit to the one asked about. No atom (id empty): the runtime's own.
struct Chain {
  plan::Atom atom;
  std::vector<std::string> units;  // from the unit that defines the atom; empty for a level
};

struct Why {
  std::string name;
  std::string unit;    // the source file that holds it; empty for a level, a model, a node or an op
  std::string object;  // empty while the crop is not built
  uint64_t bytes = 0;  // of the object, in the library
  std::vector<Chain> chains;
};

// `name`: a row or other atom, a unit's path with or without "src/", or a symbol: what asked for it. Or a model, a node or an op: what it
// asks for. Throws plan::InputError, with similar names, if the crop has none.
Why FindWhy(const std::string& out, const std::string& name);

}  // namespace adze::verify
