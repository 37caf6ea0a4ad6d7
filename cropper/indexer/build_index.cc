// SPDX-License-Identifier: Apache-2.0
// Joining the objects' references to the units that define them.
#include "cropper/indexer/build_index.h"

#include <algorithm>
#include <map>
#include <set>

#include "cropper/plan/features.h"

namespace adze::indexer {
namespace {

// What the generated table unit of every build defines (runtime/session/manifest.h).
const std::set<std::string>& GeneratedSymbols() {
  static const std::set<std::string> kSymbols = {"_ZN4adze9kManifestE", "_ZN4adze16kManifestEntriesE"};
  return kSymbols;
}

// What device code may take from the C library, the threads in it and the compiler's support library. Anything else is a finding: the
// runtime's needs are part of its promise.
const std::set<std::string>& SystemSymbols() {
  static const std::set<std::string> kSymbols = {"memcpy",
                                                 "memmove",
                                                 "memset",
                                                 "memcmp",
                                                 "strlen",
                                                 "strcmp",
                                                 "calloc",
                                                 "free",
                                                 "getauxval",
                                                 "sysconf",
                                                 "clock_gettime",
                                                 "sched_getaffinity",
                                                 "__sched_cpucount",
                                                 "sched_yield",
                                                 "pthread_create",
                                                 "pthread_join",
                                                 "pthread_mutex_init",
                                                 "pthread_mutex_destroy",
                                                 "pthread_mutex_lock",
                                                 "pthread_mutex_unlock",
                                                 "pthread_cond_init",
                                                 "pthread_cond_destroy",
                                                 "pthread_cond_wait",
                                                 "pthread_cond_signal",
                                                 "pthread_cond_broadcast",
                                                 "expf",
                                                 "fmodf",
                                                 "floorf",
                                                 "lrintf",
                                                 "__udivti3",
                                                 "__divti3",
                                                 "__multi3",
                                                 "__muloti4",
                                                 "__mulodi4"};
  return kSymbols;
}

// The assembler's own names, which no unit defines and no library offers.
bool IsLinkerName(const std::string& symbol) { return symbol == "_GLOBAL_OFFSET_TABLE_"; }

using Definers = std::map<std::string, std::vector<std::string>>;

// May these units define one symbol together? Only the two choices of a feature may.
bool AreAlternatives(const std::vector<std::string>& paths) {
  for (const plan::FeatureRow& feature : plan::Features()) {
    const std::set<std::string> pair = {feature.unit_on, feature.unit_off};
    if (std::set<std::string>(paths.begin(), paths.end()) == pair) return true;
  }
  return false;
}

std::string JoinWords(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void CheckObject(const std::string& arch, const CompiledUnit& unit, std::vector<std::string>* findings) {
  const std::string place = arch + ": " + unit.unit.path + ": ";
  if (unit.unit.unit_class == "kernel" && unit.unit.isa != "scalar") {
    for (const std::string& symbol : unit.symbols.weak) {
      findings->push_back(place + "defines the weak symbol " + symbol +
                          "; the linker could keep this ISA's copy for all units: give it internal linkage or force it inline");
    }
  }
  if (unit.symbols.has_constructors) findings->push_back(place + "has a static constructor; make its data constant");
}

void ResolveReferences(const std::string& arch, const CompiledUnit& from, const Definers& definers, index::Unit* unit,
                       std::vector<std::string>* findings) {
  for (const std::string& symbol : from.symbols.referenced) {
    const auto at = definers.find(symbol);
    if (at != definers.end()) {
      unit->uses.insert(unit->uses.end(), at->second.begin(), at->second.end());
    } else if (GeneratedSymbols().count(symbol) != 0) {
      unit->generated.push_back(symbol);
    } else if (SystemSymbols().count(symbol) != 0) {
      unit->system.push_back(symbol);
    } else if (!IsLinkerName(symbol)) {
      findings->push_back(arch + ": " + unit->path + ": refers to " + symbol +
                          ", which no unit defines and which is not among the system symbols that the runtime may use");
    }
  }
}

void CompareLists(const std::string& place, const char* what, const std::vector<std::string>& committed,
                  const std::vector<std::string>& fresh, std::vector<std::string>* differences) {
  std::vector<std::string> gone, added;
  std::set_difference(committed.begin(), committed.end(), fresh.begin(), fresh.end(), std::back_inserter(gone));
  std::set_difference(fresh.begin(), fresh.end(), committed.begin(), committed.end(), std::back_inserter(added));
  if (!gone.empty()) differences->push_back(place + "no longer " + what + " " + JoinWords(gone));
  if (!added.empty()) differences->push_back(place + "now " + what + " " + JoinWords(added));
}

}  // namespace

index::Index JoinUnits(const Target& target, const std::vector<CompiledUnit>& units, std::vector<std::string>* findings) {
  Definers definers;
  for (const CompiledUnit& unit : units) {
    for (const std::string& symbol : unit.symbols.strong) definers[symbol].push_back(unit.unit.path);
  }
  for (const auto& [symbol, paths] : definers) {
    if (paths.size() > 1 && !AreAlternatives(paths)) {
      findings->push_back(target.arch + ": " + symbol + " is defined by " + JoinWords(paths) +
                          "; two units may share a symbol only as the choices of a feature (cropper/plan/features.cc)");
    }
  }
  std::vector<index::Unit> index_units;
  for (const CompiledUnit& from : units) {
    CheckObject(target.arch, from, findings);
    index::Unit unit;
    unit.path = from.unit.path;
    unit.isa = from.unit.isa;
    unit.unit_class = from.unit.unit_class;
    unit.defines.assign(from.symbols.strong.begin(), from.symbols.strong.end());
    unit.exports.assign(from.symbols.exported.begin(), from.symbols.exported.end());
    unit.headers = from.headers;
    unit.external = from.external;
    ResolveReferences(target.arch, from, definers, &unit, findings);
    index_units.push_back(std::move(unit));
  }
  return index::Index(target.arch, CompilerVersion(target.compiler), std::move(index_units));
}

std::vector<std::string> Differences(const index::Index& committed, const index::Index& fresh) {
  std::vector<std::string> differences;
  const std::string arch = fresh.arch() + ": ";
  if (committed.compiler() != fresh.compiler()) {
    differences.push_back(arch + "made with " + committed.compiler() + ", this is " + fresh.compiler());
  }
  for (const index::Unit& unit : committed.units()) {
    if (fresh.Find(unit.path) == nullptr) differences.push_back(arch + unit.path + ": no longer a unit");
  }
  for (const index::Unit& unit : fresh.units()) {
    const index::Unit* old = committed.Find(unit.path);
    const std::string place = arch + unit.path + ": ";
    if (old == nullptr) {
      differences.push_back(place + "a new unit");
      continue;
    }
    if (old->isa != unit.isa || old->unit_class != unit.unit_class) differences.push_back(place + "built with other flags");
    CompareLists(place, "defines", old->defines, unit.defines, &differences);
    CompareLists(place, "exports", old->exports, unit.exports, &differences);
    CompareLists(place, "uses", old->uses, unit.uses, &differences);
    CompareLists(place, "takes from the generated table", old->generated, unit.generated, &differences);
    CompareLists(place, "takes from the system", old->system, unit.system, &differences);
    CompareLists(place, "includes", old->headers, unit.headers, &differences);
    CompareLists(place, "includes", old->external, unit.external, &differences);
  }
  return differences;
}

}  // namespace adze::indexer
