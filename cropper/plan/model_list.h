// SPDX-License-Identifier: Apache-2.0
// Model lists: a text file, one path a line, relative to the list, `#` comments, quotes allowed.
#pragma once

#include <string>
#include <vector>

namespace adze::plan {

struct ListedModel {
  std::string written;  // as in the list, quotes removed: stable across machines, so this is what plans show
  std::string path;     // where it is: `written` joined to the list's folder
  int line = 0;
};

// Throws InputError with all findings: no model at all, unbalanced quotes, text behind a quoted path, a model listed twice, shape lines.
// Does not look at the models.
std::vector<ListedModel> ParseModelList(const std::string& text, const std::string& list_path);
// Reads the file, and reports every listed model that does not exist.
std::vector<ListedModel> ReadModelList(const std::string& list_path);

}  // namespace adze::plan
