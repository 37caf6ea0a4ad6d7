// SPDX-License-Identifier: Apache-2.0
// Joining the library, the linker's map and the plan.
#include "cropper/size/report.h"

#include <algorithm>
#include <filesystem>
#include <iomanip>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "cropper/generate/build.h"
#include "cropper/generate/cmake_text.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "kernels/catalog.h"

namespace adze::size {
namespace {

constexpr char kObjects[] = "adze_objects.dir/";
constexpr char kLinkerTables[] = "(linker tables)";
constexpr char kStartFiles[] = "(compiler start files)";
constexpr char kPadding[] = "(padding and merged strings)";
constexpr char kRuntime[] = "(runtime)";
constexpr char kManifest[] = "(manifest and row table)";

bool StartsWith(const std::string& s, const std::string& prefix) { return s.compare(0, prefix.size(), prefix) == 0; }

// The map gives the linker's own sections to whichever object it read first, so the section's name decides.
std::string OwnerOf(const Placement& p) {
  for (const char* made :
       {".rela", ".rel.", ".gnu.hash", ".hash", ".dyn", ".gnu.version", ".plt", ".got", ".note.gnu", ".interp", ".relr"}) {
    if (StartsWith(p.section, made)) return kLinkerTables;
  }
  const size_t at = p.object.find(kObjects);
  if (at == std::string::npos) return kStartFiles;
  const std::string source = p.object.substr(at + sizeof kObjects - 1);
  return source.substr(0, source.rfind(".o"));
}

bool MadeByLinker(const std::string& section) {
  Placement p;
  p.section = section;
  return OwnerOf(p) == kLinkerTables;
}

std::vector<Entry> Sorted(const std::map<std::string, uint64_t>& bytes) {
  std::vector<Entry> entries;
  for (const auto& [name, n] : bytes) {
    if (n > 0) entries.push_back({name, n});
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.bytes > b.bytes; });
  return entries;
}

std::string Joined(const std::set<std::string>& parts, const char* between) {
  std::string out;
  for (const std::string& p : parts) out += (out.empty() ? "" : between) + p;
  return out;
}

// How the plan names each unit under one key.
class Classifier {
 public:
  Classifier(const plan::Plan& plan, const std::string& by) : by_(by) {
    for (const plan::Atom& a : plan.atoms) atoms_[std::string(plan::AtomKindName(a.kind)) + ":" + a.id] = &a;
    for (const plan::PlannedUnit& u : plan.units) units_["src/" + u.path] = &u;
    for (const CatalogRow& r : Catalog()) rows_[r.name] = &r;
  }

  std::string NameOf(const std::string& owner) const {
    if (!owner.empty() && owner[0] == '(') return owner;
    if (by_ == "unit") return owner;
    if (owner == generate::kTableUnit) return kManifest;
    const auto unit = units_.find(owner);
    if (unit == units_.end()) return kRuntime;
    if (by_ == "level") return unit->second->unit_class == "core" ? "(core, any level)" : unit->second->isa;
    std::set<std::string> names;
    bool runtime = false;
    std::set<std::string> seen;
    AddOwners(*unit->second, &seen, &names, &runtime);
    if (runtime || names.empty()) return kRuntime;
    if (by_ == "model" && names.size() > 1) return "(shared by " + Joined(names, ", ") + ")";
    constexpr size_t kNamed = 3;
    if (names.size() > kNamed) return "(shared by " + std::to_string(names.size()) + " " + by_ + "s)";
    return Joined(names, " + ");
  }

 private:
  // A unit without atoms of its own, such as a loop that two kernels share, belongs to the atoms of those that refer to it.
  void AddOwners(const plan::PlannedUnit& unit, std::set<std::string>* seen, std::set<std::string>* names, bool* runtime) const {
    if (!seen->insert(unit.path).second) return;
    for (const std::string& text : unit.atoms) {
      const auto atom = atoms_.find(text);
      if (atom == atoms_.end() || atom->second->kind == plan::AtomKind::kFeature) {
        if (atom != atoms_.end() && by_ == "row") {
          names->insert("feature " + atom->second->id);
        } else {
          *runtime = true;
        }
      } else {
        AddNames(*atom->second, names);
      }
    }
    if (!unit.atoms.empty()) return;
    for (const std::string& user : unit.used_by) {
      const auto u = units_.find("src/" + user);
      if (u != units_.end()) AddOwners(*u->second, seen, names, runtime);
    }
  }

  void AddNames(const plan::Atom& atom, std::set<std::string>* names) const {
    if (by_ == "row") {
      names->insert(atom.id);
    } else if (by_ == "dtype") {
      names->insert(DTypeOf(atom));
    } else if (by_ == "model") {
      for (const plan::Reason& r : atom.reasons) names->insert(r.model);
    } else {
      for (const plan::Reason& r : atom.reasons) names->insert(r.op);
      if (atom.reasons.empty()) names->insert(OpOf(atom));
    }
  }

  // Names are a grammar: <family>_<dtypes>__<isa>.
  static std::string DTypeOf(const plan::Atom& atom) {
    const size_t end = atom.id.find("__");
    if (end == std::string::npos) return "(op definitions)";
    const size_t begin = atom.id.rfind('_', end - 1);
    return atom.id.substr(begin + 1, end - begin - 1);
  }

  std::string OpOf(const plan::Atom& atom) const {
    const auto row = rows_.find(atom.id);
    if (row != rows_.end() && !row->second->op.empty()) return row->second->op;
    return "micro-kernels " + atom.id.substr(0, atom.id.find("__"));
  }

  std::string by_;
  std::map<std::string, const plan::Atom*> atoms_;
  std::map<std::string, const plan::PlannedUnit*> units_;
  std::map<std::string, const CatalogRow*> rows_;
};

Report Head(const ElfFile& elf, const std::string& by) {
  Report r;
  r.library = elf.path;
  r.by = by;
  r.arch = elf.arch;
  r.alloc_bytes = elf.AllocBytes();
  r.file_bytes = elf.file_bytes;
  return r;
}

std::string OutOf(const std::string& source) {
  namespace fs = std::filesystem;
  if (fs::is_directory(source)) return source;
  const fs::path above = fs::absolute(source).parent_path().parent_path();
  const bool in_crop = fs::path(source).filename() == "libadze.so" && fs::exists(above / "crop.json");
  return in_crop ? above.string() : "";
}

}  // namespace

const std::vector<std::string>& ReportKeys() {
  static const std::vector<std::string> keys = {"row", "op", "dtype", "level", "unit", "section", "model"};
  return keys;
}

std::vector<Entry> BytesByUnit(const ElfFile& elf, const std::vector<Placement>& map) {
  std::map<std::string, uint64_t> bytes;
  for (const Section& section : elf.sections) {
    if (!section.alloc || section.bytes == 0) continue;
    std::vector<const Placement*> inside;
    for (const Placement& p : map) {
      if (p.address >= section.address && p.address < section.address + section.bytes) inside.push_back(&p);
    }
    std::stable_sort(inside.begin(), inside.end(), [](const Placement* a, const Placement* b) { return a->address < b->address; });
    // Merged strings claim more than is left of them: a placement ends where the next one or the section does.
    uint64_t claimed = 0;
    for (size_t i = 0; i < inside.size(); ++i) {
      const uint64_t limit = i + 1 < inside.size() ? inside[i + 1]->address : section.address + section.bytes;
      const uint64_t n = std::min(inside[i]->bytes, limit - inside[i]->address);
      bytes[OwnerOf(*inside[i])] += n;
      claimed += n;
    }
    bytes[MadeByLinker(section.name) ? kLinkerTables : kPadding] += section.bytes - claimed;
  }
  return Sorted(bytes);
}

Report SectionReport(const ElfFile& elf) {
  Report r = Head(elf, "section");
  std::map<std::string, uint64_t> bytes;
  for (const Section& s : elf.sections) {
    if (s.alloc) bytes[s.name] += s.bytes;
  }
  r.entries = Sorted(bytes);
  return r;
}

Report PlanReport(const ElfFile& elf, const std::vector<Placement>& map, const plan::Plan& plan, const std::string& by) {
  Report r = Head(elf, by);
  const Classifier classifier(plan, by);
  std::map<std::string, uint64_t> bytes;
  for (const Entry& e : BytesByUnit(elf, map)) bytes[classifier.NameOf(e.name)] += e.bytes;
  r.entries = Sorted(bytes);
  return r;
}

Report MakeReport(const std::string& source, const std::string& by) {
  const std::string out = OutOf(source);
  if (by == "section") return SectionReport(ReadElf(std::filesystem::is_directory(source) ? generate::LibraryPath(source) : source));
  if (out.empty()) {
    throw plan::InputError("--by " + by + " needs the folder of a crop: " + source + " alone says only --by section");
  }
  const plan::Plan plan = generate::ReadPlanOf(out);
  if (!std::filesystem::exists(generate::LibraryPath(out))) {
    throw plan::InputError(out + " is not built yet; run `cropper crop`, or cmake -G Ninja -S " + out + " -B " + out +
                           "/build && ninja -C " + out + "/build");
  }
  return PlanReport(ReadElf(generate::LibraryPath(out)), ParseLinkMap(generate::ReadFile(generate::MapPath(out))), plan, by);
}

std::string ReportText(const Report& report) {
  std::ostringstream s;
  s << report.library << " (" << report.arch << ")\n";
  for (const Entry& e : report.entries) s << std::setw(10) << e.bytes << "  " << e.name << "\n";
  s << std::setw(10) << report.alloc_bytes << "  sum of ALLOC sections\n" << std::setw(10) << report.file_bytes << "  file\n";
  return s.str();
}

std::string ReportMarkdown(const Report& report) {
  std::ostringstream s;
  s << "| " << report.by << " | bytes |\n|---|---:|\n";
  for (const Entry& e : report.entries) s << "| " << e.name << " | " << e.bytes << " |\n";
  s << "| **sum of ALLOC sections** | **" << report.alloc_bytes << "** |\n| file | " << report.file_bytes << " |\n";
  return s.str();
}

nlohmann::json ReportJson(const Report& report) {
  nlohmann::json entries = nlohmann::json::array();
  for (const Entry& e : report.entries) entries.push_back({{"name", e.name}, {"bytes", e.bytes}});
  return {{"library", report.library},       {"arch", report.arch}, {"by", report.by}, {"alloc_bytes", report.alloc_bytes},
          {"file_bytes", report.file_bytes}, {"entries", entries}};
}

}  // namespace adze::size
