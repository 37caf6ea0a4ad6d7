// SPDX-License-Identifier: Apache-2.0
// Models are one where their canonical paths are. Folders do not enter the result: where models and lists lie must not change the crop.
#include "cropper/plan/model_union.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "cropper/plan/model_list.h"
#include "cropper/plan/profile.h"

namespace adze::plan {
namespace {

namespace fs = std::filesystem;

constexpr char kCommandLine[] = "command line";

std::ifstream Open(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error)) throw InputError(path + ": no such file");
  std::ifstream file(path, std::ios::binary);
  if (!file || fs::is_directory(path, error)) throw InputError(path + ": cannot be read; give a model file or a list of models");
  return file;
}

std::string ReadBytes(const std::string& path) {
  std::ostringstream bytes;
  bytes << Open(path).rdbuf();
  return bytes.str();
}

// A list is text; every model format has control bytes at its start.
bool IsText(const std::string& path) {
  constexpr std::streamsize kLooked = 4096;
  std::ifstream file = Open(path);
  std::string start(kLooked, '\0');
  file.read(start.data(), kLooked);
  return std::none_of(start.begin(), start.begin() + static_cast<std::ptrdiff_t>(file.gcount()),
                      [](char c) { return static_cast<unsigned char>(c) < 32 && c != '\n' && c != '\r' && c != '\t'; });
}

// The last `parts` parts of a path: "a/models.txt".
std::string Tail(const fs::path& path, size_t parts) {
  fs::path tail;
  fs::path rest = path;
  for (size_t i = 0; i < parts && rest.has_filename(); ++i, rest = rest.parent_path()) tail = rest.filename() / tail;
  const std::string text = tail.string();
  return text.empty() || text.back() != '/' ? text : text.substr(0, text.size() - 1);
}

// A name for each list: that of its file, with as many folders before it as tell all of them apart.
std::map<fs::path, std::string> ListNames(const std::set<fs::path>& lists) {
  std::map<fs::path, std::string> names;
  std::set<std::string> taken;
  for (size_t parts = 1; taken.size() < lists.size(); ++parts) {
    names.clear();
    taken.clear();
    for (const fs::path& list : lists) taken.insert(names[list] = Tail(list, parts));
  }
  return names;
}

class Union {
 public:
  void Add(const std::string& path, const std::string& source, const std::string& named_by,
           const std::vector<import::InputShapes>& shapes) {
    NamedModel& model = models_[fs::weakly_canonical(path)];
    if (model.path.empty() || path < model.path) model.path = path;
    const bool better =
        model.source.empty() || source.size() < model.source.size() || (source.size() == model.source.size() && source < model.source);
    if (better) model.source = source;
    const auto place = std::lower_bound(model.named_by.begin(), model.named_by.end(), named_by);
    if (place == model.named_by.end() || *place != named_by) model.named_by.insert(place, named_by);
    std::vector<import::InputShapes> all;
    std::set_union(model.shapes.begin(), model.shapes.end(), shapes.begin(), shapes.end(), std::back_inserter(all));
    model.shapes = std::move(all);
  }

  std::vector<NamedModel> Sorted() const {
    std::vector<NamedModel> sorted;
    std::string report;
    for (const auto& entry : models_) {
      sorted.push_back(entry.second);
      if (entry.second.shapes.size() > import::kMaxShapes)
        report += (report.empty() ? "" : "\n") + entry.second.source + ": all lists together declare " +
                  std::to_string(entry.second.shapes.size()) + " shapes; " + std::to_string(import::kMaxShapes) + " is the most";
    }
    if (!report.empty()) throw InputError(report);
    // Files of one name are told apart by what they hold, for neither their folder nor the order of arguments may matter.
    std::sort(sorted.begin(), sorted.end(), [](const NamedModel& a, const NamedModel& b) {
      return a.source != b.source ? a.source < b.source : ReadBytes(a.path) < ReadBytes(b.path);
    });
    return sorted;
  }

 private:
  std::map<fs::path, NamedModel> models_;
};

// The arguments, sorted into files and lists; each list once.
struct Arguments {
  std::vector<std::string> files;
  std::map<fs::path, std::vector<ListedModel>> lists;
};

Arguments Read(const std::vector<std::string>& arguments) {
  Arguments read;
  std::set<fs::path> given;
  std::string report;
  for (const std::string& argument : arguments) {
    try {
      const fs::path canonical = fs::weakly_canonical(argument);
      if (!IsText(argument)) {
        if (!given.insert(canonical).second) throw InputError(argument + ": is given twice; give each model once");
        read.files.push_back(argument);
      } else if (read.lists.count(canonical) == 0) {
        read.lists[canonical] = ReadModelList(argument);
      }
    } catch (const InputError& e) {
      report += (report.empty() ? "" : "\n") + std::string(e.what());
    }
  }
  if (!report.empty()) throw InputError(report);
  return read;
}

}  // namespace

std::vector<NamedModel> UnionOfModels(const std::vector<std::string>& arguments, const std::vector<import::InputShapes>& shapes) {
  const Arguments read = Read(arguments);
  std::set<fs::path> lists;
  for (const auto& entry : read.lists) lists.insert(entry.first);
  const std::map<fs::path, std::string> names = ListNames(lists);
  Union models;
  // Of a file only its own name: see the top of this file.
  for (const std::string& file : read.files) models.Add(file, fs::path(file).filename().string(), kCommandLine, shapes);
  for (const auto& [list, listed] : read.lists) {
    for (const ListedModel& m : listed) models.Add(m.path, m.written, names.at(list), m.shapes);
  }
  return models.Sorted();
}

}  // namespace adze::plan
