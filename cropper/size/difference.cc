// SPDX-License-Identifier: Apache-2.0
// Comparing records unit by unit.
#include "cropper/size/difference.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "cropper/generate/cmake_text.h"

namespace adze::size {
namespace {

struct Bytes {
  int64_t alloc = 0, file = 0;
  bool there = false;
};

std::map<std::string, Bytes> ByOwner(const SizeRecord& r) {
  std::map<std::string, Bytes> owners;
  for (const SizedUnit& u : r.units)
    owners[u.path] = {static_cast<int64_t>(r.AllocOf(u.bytes)), static_cast<int64_t>(r.FileOf(u.bytes)), true};
  for (const Part& p : r.parts) owners[p.name] = {static_cast<int64_t>(r.AllocOf(p.bytes)), static_cast<int64_t>(r.FileOf(p.bytes)), true};
  return owners;
}

// Atoms of a unit, else of the nearest units that refer to it.
std::set<std::string> AtomsNear(const SizeRecord& r, const std::string& path) {
  std::set<std::string> seen{path}, level{path}, atoms;
  while (atoms.empty() && !level.empty()) {
    std::set<std::string> next;
    for (const SizedUnit& u : r.units) {
      if (level.count(u.path) == 0) continue;
      atoms.insert(u.atoms.begin(), u.atoms.end());
      for (const std::string& user : u.used_by) {
        if (seen.insert(user).second) next.insert(user);
      }
    }
    level = next;
  }
  return atoms;
}

std::set<std::string> RowsOf(const SizeRecord& r) {
  std::set<std::string> rows;
  for (const SizedAtom& a : r.atoms) {
    if (a.table_bytes > 0) rows.insert(std::string(plan::AtomKindName(a.kind)) + ":" + a.id);
  }
  return rows;
}

// The table has a line for each row: those that only one of the records has made the difference.
std::set<std::string> RowsOnlyIn(const SizeRecord& here, const SizeRecord& there) {
  std::set<std::string> only;
  const std::set<std::string> a = RowsOf(here), b = RowsOf(there);
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(only, only.begin()));
  return only;
}

void AddReasons(const SizeRecord& r, const std::set<std::string>& atoms, Change* change) {
  change->atoms.insert(change->atoms.end(), atoms.begin(), atoms.end());
  std::set<std::pair<std::string, std::string>> named;
  for (const SizedAtom& a : r.atoms) {
    if (atoms.count(std::string(plan::AtomKindName(a.kind)) + ":" + a.id) == 0) continue;
    for (const Asker& asker : a.askers) {
      if (named.insert({asker.model, asker.op}).second) change->askers.push_back(asker);
    }
  }
}

}  // namespace

std::vector<Change> Differences(const SizeRecord& before, const SizeRecord& after) {
  const auto a = ByOwner(before), b = ByOwner(after);
  std::set<std::string> owners;
  for (const auto& entry : a) owners.insert(entry.first);
  for (const auto& entry : b) owners.insert(entry.first);
  std::vector<Change> changes;
  for (const std::string& owner : owners) {
    const Bytes old = a.count(owner) != 0 ? a.at(owner) : Bytes(), now = b.count(owner) != 0 ? b.at(owner) : Bytes();
    Change change;
    change.what = owner;
    change.alloc = now.alloc - old.alloc;
    change.file = now.file - old.file;
    if (change.alloc == 0 && change.file == 0) continue;
    change.kind = !old.there ? Change::Kind::kCame : !now.there ? Change::Kind::kWent : Change::Kind::kGrew;
    if (owner == generate::kTableUnit) {
      AddReasons(after, RowsOnlyIn(after, before), &change);
      AddReasons(before, RowsOnlyIn(before, after), &change);
    } else {
      const SizeRecord& r = now.there ? after : before;
      AddReasons(r, AtomsNear(r, owner), &change);
    }
    changes.push_back(std::move(change));
  }
  std::stable_sort(changes.begin(), changes.end(), [](const Change& x, const Change& y) {
    const auto size = [](const Change& c) { return std::make_pair(std::abs(c.alloc), std::abs(c.file)); };
    return size(x) > size(y);
  });
  return changes;
}

std::string AskersText(const std::vector<Asker>& askers) {
  constexpr size_t kShown = 3;
  if (askers.empty()) return "the runtime itself";
  std::string text;
  for (size_t i = 0; i < askers.size() && i < kShown; ++i) {
    const Asker& a = askers[i];
    text += (i > 0 ? "; " : "") + a.model + ", node " + std::to_string(a.node) + (a.node_name.empty() ? "" : " '" + a.node_name + "'") +
            " (" + a.op + ")";
    if (a.nodes > 1) text += " and " + std::to_string(a.nodes - 1) + " more";
  }
  if (askers.size() > kShown) text += "; and " + std::to_string(askers.size() - kShown) + " more";
  return text;
}

std::string ChangeText(const Change& c) {
  char bytes[32];
  std::snprintf(bytes, sizeof bytes, "%+10lld", static_cast<long long>(c.alloc));
  if (c.what[0] == '(') return std::string(bytes) + "  " + c.what + (c.alloc == 0 ? ", in the file only" : "");
  constexpr size_t kShown = 4;
  std::string rows;
  for (size_t i = 0; i < c.atoms.size() && i < kShown; ++i) rows += (i > 0 ? " + " : "") + c.atoms[i].substr(c.atoms[i].find(':') + 1);
  if (c.atoms.size() > kShown) rows += " and " + std::to_string(c.atoms.size() - kShown) + " more";
  return std::string(bytes) + "  " + c.what + (rows.empty() ? "" : " for " + rows) + ": " + AskersText(c.askers);
}

nlohmann::json ChangeJson(const Change& c) {
  constexpr const char* kKinds[] = {"came", "went", "changed"};
  nlohmann::json askers = nlohmann::json::array();
  for (const Asker& a : c.askers)
    askers.push_back({{"model", a.model}, {"op", a.op}, {"node", a.node}, {"name", a.node_name}, {"nodes", a.nodes}, {"levels", a.levels}});
  return {{"what", c.what},         {"kind", kKinds[static_cast<int>(c.kind)]},
          {"alloc_bytes", c.alloc}, {"file_bytes", c.file},
          {"atoms", c.atoms},       {"askers", askers}};
}

}  // namespace adze::size
