// SPDX-License-Identifier: Apache-2.0
// The models that several files and lists name together: a union, whatever their order and however often they name one.
#pragma once

#include <string>
#include <vector>

#include "models/import/shapes.h"

namespace adze::plan {

struct NamedModel {
  std::string source;                 // as the user wrote it; where it was written in several ways, the shortest, then the first by name
  std::string path;                   // where it is
  std::vector<std::string> named_by;  // lists that name it, ascending, and "command line"
  std::vector<import::InputShapes> shapes;  // of all lists that name it, ascending, each once
};

// `arguments`: model files and model lists, told apart by content; they may name a model again that another list names. Ascending by source,
// models of one source by their bytes. Throws InputError with the findings of all arguments: what cannot be read, what is wrong in a list, a
// model file that is itself an argument twice, more than import::kMaxShapes shapes of a model. `shapes`: of models that are arguments themselves.
std::vector<NamedModel> UnionOfModels(const std::vector<std::string>& arguments, const std::vector<import::InputShapes>& shapes = {{}});

}  // namespace adze::plan
