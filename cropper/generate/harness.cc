// SPDX-License-Identifier: Apache-2.0
// Copying adze-run. The index does not cover it because it does not ship, so its headers are found by its own include lines: a superset
// that the compiler then proves.
#include "cropper/generate/harness.h"

#include <filesystem>
#include <set>
#include <sstream>

#include "cropper/generate/files.h"

namespace adze::generate {
namespace {

namespace fs = std::filesystem;

constexpr char kFolder[] = "runtime/tools";

bool EndsWith(const std::string& s, const std::string& tail) {
  return s.size() >= tail.size() && s.compare(s.size() - tail.size(), tail.size(), tail) == 0;
}

// The quoted names of `#include "..."` lines.
std::set<std::string> QuotedIncludes(const std::string& text) {
  std::set<std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const size_t open = line.find('"');
    const size_t close = line.find('"', open + 1);
    if (line.compare(0, 8, "#include") == 0 && close != std::string::npos) found.insert(line.substr(open + 1, close - open - 1));
  }
  return found;
}

class Copier {
 public:
  Copier(const Sdk& sdk, std::map<std::string, std::string>* files) : sdk_(sdk), files_(files) {}

  void AddIncludesOf(const std::string& text) {
    for (const std::string& name : QuotedIncludes(text)) {
      if (!seen_.insert(name).second) continue;
      if (Add(sdk_.root + "/runtime/include/" + name, "include/" + name)) continue;
      if (Add(sdk_.root + "/" + name, "src/" + name)) continue;
      Add(sdk_.generated + "/" + name, "src/generated/" + name);  // a system header where none of the three has it
    }
  }

 private:
  bool Add(const std::string& from, const std::string& to) {
    if (!fs::is_regular_file(from)) return false;
    const std::string text = ReadFile(from);
    (*files_)[to] = text;
    AddIncludesOf(text);
    return true;
  }

  const Sdk& sdk_;
  std::map<std::string, std::string>* files_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<std::string> AddHarness(const Sdk& sdk, std::map<std::string, std::string>* files) {
  std::set<std::string> sources;
  Copier copier(sdk, files);
  for (const fs::directory_entry& e : fs::directory_iterator(sdk.root + "/" + kFolder)) {
    const std::string name = e.path().filename().string();
    if (!EndsWith(name, ".cc") || EndsWith(name, "_test.cc")) continue;
    const std::string text = ReadFile(e.path().string());
    const std::string place = std::string("src/") + kFolder + "/" + name;
    (*files)[place] = text;
    sources.insert(place);
    copier.AddIncludesOf(text);
  }
  return {sources.begin(), sources.end()};
}

}  // namespace adze::generate
