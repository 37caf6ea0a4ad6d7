// SPDX-License-Identifier: Apache-2.0
// Model lists: a text file, one path a line, relative to the list, `#` comments, quotes allowed. Indented lines below a path declare the
// shapes of that model's inputs: "batch = 1..4", "x = [1, 3, 160..640/32, 320]".
#pragma once

#include <string>
#include <vector>

#include "models/import/shapes.h"

namespace adze::plan {

struct ListedModel {
  std::string written;  // as in the list, quotes removed: stable across machines, so this is what plans show
  std::string path;     // where it is: `written` joined to the list's folder
  int line = 0;
  std::vector<import::InputShapes> shapes = {{}};  // all that are declared, ascending; one of nothing where none is
};

// Throws InputError with all findings: no model at all, unbalanced quotes, text behind a quoted path, a model listed twice, shapes that cannot be read.
// Does not look at the models.
std::vector<ListedModel> ParseModelList(const std::string& text, const std::string& list_path);
// Reads the file, and reports every listed model that does not exist.
std::vector<ListedModel> ReadModelList(const std::string& list_path);

}  // namespace adze::plan
