// SPDX-License-Identifier: Apache-2.0
// From selections to atoms, from atoms to units.
#include "cropper/plan/plan.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "cropper/plan/features.h"
#include "cropper/plan/select_rows.h"

namespace adze::plan {
namespace {

using AtomMap = std::map<std::pair<AtomKind, std::string>, Atom>;

AtomKind KindOf(RowKind kind) {
  return kind == RowKind::kOp ? AtomKind::kOp : kind == RowKind::kKernel ? AtomKind::kKernel : AtomKind::kUkernel;
}

Atom* AddRow(const CatalogRow& row, AtomMap* atoms) {
  Atom* atom = &(*atoms)[{KindOf(row.kind), row.name}];
  atom->kind = KindOf(row.kind);
  atom->id = row.name;
  return atom;
}

// A node that asks for a row at several shapes is one reason: that of the first of them.
void AddReason(const Reason& reason, bool first_shape, Atom* atom) {
  const auto same = [&](const Reason& r) { return r.model == reason.model && r.node_name == reason.node_name && r.level == reason.level; };
  if (first_shape || std::none_of(atom->reasons.begin(), atom->reasons.end(), same)) atom->reasons.push_back(reason);
}

// The rows of one node at one level become atoms with that node as a reason. Op rows do not depend on the level: one reason a node.
void AddNode(const std::string& model, const NodeRows& node, bool first_level, AtomMap* atoms) {
  const Reason reason{model, node.node, node.node_name, node.op, LevelName(node.level)};
  const bool first_shape = node.graph == 0;
  if (first_level) {
    Reason any_level = reason;
    any_level.level.clear();
    AddReason(any_level, first_shape, AddRow(Catalog()[node.op_row], atoms));
  }
  AddReason(reason, first_shape, AddRow(Catalog()[node.kernel], atoms));
  std::set<int> ukernels(node.ukernels.begin(), node.ukernels.end());
  for (const int row : ukernels) AddReason(reason, first_shape, AddRow(Catalog()[row], atoms));
}

// Levels in order of preference, features, then the rows.
std::vector<Atom> OrderAtoms(const std::vector<Level>& levels, const Profile& profile, AtomMap rows) {
  std::vector<Atom> atoms;
  for (const Level level : levels) {
    const bool listed = std::count(profile.levels.begin(), profile.levels.end(), level) > 0;
    atoms.push_back({AtomKind::kLevel, LevelName(level), listed ? "profile " + profile.name + " lists it" : "everything is kept", {}});
  }
  for (const FeatureRow& feature : Features()) {
    const bool on = profile.*feature.setting;
    if (!on && *feature.unit_off == 0) continue;  // nothing is kept for it
    atoms.push_back({AtomKind::kFeature, std::string(feature.name) + (on ? "=on" : "=off"), "profile " + profile.name + " chooses it", {}});
  }
  for (auto& entry : rows) atoms.push_back(std::move(entry.second));
  return atoms;
}

// The unit that an atom stands for; "" for levels, which have none of their own.
std::string UnitOf(const Atom& atom, const Profile& profile, const index::Index& index) {
  if (atom.kind == AtomKind::kLevel) return "";
  if (atom.kind == AtomKind::kFeature) {
    for (const FeatureRow& feature : Features()) {
      if (atom.id == std::string(feature.name) + "=on") return feature.unit_on;
      if (atom.id == std::string(feature.name) + "=off") return feature.unit_off;
    }
  }
  const index::Unit* unit = index.Defining("adze_" + atom.id, AbsentUnits(profile));
  if (unit == nullptr) {
    throw std::runtime_error("index " + index.arch() + ": no unit defines adze_" + atom.id + ", which row " + atom.id +
                             " promises; run adze-indexer");
  }
  return unit->path;
}

template <typename T>
void Merge(const std::vector<T>& from, std::set<T>* into) {
  into->insert(from.begin(), from.end());
}

void AddUnits(const index::Index& index, Plan* plan) {
  std::map<std::string, std::set<std::string>> roots;  // path -> atoms
  const std::set<std::string> absent = AbsentUnits(plan->profile);
  for (const index::Unit& unit : index.units()) {
    if (!unit.exports.empty() && absent.count(unit.path) == 0) roots[unit.path].insert("runtime");
  }
  for (const Atom& atom : plan->atoms) {
    const std::string path = UnitOf(atom, plan->profile, index);
    if (!path.empty()) roots[path].insert(std::string(AtomKindName(atom.kind)) + ":" + atom.id);
  }
  std::set<std::string> root_paths, headers, external, system;
  for (const auto& root : roots) root_paths.insert(root.first);
  for (const auto& [path, used_by] : index.Closure(root_paths, absent)) {
    const index::Unit& unit = *index.Find(path);
    const std::set<std::string>& atoms = roots[path];
    plan->units.push_back({path, unit.isa, unit.unit_class, {atoms.begin(), atoms.end()}, used_by});
    Merge(unit.headers, &headers);
    Merge(unit.external, &external);
    Merge(unit.system, &system);
  }
  plan->headers.assign(headers.begin(), headers.end());
  plan->external.assign(external.begin(), external.end());
  plan->system.assign(system.begin(), system.end());
}

Plan Finish(const char* kind, const Profile& profile, const std::vector<Level>& levels, const index::Index& index, AtomMap rows) {
  if (index.arch() != profile.arch) {
    throw std::runtime_error("profile " + profile.name + " is for " + profile.arch + ", the index for " + index.arch());
  }
  Plan plan;
  plan.kind = kind;
  plan.profile = profile;
  plan.levels = levels;
  plan.atoms = OrderAtoms(levels, profile, std::move(rows));
  AddUnits(index, &plan);
  return plan;
}

}  // namespace

const char* AtomKindName(AtomKind kind) {
  static constexpr const char* kNames[] = {"op", "kernel", "ukernel", "level", "feature"};
  return kNames[static_cast<size_t>(kind)];
}

bool Plan::Has(AtomKind kind, const std::string& id) const {
  return std::any_of(atoms.begin(), atoms.end(), [&](const Atom& a) { return a.kind == kind && a.id == id; });
}

Plan MakePlan(const Profile& profile, const index::Index& index, const std::vector<ModelBytes>& models) {
  std::vector<ModelBytes> sorted = models;
  std::sort(sorted.begin(), sorted.end(), [](const ModelBytes& a, const ModelBytes& b) { return a.name < b.name; });
  AtomMap atoms;
  std::string report, resized;
  for (size_t i = 0; i < sorted.size(); ++i) {
    const ModelBytes& model = sorted[i];
    if (i > 0 && sorted[i - 1].name == model.name) throw InputError("two models are called " + model.name + "; rename one of them");
    const ModelRows rows = SelectRows(model, profile.levels);
    for (const std::string& line : rows.damage) report += model.source + ": " + line + "\n";
    for (const std::string& line : rows.missing) report += model.source + ": " + line + "\n";
    if (rows.graphs > 1) resized += (resized.empty() ? "" : ", ") + model.name + " has " + std::to_string(rows.graphs) + " shapes";
    for (const NodeRows& node : rows.nodes) AddNode(model.name, node, node.level == profile.levels.front(), &atoms);
  }
  if (!report.empty()) {
    report.pop_back();
    throw InputError(report);
  }
  Profile needed = profile;
  needed.resize = !resized.empty();
  Plan plan = Finish("crop", needed, profile.levels, index, std::move(atoms));
  for (Atom& atom : plan.atoms) {
    if (atom.id == "resize=on") atom.because = resized;
  }
  for (const ModelBytes& model : sorted) plan.models.push_back({model.name, model.source});
  return plan;
}

Plan FullPlan(const Profile& profile, const index::Index& index) {
  std::vector<Level> levels = profile.levels;
  const std::vector<Level> all = LevelsOfArch(profile.arch);
  for (const Level level : all) {
    if (std::count(levels.begin(), levels.end(), level) == 0) levels.push_back(level);
  }
  AtomMap atoms;
  for (const CatalogRow& row : Catalog()) {
    if (row.level != Level::kAny && std::count(all.begin(), all.end(), row.level) == 0) continue;
    AddRow(row, &atoms)->because = "everything is kept";
  }
  Profile all_shapes = profile;
  all_shapes.resize = true;
  return Finish("full", all_shapes, levels, index, std::move(atoms));
}

Plan EmptyPlan(const Profile& profile, const index::Index& index) {
  Profile bare = profile;
  for (const FeatureRow& feature : Features()) bare.*feature.setting = false;
  return Finish("empty", bare, bare.levels, index, {});
}

Plan WithUnits(Plan plan, const index::Index& index) {
  plan.units.clear();
  AddUnits(index, &plan);
  return plan;
}

std::vector<std::string> ModelNames(const std::vector<std::string>& sources) {
  std::vector<std::string> sorted = sources;
  std::sort(sorted.begin(), sorted.end());
  std::set<std::string> taken;
  std::map<std::string, std::vector<std::string>> names;  // per source, in reverse
  for (const std::string& source : sorted) {
    const std::string stem = std::filesystem::path(source).stem().string();
    std::string name = stem + ".adze";
    for (int n = 2; !taken.insert(name).second; ++n) name = stem + "_" + std::to_string(n) + ".adze";
    names[source].insert(names[source].begin(), name);
  }
  std::vector<std::string> result;
  for (const std::string& source : sources) {
    result.push_back(names[source].back());
    names[source].pop_back();
  }
  return result;
}

std::vector<std::string> MissingRows(const ModelBytes& model, const std::vector<Level>& levels) {
  ModelRows rows = SelectRows(model, levels);
  rows.damage.insert(rows.damage.end(), rows.missing.begin(), rows.missing.end());
  return rows.damage;
}

}  // namespace adze::plan
