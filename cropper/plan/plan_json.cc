// SPDX-License-Identifier: Apache-2.0
// plan.json: one atom and one reason a line, sorted, so that two plans can be compared by eye and by diff.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cropper/plan/plan.h"

namespace adze::plan {
namespace {

using nlohmann::ordered_json;

std::string Line(const ordered_json& json) { return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace); }

ordered_json ReasonToJson(const Reason& r) {
  ordered_json json = {{"model", r.model}, {"node", r.node}};
  if (!r.node_name.empty()) json["name"] = r.node_name;
  json["op"] = r.op;
  if (!r.level.empty()) json["level"] = r.level;
  return json;
}

Reason ReasonFromJson(const ordered_json& json) {
  Reason r;
  r.model = json.at("model").get<std::string>();
  r.node = json.at("node").get<int32_t>();
  r.node_name = json.value("name", "");
  r.op = json.at("op").get<std::string>();
  r.level = json.value("level", "");
  return r;
}

AtomKind KindFromName(const std::string& name) {
  for (const AtomKind kind : {AtomKind::kOp, AtomKind::kKernel, AtomKind::kUkernel, AtomKind::kLevel, AtomKind::kFeature}) {
    if (name == AtomKindName(kind)) return kind;
  }
  throw std::runtime_error("unknown kind of atom \"" + name + "\"");
}

Atom AtomFromJson(const ordered_json& json) {
  Atom atom;
  atom.kind = KindFromName(json.at("kind").get<std::string>());
  atom.id = json.at("id").get<std::string>();
  atom.because = json.value("because", "");
  if (json.contains("reasons")) {
    for (const auto& reason : json.at("reasons")) atom.reasons.push_back(ReasonFromJson(reason));
  }
  return atom;
}

// Appends `"key": [` and one item a line.
void AppendList(const char* key, const std::vector<std::string>& lines, const char* indent, std::string* text) {
  *text += std::string(indent) + "\"" + key + "\": [";
  for (size_t i = 0; i < lines.size(); ++i) *text += std::string(i == 0 ? "\n" : ",\n") + indent + "  " + lines[i];
  *text += lines.empty() ? "]" : std::string("\n") + indent + "]";
}

std::vector<std::string> Quoted(const std::vector<std::string>& words) {
  std::vector<std::string> lines;
  for (const std::string& word : words) lines.push_back(Line(word));
  return lines;
}

std::string AtomText(const Atom& atom) {
  ordered_json head = {{"kind", AtomKindName(atom.kind)}, {"id", atom.id}};
  if (!atom.because.empty()) head["because"] = atom.because;
  std::string text = Line(head);
  if (atom.reasons.empty()) return text;
  std::vector<std::string> reasons;
  for (const Reason& reason : atom.reasons) reasons.push_back(Line(ReasonToJson(reason)));
  text.back() = ',';
  text += "\n";
  AppendList("reasons", reasons, "    ", &text);
  return text + "}";
}

std::string UnitText(const PlannedUnit& unit) {
  ordered_json json = {{"path", unit.path}, {"isa", unit.isa}, {"class", unit.unit_class}};
  if (!unit.atoms.empty()) json["atoms"] = unit.atoms;
  if (!unit.used_by.empty()) json["used_by"] = unit.used_by;
  return Line(json);
}

// A path that stays inside the folder it is joined to: a plan may come from anywhere, and the generator copies what it names.
void CheckInside(const std::string& path) {
  const std::filesystem::path p = path;
  bool inside = !path.empty() && p.is_relative();
  for (const auto& part : p) inside = inside && part != "..";
  if (!inside) throw std::runtime_error("\"" + path + "\" is no path inside the source tree");
}

std::vector<std::string> Paths(const ordered_json& json) {
  auto paths = json.get<std::vector<std::string>>();
  for (const std::string& path : paths) CheckInside(path);
  return paths;
}

Plan Read(const ordered_json& json) {
  const int version = json.at("version").get<int>();
  if (version != kPlanVersion) {
    throw std::runtime_error("plan version " + std::to_string(version) + ", this cropper reads " + std::to_string(kPlanVersion));
  }
  Plan plan;
  plan.kind = json.at("kind").get<std::string>();
  if (plan.kind != "crop" && plan.kind != "full" && plan.kind != "empty") throw std::runtime_error("unknown kind \"" + plan.kind + "\"");
  plan.profile = ParseProfile(json.at("profile").dump(), "\"profile\"");
  for (const auto& name : json.at("levels")) {
    Level level;
    if (!LevelFromName(name.get<std::string>(), &level)) throw std::runtime_error("unknown level " + name.dump());
    plan.levels.push_back(level);
  }
  for (const auto& model : json.at("models")) {
    plan.models.push_back({model.at("name").get<std::string>(), model.at("source").get<std::string>()});
    CheckInside(plan.models.back().name);
  }
  for (const auto& atom : json.at("atoms")) plan.atoms.push_back(AtomFromJson(atom));
  for (const auto& unit : json.at("units")) {
    plan.units.push_back({unit.at("path").get<std::string>(), unit.at("isa").get<std::string>(), unit.at("class").get<std::string>(),
                          unit.value("atoms", std::vector<std::string>()), unit.value("used_by", std::vector<std::string>())});
    CheckInside(plan.units.back().path);
  }
  plan.headers = Paths(json.at("headers"));
  plan.external = Paths(json.at("external"));
  plan.system = json.at("system").get<std::vector<std::string>>();
  return plan;
}

}  // namespace

std::string PlanToJson(const Plan& plan) {
  std::vector<std::string> levels, models, atoms, units;
  for (const Level level : plan.levels) levels.push_back(Line(LevelName(level)));
  for (const PlanModel& model : plan.models) models.push_back(Line({{"name", model.name}, {"source", model.source}}));
  for (const Atom& atom : plan.atoms) atoms.push_back(AtomText(atom));
  for (const PlannedUnit& unit : plan.units) units.push_back(UnitText(unit));
  std::string text = "{\n  \"version\": " + std::to_string(kPlanVersion) + ",\n  \"kind\": " + Line(plan.kind) +
                     ",\n  \"profile\": " + Line(ordered_json::parse(ProfileToJson(plan.profile))) + ",\n";
  const std::pair<const char*, std::vector<std::string>> lists[] = {{"levels", levels},
                                                                    {"models", models},
                                                                    {"atoms", atoms},
                                                                    {"units", units},
                                                                    {"headers", Quoted(plan.headers)},
                                                                    {"external", Quoted(plan.external)},
                                                                    {"system", Quoted(plan.system)}};
  for (const auto& [key, lines] : lists) {
    if (key != lists[0].first) text += ",\n";
    AppendList(key, lines, "  ", &text);
  }
  return text + "\n}\n";
}

Plan PlanFromJson(const std::string& text, const std::string& source) {
  try {
    return Read(ordered_json::parse(text));
  } catch (const std::exception& e) {
    throw InputError(source + ": not a plan of this version of Adze: " + e.what() + "; make it with 'cropper plan'");
  }
}

}  // namespace adze::plan
