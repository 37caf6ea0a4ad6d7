// SPDX-License-Identifier: Apache-2.0
// Grouping what a record holds.
#include "cropper/size/report.h"

#include <algorithm>
#include <functional>
#include <iomanip>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "cropper/generate/build.h"
#include "cropper/generate/cmake_text.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"

namespace adze::size {

void SortEntries(std::vector<Entry>* entries) {
  std::stable_sort(entries->begin(), entries->end(),
                   [](const Entry& a, const Entry& b) { return a.bytes != b.bytes ? a.bytes > b.bytes : a.file_bytes > b.file_bytes; });
}

namespace {

constexpr char kRuntime[] = "(runtime)";
constexpr char kManifest[] = "(manifest and row table)";

// What has one name in a report.
struct Group {
  std::string name;
  std::vector<std::string> models = {};
};

class Groups {
 public:
  void Add(const Group& group, uint64_t bytes, uint64_t file_bytes) {
    if (bytes == 0 && file_bytes == 0) return;
    Entry& e = entries_[group.name];
    e.name = group.name;
    e.models = group.models;
    e.bytes += bytes;
    e.file_bytes += file_bytes;
  }
  // Largest first, in memory, then in the file.
  std::vector<Entry> Sorted() const {
    std::vector<Entry> entries;
    for (const auto& entry : entries_) entries.push_back(entry.second);
    SortEntries(&entries);
    return entries;
  }

 private:
  std::map<std::string, Entry> entries_;
};

std::string Joined(const std::set<std::string>& parts, const char* between) {
  std::string out;
  for (const std::string& p : parts) out += (out.empty() ? "" : between) + p;
  return out;
}

// How a record names each unit under one key.
class Classifier {
 public:
  Classifier(const SizeRecord& record, const std::string& by) : by_(by) {
    for (const SizedAtom& a : record.atoms) atoms_[std::string(plan::AtomKindName(a.kind)) + ":" + a.id] = &a;
    for (const SizedUnit& u : record.units) units_[u.path] = &u;
  }

  Group GroupOf(const SizedUnit& unit) const {
    if (by_ == "unit") return {unit.path};
    if (unit.path == generate::kTableUnit) return {kManifest};
    if (by_ == "level") return {unit.unit_class == "core" ? "(core, any level)" : unit.isa};
    Found found;
    AddOwners(unit, &found);
    return Named(found);
  }

  // Of a row's own line in the manifest and in the table.
  Group GroupOf(const SizedAtom& atom) const {
    if (by_ == "level") return {LevelOf(atom)};
    Found found;
    AddNames(atom, &found.names);
    return Named(found);
  }

 private:
  struct Found {
    std::set<std::string> names, seen;
    bool runtime = false;
  };

  Group Named(const Found& found) const {
    if (found.runtime || found.names.empty()) return {kRuntime};
    if (by_ == "model") {
      const std::vector<std::string> models(found.names.begin(), found.names.end());
      return {models.size() == 1 ? models[0] : "(shared by " + Joined(found.names, ", ") + ")", models};
    }
    constexpr size_t kNamed = 3;
    if (found.names.size() > kNamed) return {"(shared by " + std::to_string(found.names.size()) + " " + by_ + "s)"};
    return {Joined(found.names, " + ")};
  }

  // A unit without atoms of its own, such as a loop that two kernels share, belongs to the atoms of those that refer to it. A model needs
  // a unit whichever way it gets there: then all that refer to it count.
  void AddOwners(const SizedUnit& unit, Found* found) const {
    if (!found->seen.insert(unit.path).second) return;
    for (const std::string& text : unit.atoms) {
      const auto atom = atoms_.find(text);
      if (atom == atoms_.end() || atom->second->kind == plan::AtomKind::kFeature) {
        if (atom != atoms_.end() && by_ == "row") {
          found->names.insert("feature " + atom->second->id);
        } else {
          found->runtime = true;
        }
      } else {
        AddNames(*atom->second, &found->names);
      }
    }
    if (!unit.atoms.empty() && by_ != "model") return;
    for (const std::string& user : unit.used_by) {
      const auto u = units_.find(user);
      if (u != units_.end()) AddOwners(*u->second, found);
    }
  }

  void AddNames(const SizedAtom& atom, std::set<std::string>* names) const {
    if (by_ == "row") {
      names->insert(atom.id);
    } else if (by_ == "dtype") {
      names->insert(DTypeOf(atom));
    } else if (by_ == "model") {
      for (const Asker& a : atom.askers) names->insert(a.model);
    } else {
      for (const Asker& a : atom.askers) names->insert(a.op);
      if (atom.askers.empty()) names->insert(atom.op.empty() ? "micro-kernels " + FamilyOf(atom) : atom.op);
    }
  }

  // Names are a grammar: <family>_<dtypes>__<isa>[_<variant>].
  static std::string FamilyOf(const SizedAtom& atom) { return atom.id.substr(0, atom.id.find("__")); }
  static std::string DTypeOf(const SizedAtom& atom) {
    const size_t end = atom.id.find("__");
    if (end == std::string::npos) return "(op definitions)";
    const size_t begin = atom.id.rfind('_', end - 1);
    return atom.id.substr(begin + 1, end - begin - 1);
  }
  static std::string LevelOf(const SizedAtom& atom) {
    const size_t end = atom.id.find("__");
    if (end == std::string::npos) return "(core, any level)";
    const std::string isa = atom.id.substr(end + 2, atom.id.find('_', end + 2) - end - 2);
    return isa == "any" ? "(core, any level)" : isa;
  }

  std::string by_;
  std::map<std::string, const SizedAtom*> atoms_;
  std::map<std::string, const SizedUnit*> units_;
};

// Takes (group, part, loaded bytes, bytes in the file).
using Visit = std::function<void(const Group&, const std::string&, uint64_t, uint64_t)>;

// The table unit holds a line for each row: those bytes are the row's.
void VisitTable(const SizeRecord& record, const SizedUnit& table, const Classifier& classifier, const Visit& visit) {
  uint64_t alloc = record.AllocOf(table.bytes), file = record.FileOf(table.bytes);
  for (const SizedAtom& a : record.atoms) {
    if (a.table_bytes > std::min(alloc, file)) break;  // a record that claims more than there is
    visit(classifier.GroupOf(a), table.path, a.table_bytes, a.table_bytes);
    alloc -= a.table_bytes;
    file -= a.table_bytes;
  }
  visit({kManifest}, table.path, alloc, file);
}

// The sections of one unit or part: each in the group of the section, or all in that of their owner.
void VisitSections(const SizeRecord& record, const std::string& owner, const SectionBytes& bytes, bool by_section, const Visit& visit) {
  for (const auto& [name, n] : bytes) {
    const SectionBytes one = {{name, n}};
    visit({by_section ? name : owner}, by_section ? owner : name, record.AllocOf(one), record.FileOf(one));
  }
}

void VisitPieces(const SizeRecord& record, const std::string& by, const Visit& visit) {
  if (by == "section" || by == "unit") {
    for (const SizedUnit& u : record.units) VisitSections(record, u.path, u.bytes, by == "section", visit);
    for (const Part& p : record.parts) VisitSections(record, p.name, p.bytes, by == "section", visit);
    return;
  }
  const Classifier classifier(record, by);
  for (const SizedUnit& u : record.units) {
    if (u.path == generate::kTableUnit) {
      VisitTable(record, u, classifier, visit);
    } else {
      visit(classifier.GroupOf(u), u.path, record.AllocOf(u.bytes), record.FileOf(u.bytes));
    }
  }
  for (const Part& p : record.parts) visit({p.name}, p.name, record.AllocOf(p.bytes), record.FileOf(p.bytes));
}

Report Head(const ElfFile& elf, const std::string& by) {
  Report r;
  r.library = elf.path;
  r.by = by;
  r.arch = elf.arch;
  r.alloc_bytes = elf.AllocBytes();
  r.file_bytes = elf.file_bytes;
  return r;
}

}  // namespace

const std::vector<std::string>& ReportKeys() {
  static const std::vector<std::string> keys = {"row", "op", "dtype", "level", "unit", "section", "model"};
  return keys;
}

std::vector<Entry> BytesByUnit(const ElfFile& elf, const std::vector<Placement>& map) {
  Groups groups;
  for (const Claim& c : MapBytes(elf, map)) groups.Add({c.owner}, c.alloc ? c.bytes : 0, c.alloc && c.in_file ? c.bytes : 0);
  return groups.Sorted();
}

Report SectionReport(const ElfFile& elf) {
  Report r = Head(elf, "section");
  Groups groups;
  for (const Claim& c : MapBytes(elf, {})) groups.Add({c.section}, c.alloc ? c.bytes : 0, c.in_file ? c.bytes : 0);
  r.entries = groups.Sorted();
  return r;
}

Report RecordReport(const SizeRecord& record, const std::string& by) {
  Report r;
  r.library = record.library.path;
  r.by = by;
  r.arch = record.library.arch;
  r.alloc_bytes = record.library.alloc;
  r.file_bytes = record.library.file;
  Groups groups;
  VisitPieces(record, by,
              [&](const Group& group, const std::string&, uint64_t bytes, uint64_t file_bytes) { groups.Add(group, bytes, file_bytes); });
  r.entries = groups.Sorted();
  return r;
}

std::vector<Piece> Pieces(const SizeRecord& record, const std::string& by) {
  std::vector<Piece> pieces;
  VisitPieces(record, by, [&](const Group& group, const std::string& part, uint64_t bytes, uint64_t file_bytes) {
    if (bytes > 0 || file_bytes > 0) pieces.push_back({group.name, part, bytes, file_bytes});
  });
  return pieces;
}

std::string ReportText(const Report& report) {
  std::ostringstream s;
  constexpr int kWidth = 10;
  s << report.library << " (" << report.arch << ")\n"
    << std::setw(kWidth) << "loaded" << std::setw(kWidth) << "in file"
    << "\n";
  for (const Entry& e : report.entries) s << std::setw(kWidth) << e.bytes << std::setw(kWidth) << e.file_bytes << "  " << e.name << "\n";
  s << std::setw(kWidth) << report.alloc_bytes << std::setw(kWidth) << report.file_bytes << "  sum of ALLOC sections; file\n";
  return s.str();
}

std::string ReportMarkdown(const Report& report) {
  std::ostringstream s;
  s << "| " << report.by << " | loaded | in file |\n|---|---:|---:|\n";
  for (const Entry& e : report.entries) s << "| " << e.name << " | " << e.bytes << " | " << e.file_bytes << " |\n";
  s << "| **sum of ALLOC sections; file** | **" << report.alloc_bytes << "** | **" << report.file_bytes << "** |\n";
  return s.str();
}

nlohmann::json ReportJson(const Report& report) {
  nlohmann::json entries = nlohmann::json::array();
  for (const Entry& e : report.entries) {
    entries.push_back({{"name", e.name}, {"bytes", e.bytes}, {"file_bytes", e.file_bytes}});
    if (report.by == "model") entries.back()["models"] = e.models;
  }
  return {{"library", report.library},       {"arch", report.arch}, {"by", report.by}, {"alloc_bytes", report.alloc_bytes},
          {"file_bytes", report.file_bytes}, {"entries", entries}};
}

}  // namespace adze::size
