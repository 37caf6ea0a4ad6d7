// SPDX-License-Identifier: Apache-2.0
// Walking the plan from a unit back to the atoms that need it.
#include "cropper/verify/why.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <iterator>
#include <map>

#include "cropper/generate/build.h"
#include "cropper/generate/cmake_text.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "cropper/size/report.h"
#include "cropper/verify/demangled.h"
#include "cropper/verify/near_names.h"

namespace adze::verify {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTable = "generated/table.cc";  // generate::kTableUnit without "src/"

class Walker {
 public:
  explicit Walker(const plan::Plan& plan) : plan_(plan) {
    for (const plan::PlannedUnit& u : plan.units) units_[u.path] = &u;
    for (const plan::Atom& a : plan.atoms) atoms_[std::string(plan::AtomKindName(a.kind)) + ":" + a.id] = &a;
  }

  const plan::PlannedUnit* UnitAt(const std::string& path) const {
    const auto u = units_.find(path);
    return u != units_.end() ? u->second : nullptr;
  }

  // The unit that defines an atom; null for levels.
  const plan::PlannedUnit* UnitOf(const plan::Atom& atom) const {
    const std::string text = std::string(plan::AtomKindName(atom.kind)) + ":" + atom.id;
    for (const plan::PlannedUnit& u : plan_.units) {
      if (std::count(u.atoms.begin(), u.atoms.end(), text) > 0) return &u;
    }
    return nullptr;
  }

  // Shortest ways from units with atoms to `path`, one per atom.
  std::vector<Chain> ChainsTo(const std::string& path) const {
    std::map<std::string, std::string> next{{path, ""}};  // unit -> the one it needs on the way to `path`
    std::deque<std::string> queue{path};
    std::vector<Chain> chains;
    while (!queue.empty()) {
      const std::string at = queue.front();
      queue.pop_front();
      const plan::PlannedUnit* unit = UnitAt(at);
      if (unit == nullptr) continue;
      for (const std::string& text : unit->atoms) {
        Chain chain;
        const auto atom = atoms_.find(text);
        if (atom != atoms_.end()) chain.atom = *atom->second;
        for (std::string u = at; !u.empty(); u = next[u]) chain.units.push_back(u);
        chains.push_back(chain);
      }
      for (const std::string& user : unit->used_by) {
        if (next.emplace(user, at).second) queue.push_back(user);
      }
    }
    return chains;
  }

 private:
  const plan::Plan& plan_;
  std::map<std::string, const plan::PlannedUnit*> units_;
  std::map<std::string, const plan::Atom*> atoms_;
};

// Does `name` stand for what this reason comes from: the model (its file, its stem or as it was listed), the op, or the node?
bool Names(const std::string& name, const plan::Reason& reason, const plan::Plan& plan) {
  if (name.empty()) return false;
  const std::string stem = fs::path(reason.model).stem().string();
  if (name == reason.model || name == stem || name == "models/" + reason.model || name == reason.op || name == reason.node_name)
    return true;
  return std::any_of(plan.models.begin(), plan.models.end(),
                     [&](const plan::PlanModel& m) { return m.name == reason.model && m.source == name; });
}

// What a model, an op or a node asks for: each atom with only those reasons, and its unit.
std::vector<Chain> ChainsFrom(const plan::Plan& plan, const Walker& walker, const std::string& name) {
  std::vector<Chain> chains;
  for (const plan::Atom& atom : plan.atoms) {
    Chain chain;
    std::copy_if(atom.reasons.begin(), atom.reasons.end(), std::back_inserter(chain.atom.reasons),
                 [&](const plan::Reason& r) { return Names(name, r, plan); });
    if (chain.atom.reasons.empty()) continue;
    chain.atom.kind = atom.kind;
    chain.atom.id = atom.id;
    if (const plan::PlannedUnit* unit = walker.UnitOf(atom)) chain.units = {unit->path};
    chains.push_back(chain);
  }
  return chains;
}

// The unit whose object defines `symbol`; "" if none or not built.
std::string UnitDefining(const std::string& out, const plan::Plan& plan, const std::string& symbol) {
  std::vector<std::string> paths{kTable};
  for (const plan::PlannedUnit& u : plan.units) paths.push_back(u.path);
  for (const std::string& path : paths) {
    const std::string object = generate::ObjectPath(out, "src/" + path);
    if (!fs::exists(object)) continue;
    for (const size::Symbol& s : size::ReadElf(object).symbols) {
      if (s.defined && (s.name == symbol || Demangled(s.name) == symbol)) return path;
    }
  }
  return "";
}

// Sessions select from the table, so every crop has it.
std::vector<Chain> TableChains() {
  Chain chain;
  chain.atom.because = "it holds the rows and levels of the plan and the addresses of what they name; sessions select from it";
  chain.units = {kTable};
  return {chain};
}

// Names of the crop near the one asked for, for the message.
std::string Similar(const plan::Plan& plan, const std::string& name) {
  std::vector<std::string> names;
  for (const plan::Atom& a : plan.atoms) names.push_back(a.id);
  for (const plan::PlannedUnit& u : plan.units) names.push_back(u.path);
  for (const plan::PlanModel& m : plan.models) names.push_back(m.name);
  return NearText(names, name);
}

// A path of the repository, of the folder or of an object there, as the plan has it.
std::string UnitName(std::string name) {
  constexpr char kObjects[] = "adze_objects.dir/";
  const size_t at = name.find(kObjects);
  if (at != std::string::npos) name.erase(0, at + sizeof kObjects - 1);
  if (name.compare(0, 4, "src/") == 0) name.erase(0, 4);
  if (name.size() > 2 && name.compare(name.size() - 2, 2, ".o") == 0) name.resize(name.size() - 2);
  return name;
}

void AddObject(const std::string& out, Why* why) {
  const std::string source = "src/" + why->unit;
  if (why->unit.empty() || !fs::exists(generate::ObjectPath(out, source)) || !fs::exists(generate::MapPath(out))) return;
  why->object = generate::ObjectPath(out, source);
  const size::ElfFile library = size::ReadElf(generate::LibraryPath(out));
  for (const size::Entry& e : size::BytesByUnit(library, size::ParseLinkMap(generate::ReadFile(generate::MapPath(out))))) {
    if (e.name == source) why->bytes = e.bytes;
  }
}

}  // namespace

Why FindWhy(const std::string& out, const std::string& name) {
  const plan::Plan plan = generate::ReadPlanOf(out);
  const Walker walker(plan);
  Why why;
  why.name = name;
  const std::string row = name.compare(0, 5, "adze_") == 0 ? name.substr(5) : name;
  for (const plan::Atom& atom : plan.atoms) {
    if (atom.id != name && atom.id != row) continue;
    const plan::PlannedUnit* unit = walker.UnitOf(atom);
    why.chains.push_back({atom, {}});
    if (unit != nullptr) {
      why.unit = unit->path;
      why.chains.back().units = {unit->path};
    }
  }
  if (why.chains.empty()) {
    why.unit = UnitName(name);
    if (why.unit != kTable && walker.UnitAt(why.unit) == nullptr) why.unit = UnitDefining(out, plan, name);
    why.chains = why.unit.empty() ? ChainsFrom(plan, walker, name) : why.unit == kTable ? TableChains() : walker.ChainsTo(why.unit);
    if (why.chains.empty()) {
      throw plan::InputError(out + " holds no row, level, unit, symbol, model, node or op '" + name + "'" + Similar(plan, name));
    }
  }
  AddObject(out, &why);
  return why;
}

}  // namespace adze::verify
