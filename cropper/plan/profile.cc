// SPDX-License-Identifier: Apache-2.0
// Reading profiles: every problem of the file in one report.
#include "cropper/plan/profile.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cropper/plan/features.h"
#include "cropper/plan/prefix.h"
#include "kernels/catalog.h"

namespace adze::plan {
namespace {

using nlohmann::ordered_json;

std::string Join(const std::vector<std::string>& words, const char* separator) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

// The fields of one JSON object, and what to do with each. Collects findings.
class ObjectReader {
 public:
  using Take = std::function<void(const ordered_json&)>;

  ObjectReader(std::string source, std::string inside, std::vector<std::string>* findings)
      : source_(std::move(source)), inside_(std::move(inside)), findings_(findings) {}

  void Field(const char* key, bool required, Take take) { fields_.push_back({key, required, std::move(take)}); }

  void Finding(const std::string& text) const { findings_->push_back(source_ + ": " + text); }

  // `"page_size"` or `"budget.alloc"`.
  std::string Name(const std::string& key) const { return "\"" + inside_ + key + "\""; }

  void Read(const ordered_json& json) const {
    if (!json.is_object())
      return Finding((inside_.empty() ? "the profile" : "\"" + inside_.substr(0, inside_.size() - 1) + "\"") + " must be a JSON object");
    std::vector<std::string> known;
    for (const auto& field : fields_) known.push_back(field.key);
    for (const auto& [key, value] : json.items()) {
      bool found = false;
      for (const auto& field : fields_) {
        if (key == field.key) found = true;
      }
      if (!found && key != "comment") Finding("unknown key " + Name(key) + "; known keys: " + Join(known, ", ") + ", comment");
    }
    for (const auto& field : fields_) {
      if (json.contains(field.key)) {
        field.take(json.at(field.key));
      } else if (field.required) {
        Finding("key " + Name(field.key) + " is missing");
      }
    }
  }

  Take String(const char* key, std::string* out) const {
    return [this, key, out](const ordered_json& v) {
      if (!v.is_string() || v.get<std::string>().empty()) return Finding(Name(key) + " must be a string that is not empty");
      *out = v.get<std::string>();
    };
  }
  Take Bool(const char* key, bool* out) const {
    return [this, key, out](const ordered_json& v) {
      if (!v.is_boolean()) return Finding(Name(key) + " must be true or false");
      *out = v.get<bool>();
    };
  }
  Take Bytes(const char* key, int64_t* out) const {
    return [this, key, out](const ordered_json& v) {
      if (!v.is_number_integer() || v.get<double>() < 1 || v.get<double>() > 1e15) {
        return Finding(Name(key) + " must be a number of bytes, 1 or more");
      }
      *out = v.get<int64_t>();
    };
  }

 private:
  struct Entry {
    std::string key;
    bool required;
    Take take;
  };
  std::string source_, inside_;
  std::vector<std::string>* findings_;
  std::vector<Entry> fields_;
};

void ReadStrings(const ObjectReader& reader, const char* key, const ordered_json& v, std::vector<std::string>* out) {
  const std::string problem = reader.Name(key) + " must be a list of strings";
  if (!v.is_array()) return reader.Finding(problem);
  for (const auto& item : v) {
    if (!item.is_string()) return reader.Finding(problem);
    out->push_back(item.get<std::string>());
  }
}

void CheckLevels(const ObjectReader& reader, const std::vector<std::string>& names, Profile* profile) {
  std::vector<std::string> known;
  for (Level level : LevelsOfArch(profile->arch)) known.push_back(LevelName(level));
  if (known.empty()) return;  // the architecture was reported
  if (names.empty()) reader.Finding("\"levels\" lists no level; those of " + profile->arch + ": " + Join(known, ", "));
  for (const std::string& name : names) {
    Level level;
    bool of_arch = false;
    for (const std::string& k : known) of_arch = of_arch || k == name;
    if (!of_arch || !LevelFromName(name, &level)) {
      reader.Finding("\"levels\": " + profile->arch + " has no level \"" + name + "\"; it has " + Join(known, ", "));
      continue;
    }
    bool twice = false;
    for (Level l : profile->levels) twice = twice || l == level;
    if (twice) {
      reader.Finding("\"levels\": \"" + name + "\" is listed twice");
    } else {
      profile->levels.push_back(level);
    }
  }
}

}  // namespace

bool LevelFromName(const std::string& name, Level* level) {
  for (int i = 0; i < kLevelCount; ++i) {
    if (name != LevelName(static_cast<Level>(i))) continue;
    *level = static_cast<Level>(i);
    return true;
  }
  return false;
}

bool OptimizeFromName(const std::string& name, passes::Optimize* optimize) {
  if (name != "size" && name != "speed") return false;
  *optimize = name == "speed" ? passes::Optimize::kSpeed : passes::Optimize::kSize;
  return true;
}

Profile ParseProfile(const std::string& text, const std::string& source) {
  std::vector<std::string> findings;
  Profile profile;
  std::vector<std::string> levels;
  ObjectReader top(source, "", &findings), features(source, "features.", &findings), compiler(source, "compiler.", &findings),
      budget(source, "budget.", &findings);
  for (const FeatureRow& feature : Features()) {
    features.Field(feature.name, false, features.Bool(feature.name, &(profile.*feature.setting)));
  }
  compiler.Field("c", true, compiler.String("c", &profile.compiler.c));
  compiler.Field("cxx", true, compiler.String("cxx", &profile.compiler.cxx));
  budget.Field("alloc", false, budget.Bytes("alloc", &profile.budget.alloc));
  budget.Field("file", false, budget.Bytes("file", &profile.budget.file));
  budget.Field("compressed", false, budget.Bytes("compressed", &profile.budget.compressed));
  budget.Field("ram", false, budget.Bytes("ram", &profile.budget.ram));
  top.Field("name", true, top.String("name", &profile.name));
  top.Field("arch", true, top.String("arch", &profile.arch));
  top.Field("levels", true, [&](const ordered_json& v) { ReadStrings(top, "levels", v, &levels); });
  top.Field("features", false, [&](const ordered_json& v) { features.Read(v); });
  top.Field("optimize", false, [&](const ordered_json& v) {
    if (!v.is_string() || !OptimizeFromName(v.get<std::string>(), &profile.optimize))
      top.Finding("\"optimize\" must be \"size\" or \"speed\"");
  });
  top.Field("page_size", true, top.Bytes("page_size", &profile.page_size));
  top.Field("compiler", true, [&](const ordered_json& v) { compiler.Read(v); });
  top.Field("prefix", false, [&](const ordered_json& v) {
    const std::string problem = v.is_string() ? PrefixProblem(v.get<std::string>()) : "must be a string";
    if (problem.empty()) return static_cast<void>(profile.prefix = v.get<std::string>());
    top.Finding("\"prefix\": " + problem);
  });
  top.Field("emulator", false, [&](const ordered_json& v) { ReadStrings(top, "emulator", v, &profile.emulator); });
  top.Field("budget", false, [&](const ordered_json& v) { budget.Read(v); });
  const ordered_json json = ordered_json::parse(text, nullptr, false);
  if (json.is_discarded()) throw InputError(source + ": is not JSON; see profiles/linux-x64.json for an example");
  top.Read(json);
  if (!profile.arch.empty() && LevelsOfArch(profile.arch).empty()) {
    top.Finding("\"arch\": unknown architecture \"" + profile.arch + "\"; known: x86_64, aarch64");
  }
  if (json.is_object() && json.contains("levels")) CheckLevels(top, levels, &profile);
  if (profile.page_size < 4096 || profile.page_size > (1 << 21) || (profile.page_size & (profile.page_size - 1)) != 0) {
    top.Finding("\"page_size\" must be a power of two from 4096 to 2097152, not " + std::to_string(profile.page_size));
  }
  if (!findings.empty()) throw InputError(Join(findings, "\n"));
  return profile;
}

std::string ProfilePath(const std::string& sdk, const std::string& name_or_path) {
  std::error_code error;
  if (std::filesystem::is_regular_file(name_or_path, error)) return name_or_path;
  return (std::filesystem::path(sdk) / "profiles" / (name_or_path + ".json")).string();
}

Profile LoadProfile(const std::string& sdk, const std::string& name_or_path) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path folder = fs::path(sdk) / "profiles";
  const fs::path path = ProfilePath(sdk, name_or_path);
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    throw InputError("no profile '" + name_or_path + "': neither a file nor one of " + folder.string() + " (" + Join(names, ", ") + ")");
  }
  std::ostringstream text;
  text << file.rdbuf();
  return ParseProfile(text.str(), path.string());
}

std::string ProfileToJson(const Profile& profile) {
  ordered_json json;
  json["name"] = profile.name;
  json["arch"] = profile.arch;
  json["levels"] = ordered_json::array();
  for (Level level : profile.levels) json["levels"].push_back(LevelName(level));
  for (const FeatureRow& feature : Features()) json["features"][feature.name] = profile.*feature.setting;
  if (profile.optimize == passes::Optimize::kSpeed) json["optimize"] = "speed";
  json["page_size"] = profile.page_size;
  json["compiler"]["c"] = profile.compiler.c;
  json["compiler"]["cxx"] = profile.compiler.cxx;
  if (!profile.prefix.empty()) json["prefix"] = profile.prefix;
  json["emulator"] = profile.emulator;
  if (profile.budget.alloc > 0) json["budget"]["alloc"] = profile.budget.alloc;
  if (profile.budget.file > 0) json["budget"]["file"] = profile.budget.file;
  if (profile.budget.compressed > 0) json["budget"]["compressed"] = profile.budget.compressed;
  if (profile.budget.ram > 0) json["budget"]["ram"] = profile.budget.ram;
  return json.dump(2) + "\n";
}

}  // namespace adze::plan
