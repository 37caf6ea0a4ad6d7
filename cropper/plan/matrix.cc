// SPDX-License-Identifier: Apache-2.0
// Reading matrices, all problems at once.
#include "cropper/plan/matrix.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "cropper/plan/prefix.h"
#include "cropper/plan/profile.h"

namespace adze::plan {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

bool IsFolderName(const std::string& name) {
  return !name.empty() && name[0] != '.' && std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
  });
}

class Reader {
 public:
  explicit Reader(std::string source) : source_(std::move(source)), beside_(fs::path(source_).parent_path()) {}

  std::vector<MatrixEntry> Read(const json& matrix) {
    if (!matrix.is_object()) Finding("must be a JSON object with \"sets\" and \"profiles\"");
    const json sets = Member(matrix, "sets", "an object of sets of models", &json::is_object);
    const json profiles = Member(matrix, "profiles", "a list of profiles", &json::is_array);
    const json top = matrix.is_object() ? matrix : json::object();
    for (const auto& [key, value] : top.items()) {
      if (key != "sets" && key != "profiles" && key != "comment")
        Finding("unknown key \"" + key + "\"; known keys: sets, profiles, comment");
    }
    const std::vector<std::string> names = Strings(profiles, "\"profiles\"");
    for (const auto& [name, set] : sets.items()) AddSet(name, set, names);
    if (!report_.empty()) throw InputError(report_);
    return entries_;
  }

 private:
  void Finding(const std::string& text) { report_ += (report_.empty() ? "" : "\n") + source_ + ": " + text; }

  json Member(const json& object, const char* key, const std::string& what, bool (json::*fits)() const noexcept) {
    if (object.is_object() && object.contains(key) && (object[key].*fits)() && !object[key].empty()) return object[key];
    if (object.is_object()) Finding("\"" + std::string(key) + "\" must be " + what + ", not empty");
    return json::object();
  }

  std::vector<std::string> Strings(const json& list, const std::string& what) {
    std::vector<std::string> strings;
    for (const json& item : list) {
      if (!item.is_string() || item.get<std::string>().empty()) {
        Finding(what + " must list strings that are not empty");
      } else if (std::count(strings.begin(), strings.end(), item.get<std::string>()) > 0) {
        Finding(what + " lists \"" + item.get<std::string>() + "\" twice");
      } else {
        strings.push_back(item.get<std::string>());
      }
    }
    return strings;
  }

  void AddSet(const std::string& name, const json& set, const std::vector<std::string>& profiles) {
    const std::string what = "set \"" + name + "\"";
    if (!IsFolderName(name)) Finding(what + " names a folder: give letters, digits, _, - and .");
    if (!set.is_object() || !set.contains("models") || !set["models"].is_array() || set["models"].empty()) {
      return Finding(what + " must be an object with \"models\", a list of files");
    }
    MatrixEntry entry;
    entry.set = name;
    for (const std::string& model : Strings(set["models"], what + ": \"models\"")) entry.models.push_back((beside_ / model).string());
    for (const auto& [key, value] : set.items()) {
      if (key == "prefix") {
        const std::string problem = value.is_string() ? PrefixProblem(value.get<std::string>()) : "must be a string";
        if (!problem.empty()) Finding(what + ": \"prefix\": " + problem);
        if (value.is_string()) entry.prefix = value.get<std::string>();
      } else if (key != "models" && key != "comment") {
        Finding(what + ": unknown key \"" + key + "\"; known keys: models, prefix, comment");
      }
    }
    for (const std::string& profile : profiles) {
      std::error_code error;
      if (!IsFolderName(fs::path(profile).stem().string())) {
        Finding("profile \"" + profile + "\" names a folder: its file's name must be letters, digits, _, - and .");
      }
      entry.profile = profile;
      entry.profile_path = fs::is_regular_file(beside_ / profile, error) ? (beside_ / profile).string() : profile;
      entry.folder = name + "/" + fs::path(profile).stem().string();
      if (!folders_.insert(entry.folder).second)
        Finding(what + ": two profiles would go to " + entry.folder + "; give one file another name");
      entries_.push_back(entry);
    }
  }

  std::string source_;
  fs::path beside_;
  std::string report_;
  std::set<std::string> folders_;
  std::vector<MatrixEntry> entries_;
};

}  // namespace

std::vector<MatrixEntry> ParseMatrix(const std::string& text, const std::string& source) {
  const json matrix = json::parse(text, nullptr, false);
  if (matrix.is_discarded())
    throw InputError(source + ": is not JSON; write {\"sets\": {\"NAME\": {\"models\": [...]}}, \"profiles\": [...]}");
  return Reader(source).Read(matrix);
}

}  // namespace adze::plan
