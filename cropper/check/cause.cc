// SPDX-License-Identifier: Apache-2.0
// Comparing two records row by row.
#include "cropper/check/cause.h"

#include <algorithm>
#include <map>
#include <set>

#include "cropper/generate/cmake_text.h"
#include "cropper/size/report.h"

namespace adze::check {
namespace {

// What one part of the library holds, and under which row a report shows it. The table unit is divided: each row's line is a part.
struct Held {
  std::string group;  // the row, as in a report
  std::string unit;   // unit, or what the linker added
  uint64_t bytes = 0;
};
using Parts = std::map<std::string, Held>;

Parts PartsOf(const size::SizeRecord& record, Metric metric) {
  Parts parts;
  if (metric == Metric::kRam) {
    for (const size::ModelBytes& m : record.models) parts[m.name] = {m.name, "(memory)", m.Ram()};
    return parts;
  }
  for (const size::Piece& p : size::Pieces(record, "row")) {
    const bool line = p.part == generate::kTableUnit;
    Held& held = parts[line ? "line of " + p.group : p.part];
    held.group = p.group;
    held.unit = p.part;
    held.bytes += metric == Metric::kAlloc ? p.bytes : p.file_bytes;
  }
  return parts;
}

// The parts that one row has, before and after. A unit that another row now shares is no change: it stands under its new row in both.
struct Compared {
  uint64_t before = 0, after = 0;
  std::set<std::string> units, changed;
};

std::map<std::string, Compared> CompareByRow(const Parts& before, const Parts& after) {
  std::map<std::string, Compared> rows;
  for (const auto& [name, held] : after) {
    const auto old = before.find(name);
    const uint64_t old_bytes = old != before.end() ? old->second.bytes : 0;
    Compared& row = rows[held.group];
    row.before += old_bytes;
    row.after += held.bytes;
    row.units.insert(held.unit);
    if (old_bytes != held.bytes) row.changed.insert(held.unit);
  }
  for (const auto& [name, held] : before) {
    if (after.count(name) != 0) continue;
    Compared& row = rows[held.group];
    row.before += held.bytes;
    row.units.insert(held.unit);
    row.changed.insert(held.unit);
  }
  return rows;
}

// For people: neither the table's lines, which follow from the rows, nor the linker's parts.
std::vector<std::string> UnitsIn(const std::set<std::string>& parts) {
  std::vector<std::string> units;
  for (const std::string& p : parts) {
    if (p != generate::kTableUnit && p[0] != '(') units.push_back(p);
  }
  return units;
}

std::string AtomText(const size::SizedAtom& atom) { return std::string(plan::AtomKindName(atom.kind)) + ":" + atom.id; }

// Rows of a record with those who ask for them.
class Askers {
 public:
  explicit Askers(const size::SizeRecord& record) {
    for (const size::SizedAtom& a : record.atoms) atoms_[AtomText(a)] = &a;
    for (const size::SizedUnit& u : record.units) units_[u.path] = &u;
  }

  // Of the rows that a group of a report names, or that its units belong to.
  std::vector<const size::SizedAtom*> RowsOf(const std::string& group, const std::set<std::string>& units) const {
    std::set<const size::SizedAtom*> rows;
    for (const auto& [text, atom] : atoms_) {
      if (atom->id == group) rows.insert(atom);
    }
    std::set<std::string> seen;
    if (group != "(runtime)") {
      for (const std::string& unit : units) AddRows(unit, &seen, &rows);
    }
    std::vector<const size::SizedAtom*> sorted(rows.begin(), rows.end());
    std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return AtomText(*a) < AtomText(*b); });
    return sorted;
  }

  // The same model asks for the same row through the same op.
  bool Has(const std::string& atom, const size::Asker& asker) const {
    const auto at = atoms_.find(atom);
    if (at == atoms_.end()) return false;
    for (const size::Asker& a : at->second->askers) {
      if (a.model == asker.model && a.op == asker.op) return true;
    }
    return false;
  }

 private:
  // A unit without rows of its own belongs to those that refer to it.
  void AddRows(const std::string& unit, std::set<std::string>* seen, std::set<const size::SizedAtom*>* rows) const {
    const auto at = units_.find(unit);
    if (at == units_.end() || !seen->insert(unit).second) return;
    for (const std::string& atom : at->second->atoms) {
      const auto found = atoms_.find(atom);
      if (found != atoms_.end()) rows->insert(found->second);
    }
    if (!at->second->atoms.empty()) return;
    for (const std::string& user : at->second->used_by) AddRows(user, seen, rows);
  }

  std::map<std::string, const size::SizedAtom*> atoms_;
  std::map<std::string, const size::SizedUnit*> units_;
};

void AddAskers(const std::set<std::string>& units, const Askers& here, const Askers& there, Cause* cause) {
  for (const size::SizedAtom* atom : here.RowsOf(cause->name, units)) {
    for (const size::Asker& a : atom->askers) cause->asked_by.push_back({atom->id, a, !there.Has(AtomText(*atom), a)});
  }
  // Those that are new explain more.
  std::stable_sort(cause->asked_by.begin(), cause->asked_by.end(),
                   [](const AskedBy& a, const AskedBy& b) { return a.is_new && !b.is_new; });
}

}  // namespace

const char* MoveName(Move move) {
  constexpr const char* kNames[] = {"came", "left", "changed"};
  return kNames[static_cast<int>(move)];
}

std::vector<Cause> Causes(const size::SizeRecord& before, const size::SizeRecord& after, Metric metric) {
  const Askers old_askers(before), new_askers(after);
  std::vector<Cause> causes;
  for (const auto& [name, row] : CompareByRow(PartsOf(before, metric), PartsOf(after, metric))) {
    if (row.before == row.after) continue;
    Cause c;
    c.name = name;
    c.before = row.before;
    c.after = row.after;
    c.move = c.before == 0 ? Move::kCame : c.after == 0 ? Move::kLeft : Move::kChanged;
    c.units = UnitsIn(row.changed);
    if (c.move == Move::kLeft) {
      AddAskers(row.units, old_askers, new_askers, &c);
    } else {
      AddAskers(row.units, new_askers, old_askers, &c);
    }
    causes.push_back(c);
  }
  std::stable_sort(causes.begin(), causes.end(), [](const Cause& x, const Cause& y) { return x.Change() > y.Change(); });
  return causes;
}

std::vector<Cause> Largest(const size::SizeRecord& record, Metric metric, size_t n) {
  std::vector<Cause> causes = Causes({}, record, metric);
  if (causes.size() > n) causes.resize(n);
  return causes;
}

std::string AskerText(const size::Asker& asker) {
  std::string text = asker.model + ", node " + std::to_string(asker.node);
  if (!asker.node_name.empty()) text += " '" + asker.node_name + "'";
  text += " (" + asker.op + ")";
  if (asker.nodes > 1) text += " and " + std::to_string(asker.nodes - 1) + (asker.nodes == 2 ? " more node" : " more nodes");
  for (size_t i = 0; i < asker.levels.size(); ++i) text += (i == 0 ? " at " : ", ") + asker.levels[i];
  return text;
}

}  // namespace adze::check
