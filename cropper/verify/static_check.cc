// SPDX-License-Identifier: Apache-2.0
// The static tier of verification.
#include "cropper/verify/static_check.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "cropper/generate/build.h"
#include "cropper/generate/cmake_text.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "cropper/generate/prefix.h"
#include "cropper/generate/sha256.h"
#include "cropper/generate/table_source.h"
#include "cropper/size/elf_file.h"
#include "cropper/size/link_map.h"
#include "cropper/verify/audit.h"

namespace adze::verify {
namespace {

namespace fs = std::filesystem;
using Failures = std::vector<std::string>;

constexpr char kObjects[] = "adze_objects.dir/";

// Written by the compiler's start files into every shared library.
const std::set<std::string>& StartSymbols() {
  static const std::set<std::string> names = {"__cxa_finalize", "__gmon_start__", "_ITM_deregisterTMCloneTable",
                                              "_ITM_registerTMCloneTable", "__stack_chk_fail"};
  return names;
}

std::set<std::string> PlannedSources(const plan::Plan& plan) {
  std::set<std::string> sources{generate::kTableUnit};
  for (const plan::PlannedUnit& u : plan.units) sources.insert("src/" + u.path);
  return sources;
}

// The objects that the linker loaded, by source.
std::set<std::string> LinkedSources(const std::string& map) {
  std::set<std::string> sources;
  for (size_t at = 0; (at = map.find("\nLOAD ", at)) != std::string::npos;) {
    at += 6;
    const std::string object = map.substr(at, map.find('\n', at) - at);
    const size_t start = object.find(kObjects);
    if (start != std::string::npos)
      sources.insert(object.substr(start + sizeof kObjects - 1, object.rfind(".o") - start - sizeof kObjects + 1));
  }
  return sources;
}

void CheckObjects(const std::string& out, const plan::Plan& plan, Failures* failures) {
  const std::set<std::string> planned = PlannedSources(plan);
  const std::set<std::string> linked = LinkedSources(generate::ReadFile(generate::MapPath(out)));
  for (const std::string& s : planned) {
    if (linked.count(s) == 0) failures->push_back("unit " + s + " is planned but not linked; crop again");
  }
  for (const std::string& s : linked) {
    if (planned.count(s) == 0) failures->push_back("unit " + s + " is linked but not planned; crop again");
  }
  const nlohmann::json crop = generate::ReadCrop(out);
  if (!crop.contains("objects")) return;
  for (const auto& [source, hash] : crop.at("objects").items()) {
    const std::string object = generate::ObjectPath(out, source);
    if (fs::exists(object) && generate::Sha256Hex(generate::ReadFile(object)) != hash.get<std::string>()) {
      failures->push_back("the object of " + source +
                          " is not the one that was built with the crop: another compiler, other flags or another source");
    }
  }
}

void CheckManifest(const size::ElfFile& library, const plan::Plan& plan, StaticResult* result) {
  const size::Manifest manifest = size::ReadManifest(library);
  const std::vector<CatalogRow> rows = generate::PlannedRows(plan);
  const std::vector<uint8_t> expected = SerializeRows(rows);
  result->rows = static_cast<int>(rows.size());
  if (manifest.row_bytes != expected) {
    std::set<std::string> planned, held;
    for (const CatalogRow& r : rows) planned.insert(r.name);
    for (const size::ManifestRow& r : manifest.rows) held.insert(r.name);
    for (const std::string& n : planned) {
      if (held.count(n) == 0) result->failures.push_back("row " + n + " is planned but not in the library's manifest");
    }
    for (const std::string& n : held) {
      if (planned.count(n) == 0) result->failures.push_back("row " + n + " is in the library's manifest but not planned");
    }
    if (planned == held)
      result->failures.push_back("the manifest's rows differ from the catalog's: constraints, costs or order; crop again");
  }
  if (manifest.levels != plan.levels) result->failures.push_back("the library's levels differ from the plan's");
  std::string id;
  for (const uint8_t b : generate::CropId(plan)) {
    id += "0123456789abcdef"[b >> 4];
    id += "0123456789abcdef"[b & 15];
  }
  if (manifest.crop_id != id) result->failures.push_back("the library's crop id " + manifest.crop_id + " is not the plan's " + id);
}

// The table pairs rows with addresses; a pairing of its own choice would run another kernel under a row's name.
void CheckTable(const std::string& out, const plan::Plan& plan, Failures* failures) {
  const std::string expected = generate::TableSource(generate::PlannedRows(plan), plan.levels, generate::CropId(plan));
  if (generate::ReadFile(out + "/" + generate::kTableUnit) != expected) {
    failures->push_back(std::string(generate::kTableUnit) + " is not the table of plan.json; crop again");
  }
}

// Every row's symbol is defined, and by the unit that the plan says. ISA units define nothing weak: the linker might keep an AVX
// copy for all.
void CheckSymbols(const std::string& out, const plan::Plan& plan, StaticResult* result) {
  std::map<std::string, std::string> expected;  // symbol -> source
  for (const CatalogRow& row : generate::PlannedRows(plan)) expected["adze_" + row.name] = "";
  for (const plan::PlannedUnit& unit : plan.units) {
    for (const std::string& atom : unit.atoms) {
      const auto row = expected.find("adze_" + atom.substr(atom.find(':') + 1));
      if (row != expected.end()) row->second = "src/" + unit.path;
    }
  }
  std::set<std::string> isa_units;
  for (const plan::PlannedUnit& unit : plan.units) {
    if (unit.isa != "any" && unit.isa != "reference" && unit.isa != "scalar") isa_units.insert("src/" + unit.path);
  }
  std::map<std::string, std::set<std::string>> defined;
  for (const std::string& source : PlannedSources(plan)) {
    ++result->units;
    const std::string object = generate::ObjectPath(out, source);
    if (!fs::exists(object)) {
      result->failures.push_back("the object of " + source + " is missing: " + object);
      continue;
    }
    for (const size::Symbol& s : size::ReadElf(object).symbols) {
      if (s.defined) defined[source].insert(s.name);
      if (s.defined && s.weak && isa_units.count(source) != 0) {
        result->failures.push_back("the object of " + source + " defines the weak symbol " + s.name + "; give it internal linkage");
      }
    }
  }
  for (const auto& [symbol, source] : expected) {
    if (source.empty()) {
      result->failures.push_back("no unit of the plan defines " + symbol);
    } else if (defined[source].count(symbol) == 0) {
      result->failures.push_back(symbol + " is not defined by the object of " + source);
    }
  }
}

void CheckLinkage(const size::ElfFile& library, const std::vector<size::Placement>& map, const plan::Plan& plan, Failures* failures) {
  for (const std::string& n : library.needed) {
    if (!AllowedLibrary(n)) failures->push_back("the library needs " + n + "; only libc and libm are allowed");
  }
  const std::set<std::string> system(plan.system.begin(), plan.system.end());
  for (const size::Symbol& s : library.symbols) {
    if (s.dynamic && !s.defined && system.count(s.name) == 0 && StartSymbols().count(s.name) == 0) {
      failures->push_back("the library refers to " + s.name + ", which no unit of the plan is known to use");
    }
    const std::string ours = generate::CropName(plan.profile) + "_";
    if (s.dynamic && s.defined && s.name.compare(0, ours.size(), ours) != 0) {
      failures->push_back("the library exports " + s.name + ", which does not start with " + ours);
    }
  }
  // One pointer each where the compiler's start files are linked: frame_dummy and __do_global_dtors_aux.
  const uint64_t pointer = library.arch == "x86_64" || library.arch == "aarch64" ? 8 : 4;
  for (const char* name : {".init_array", ".fini_array"}) {
    const size::Section* section = library.Find(name);
    if (section != nullptr && section->bytes > pointer) {
      failures->push_back(std::string(name) + " holds more than the compiler's own entry: a static constructor");
    }
  }
  for (const size::Placement& p : map) {
    const bool runs_at_load = p.section.compare(0, 11, ".init_array") == 0 || p.section.compare(0, 6, ".ctors") == 0;
    if (runs_at_load && p.object.find(kObjects) != std::string::npos) failures->push_back(p.object + " has a static constructor");
  }
  if (library.Find(".symtab") != nullptr) failures->push_back("the library is not stripped");
  if (library.arch != plan.profile.arch)
    failures->push_back("the library is for " + library.arch + ", the profile for " + plan.profile.arch);
}

}  // namespace

StaticResult CheckStatic(const std::string& out) {
  StaticResult result;
  result.failures = generate::ChangedFiles(out);
  const plan::Plan plan = generate::ReadPlanOf(out);
  if (!fs::exists(generate::LibraryPath(out))) {
    result.failures.push_back(generate::LibraryPath(out) + " is missing; build the crop");
    return result;
  }
  CheckObjects(out, plan, &result.failures);
  CheckTable(out, plan, &result.failures);
  CheckSymbols(out, plan, &result);
  const size::ElfFile library = size::ReadElf(generate::LibraryPath(out));
  CheckManifest(library, plan, &result);
  CheckLinkage(library, size::ParseLinkMap(generate::ReadFile(generate::MapPath(out))), plan, &result.failures);
  return result;
}

}  // namespace adze::verify
