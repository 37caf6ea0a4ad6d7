// SPDX-License-Identifier: Apache-2.0
// The page's data and its assembly.
#include "cropper/page/size_page.h"

#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cropper/page/page_parts.h"
#include "cropper/size/report.h"

namespace adze::page {
namespace {

using nlohmann::json;

struct Key {
  const char* key;
  const char* title;
};

// In the order of the page.
constexpr Key kKeys[] = {{"model", "model"}, {"row", "row"},   {"op", "op"},          {"dtype", "data type"},
                         {"level", "level"}, {"unit", "unit"}, {"section", "section"}};

json LibraryData(const size::SizeRecord& r) {
  const size::Toolchain& t = r.toolchain;
  return {{"path", r.library.path},
          {"arch", r.library.arch},
          {"profile", r.profile},
          {"kind", r.kind},
          {"crop_id", r.crop_id},
          {"cropper", r.cropper},
          {"file", r.library.file},
          {"alloc", r.library.alloc},
          {"compressed", r.library.compressed},
          {"ram", r.Ram()},
          {"toolchain", {{"id", t.Id()}, {"compiler", t.compiler}, {"linker", t.linker}, {"c_library", t.c_library}}}};
}

json ModelsData(const size::SizeRecord& r, const size::Marginal* marginal) {
  json models = json::array();
  for (const size::ModelBytes& m : r.models) {
    models.push_back({{"name", m.name},
                      {"source", m.source},
                      {"file", m.file},
                      {"constants", m.constants},
                      {"graph", m.graph},
                      {"arena", m.arena},
                      {"private_weights", m.private_weights},
                      {"bookkeeping", m.bookkeeping}});
    if (marginal == nullptr) continue;
    for (const size::Saving& s : marginal->savings) {
      if (s.model == m.name) models.back().update({{"saves", s.alloc}, {"saves_file", s.file}});
    }
  }
  return models;
}

json EntryData(const std::string& by, const size::Entry& e) {
  json entry = {{"name", e.name}, {"bytes", e.bytes}, {"file", e.file_bytes}};
  if (by == "model" && e.name[0] != '(') entry["models"] = e.models;
  if (by == "model" && !e.models.empty()) entry["models"] = e.models;
  return entry;
}

// Long names stand once; parts refer to them by number.
class Names {
 public:
  size_t NumberOf(const std::string& name) {
    const auto [at, is_new] = numbers_.try_emplace(name, names_.size());
    if (is_new) names_.push_back(name);
    return at->second;
  }
  const std::vector<std::string>& list() const { return names_; }

 private:
  std::map<std::string, size_t> numbers_;
  std::vector<std::string> names_;
};

json KeyData(const size::SizeRecord& record, const Key& key, Names* names) {
  // Of one entry, each part once: the table unit has a line for each of its rows.
  std::map<std::string, std::map<size_t, std::pair<uint64_t, uint64_t>>> sums;
  for (const size::Piece& p : size::Pieces(record, key.key)) {
    if (names == nullptr) break;
    auto& [bytes, file] = sums[p.group][names->NumberOf(p.part)];
    bytes += p.bytes;
    file += p.file_bytes;
  }
  json entries = json::array();
  for (const size::Entry& e : size::RecordReport(record, key.key).entries) {
    entries.push_back(EntryData(key.key, e));
    if (names == nullptr) continue;
    json parts = json::array();
    for (const auto& [name, sum] : sums[e.name]) parts.push_back({name, sum.first, sum.second});
    entries.back()["parts"] = parts;
  }
  return {{"key", key.key}, {"title", key.title}, {"entries", entries}};
}

std::string EscapedText(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

json PageData(const size::SizeRecord& record, const size::SizeRecord* before, const size::Marginal* marginal) {
  Names names;
  json data = {{"library", LibraryData(record)}, {"models", ModelsData(record, marginal)}, {"keys", json::array()}, {"before", json()}};
  data["marginal"] = marginal == nullptr ? json() : json(marginal->notes);
  for (const Key& key : kKeys) data["keys"].push_back(KeyData(record, key, &names));
  data["names"] = names.list();
  if (before == nullptr) return data;
  data["before"] = {{"library", LibraryData(*before)}, {"keys", json::array()}};
  for (const Key& key : kKeys) data["before"]["keys"].push_back(KeyData(*before, key, nullptr));
  return data;
}

std::string ScriptSafe(const json& json_value) {
  // ASCII only: U+2028 and its like become escapes, bytes that are no UTF-8 the replacement character.
  const std::string text = json_value.dump(-1, ' ', true, json::error_handler_t::replace);
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "\\u003c";
    } else if (c == '>') {
      out += "\\u003e";
    } else if (c == '&') {
      out += "\\u0026";
    } else {
      out += c;
    }
  }
  return out;
}

std::string SizePage(const size::SizeRecord& record, const size::SizeRecord* before, const size::Marginal* marginal) {
  const std::map<std::string_view, std::string> parts = {{"STYLE", std::string(kStyle)},
                                                         {"LICENSE", EscapedText(kMapLibraryLicense)},
                                                         {"DATA", ScriptSafe(PageData(record, before, marginal))},
                                                         {"LIBRARY", std::string(kMapLibrary)},
                                                         {"SCRIPT", std::string(kScript)}};
  std::string page;
  // One walk over the template: what a part holds is never looked at again.
  size_t at = 0;
  for (size_t mark = kTemplate.find('@'); mark != std::string_view::npos; mark = kTemplate.find('@', at)) {
    const size_t end = kTemplate.find('@', mark + 1);
    const auto part = parts.find(kTemplate.substr(mark + 1, end - mark - 1));
    if (part == parts.end()) throw std::logic_error("page.html has an unknown mark");
    page.append(kTemplate.substr(at, mark - at)).append(part->second);
    at = end + 1;
  }
  return page.append(kTemplate.substr(at));
}

}  // namespace adze::page
