// SPDX-License-Identifier: Apache-2.0
// Queries of the index, and its JSON form.
#include "cropper/index/index.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

namespace adze::index {
namespace {

using nlohmann::ordered_json;
using Lists = std::vector<std::pair<const char*, std::vector<std::string> Unit::*>>;

// The lists of a unit, in the order in which the file shows them.
const Lists& UnitLists() {
  static const Lists kLists = {{"defines", &Unit::defines},     {"exports", &Unit::exports}, {"uses", &Unit::uses},
                               {"generated", &Unit::generated}, {"system", &Unit::system},   {"headers", &Unit::headers},
                               {"external", &Unit::external}};
  return kLists;
}

void SortUnique(std::vector<std::string>* list) {
  std::sort(list->begin(), list->end());
  list->erase(std::unique(list->begin(), list->end()), list->end());
}

Unit UnitFromJson(const std::string& path, const ordered_json& json) {
  Unit unit;
  unit.path = path;
  unit.isa = json.at("isa").get<std::string>();
  unit.unit_class = json.at("class").get<std::string>();
  for (const auto& [key, list] : UnitLists()) {
    if (json.contains(key)) unit.*list = json.at(key).get<std::vector<std::string>>();
  }
  return unit;
}

}  // namespace

Index::Index(std::string arch, std::string compiler, std::vector<Unit> units)
    : arch_(std::move(arch)), compiler_(std::move(compiler)), units_(std::move(units)) {
  std::sort(units_.begin(), units_.end(), [](const Unit& a, const Unit& b) { return a.path < b.path; });
  for (size_t i = 0; i < units_.size(); ++i) {
    if (i > 0 && units_[i - 1].path == units_[i].path) throw std::runtime_error("index " + arch_ + ": two units " + units_[i].path);
    for (const auto& entry : UnitLists()) SortUnique(&(units_[i].*entry.second));
    for (const std::string& symbol : units_[i].defines) definers_[symbol].push_back(static_cast<int>(i));
  }
  for (const Unit& unit : units_) {
    for (const std::string& used : unit.uses) {
      if (Find(used) == nullptr) throw std::runtime_error("index " + arch_ + ": " + unit.path + " uses " + used + ", which is no unit");
    }
  }
}

const Unit* Index::Find(const std::string& path) const {
  const auto at = std::lower_bound(units_.begin(), units_.end(), path, [](const Unit& u, const std::string& p) { return u.path < p; });
  return at != units_.end() && at->path == path ? &*at : nullptr;
}

const Unit* Index::Defining(const std::string& symbol, const std::set<std::string>& absent) const {
  const auto at = definers_.find(symbol);
  if (at == definers_.end()) return nullptr;
  for (int i : at->second) {
    if (absent.count(units_[i].path) == 0) return &units_[i];
  }
  return nullptr;
}

std::map<std::string, std::vector<std::string>> Index::Closure(const std::set<std::string>& roots,
                                                               const std::set<std::string>& absent) const {
  std::map<std::string, std::vector<std::string>> closure;
  std::vector<const Unit*> open;
  for (const std::string& root : roots) {
    const Unit* unit = Find(root);
    if (unit == nullptr) throw std::runtime_error("index " + arch_ + ": no unit " + root + "; run adze-indexer");
    if (closure.try_emplace(root).second) open.push_back(unit);
  }
  while (!open.empty()) {
    const Unit* unit = open.back();
    open.pop_back();
    for (const std::string& used : unit->uses) {
      if (absent.count(used) != 0) continue;
      const auto [at, is_new] = closure.try_emplace(used);
      at->second.push_back(unit->path);
      if (is_new) open.push_back(Find(used));
    }
  }
  for (auto& entry : closure) SortUnique(&entry.second);
  return closure;
}

std::string Index::ToJson() const {
  ordered_json json;
  json["comment"] = "Made by adze-indexer from the objects' relocations; do not edit. Edges between units only: no sizes, no hashes.";
  json["version"] = kIndexVersion;
  json["arch"] = arch_;
  json["compiler"] = compiler_;
  json["units"] = ordered_json::object();
  for (const Unit& unit : units_) {
    ordered_json& u = json["units"][unit.path];
    u["isa"] = unit.isa;
    u["class"] = unit.unit_class;
    for (const auto& [key, list] : UnitLists()) {
      if (!(unit.*list).empty()) u[key] = unit.*list;
    }
  }
  return json.dump(1) + "\n";
}

Index Index::FromJson(const std::string& text, const std::string& source) {
  try {
    const ordered_json json = ordered_json::parse(text);
    const int version = json.at("version").get<int>();
    if (version != kIndexVersion) {
      throw std::runtime_error("index version " + std::to_string(version) + ", this cropper reads " + std::to_string(kIndexVersion));
    }
    std::vector<Unit> units;
    for (const auto& [path, unit] : json.at("units").items()) units.push_back(UnitFromJson(path, unit));
    return Index(json.at("arch").get<std::string>(), json.at("compiler").get<std::string>(), std::move(units));
  } catch (const std::exception& e) {
    throw std::runtime_error(source + ": " + e.what() + "; restore the file or run adze-indexer");
  }
}

Index LoadIndex(const std::string& sdk, const std::string& arch) {
  const std::string path = sdk + "/cropper/index/data/" + arch + ".json";
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw std::runtime_error(path + ": cannot be read; --sdk must name a whole SDK: a checkout of Adze or share/adze of an installed one");
  std::ostringstream text;
  text << file.rdbuf();
  return Index::FromJson(text.str(), path);
}

}  // namespace adze::index
