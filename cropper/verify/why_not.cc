// SPDX-License-Identifier: Apache-2.0
// why-not: what the name stands for, and what would have brought it in.
#include "cropper/verify/why_not.h"

#include <algorithm>
#include <filesystem>

#include "cropper/generate/build.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "cropper/index/index.h"
#include "cropper/plan/features.h"
#include "cropper/size/link_map.h"
#include "cropper/verify/demangled.h"
#include "cropper/verify/near_names.h"
#include "cropper/verify/row_reasons.h"
#include "cropper/verify/why.h"

namespace adze::verify {
namespace {

namespace fs = std::filesystem;

plan::AtomKind KindOf(RowKind kind) {
  return kind == RowKind::kOp ? plan::AtomKind::kOp : kind == RowKind::kKernel ? plan::AtomKind::kKernel : plan::AtomKind::kUkernel;
}

class Finder {
 public:
  Finder(const generate::Sdk& sdk, const std::string& out, const std::string& name)
      : out_(out), plan_(generate::ReadPlanOf(out)), index_(index::LoadIndex(sdk.root, plan_.profile.arch)) {
    answer_.name = name;
    for (const plan::PlanModel& m : plan_.models) {
      const std::string path = out + "/models/" + m.name;
      if (!fs::exists(path)) throw plan::InputError(out + " lacks models/" + m.name + ", which its plan lists; crop again");
      models_.push_back({m.name, generate::ReadFile(path)});
    }
  }

  WhyNot Find() {
    const std::string& name = answer_.name;
    const std::string bare = name.compare(0, 5, "adze_") == 0 ? name.substr(5) : name;
    for (const CatalogRow& row : Catalog()) {
      if (row.name == bare) return OfRow(row);
    }
    for (const CatalogRow& row : Catalog()) {
      if (row.kind == RowKind::kOp && row.op == name) return OfOp(row);
    }
    Level level;
    if (plan::LevelFromName(name, &level)) return OfLevel(level);
    for (const plan::FeatureRow& feature : plan::Features()) {
      const std::string on = std::string(feature.name) + "=on", off = std::string(feature.name) + "=off";
      if (name == feature.name || name == on) return OfFeature(feature, true, on);
      if (name == off) return OfFeature(feature, false, off);
    }
    const std::string path = UnitPathOf(name);
    if (index_.Find(path) != nullptr) return OfUnit(path);
    for (const index::Unit& unit : index_.units()) {
      for (const std::string& symbol : unit.defines) {
        if (symbol == name || Demangled(symbol) == name) return OfSymbol(unit, symbol);
      }
    }
    throw plan::InputError("Adze has no row, op, level, feature, unit or symbol '" + name + "' for " + plan_.profile.arch +
                           NearText(AllNames(), name));
  }

 private:
  WhyNot Done(const std::string& kind, const std::string& id, std::vector<std::string> reasons) {
    answer_.kind = kind;
    answer_.id = id;
    answer_.reasons = std::move(reasons);
    return answer_;
  }

  [[noreturn]] void Kept() const {
    throw plan::InputError(out_ + " has '" + answer_.name + "'; `cropper why " + out_ + " " + answer_.name + "` says why");
  }

  bool Planned(const std::string& path) const {
    return std::any_of(plan_.units.begin(), plan_.units.end(), [&](const plan::PlannedUnit& u) { return u.path == path; });
  }
  bool Planned(const CatalogRow& row) const { return plan_.Has(KindOf(row.kind), row.name); }

  WhyNot OfRow(const CatalogRow& row) {
    if (Planned(row)) Kept();
    return Done("row", row.name, RowReasons(plan_, models_, row));
  }

  WhyNot OfOp(const CatalogRow& row) {
    if (Planned(row)) Kept();
    return Done("op", row.op, RowReasons(plan_, models_, row));
  }

  WhyNot OfLevel(Level level) {
    if (std::count(plan_.levels.begin(), plan_.levels.end(), level) > 0) Kept();
    if (level == Level::kAny)
      return Done("level", "any", {"it is no level that sessions run at: rows of it serve every level but reference"});
    const std::vector<Level> of_arch = LevelsOfArch(plan_.profile.arch);
    if (std::count(of_arch.begin(), of_arch.end(), level) == 0) {
      return Done("level", LevelName(level),
                  {"profile " + plan_.profile.name + " is for " + plan_.profile.arch + ", which has no such level"});
    }
    return Done("level", LevelName(level), {"profile " + plan_.profile.name + " does not list it in \"levels\""});
  }

  WhyNot OfFeature(const plan::FeatureRow& feature, bool on, const std::string& id) {
    if (plan_.profile.*feature.setting == on) Kept();
    return Done(
        "feature", id,
        {"profile " + plan_.profile.name + " sets \"" + feature.name + "\" to " + (on ? "false" : "true") + " (" + feature.text + ")"});
  }

  // From "src/...", an object or a path of the repository.
  static std::string UnitPathOf(std::string name) {
    constexpr char kObjects[] = "adze_objects.dir/";
    const size_t at = name.find(kObjects);
    if (at != std::string::npos) name.erase(0, at + sizeof kObjects - 1);
    if (name.compare(0, 4, "src/") == 0) name.erase(0, 4);
    if (name.size() > 2 && name.compare(name.size() - 2, 2, ".o") == 0) name.resize(name.size() - 2);
    return name;
  }

  WhyNot OfUnit(const std::string& path) {
    if (Planned(path)) Kept();
    return Done("unit", path, UnitReasons(path));
  }

  // A unit comes in by a row or feature of its own, or by a unit that refers to it.
  std::vector<std::string> UnitReasons(const std::string& path) const {
    std::vector<std::string> reasons;
    for (const CatalogRow& row : Catalog()) {
      const index::Unit* unit = index_.Defining("adze_" + row.name);
      if (unit == nullptr || unit->path != path) continue;
      for (const std::string& r : RowReasons(plan_, models_, row)) reasons.push_back("it is row " + row.name + ": " + r);
    }
    const bool other_choice = plan::AbsentUnits(plan_.profile).count(path) > 0;  // of a feature: stepped over by units that refer to both
    for (const plan::FeatureRow& f : plan::Features()) {
      const bool on = plan_.profile.*f.setting;
      if (path != (on ? f.unit_off : f.unit_on)) continue;
      reasons.push_back("it is feature " + std::string(f.name) + (on ? "=off" : "=on") + "; profile " + plan_.profile.name + " sets \"" +
                        f.name + "\" to " + (on ? "true" : "false"));
    }
    std::string users;
    int n = 0;
    constexpr int kShown = 6;
    for (const index::Unit& unit : index_.units()) {
      if (std::count(unit.uses.begin(), unit.uses.end(), path) == 0) continue;
      if (Planned(unit.path) && !other_choice)
        reasons.push_back("though " + unit.path + " refers to it: the plan is older than the index; crop again");
      if (++n <= kShown) users += (users.empty() ? "" : ", ") + unit.path;
    }
    if (n > kShown) users += " and " + std::to_string(n - kShown) + " more";
    if (reasons.empty() && n > 0) reasons.push_back("only " + users + " refer to it, and none of them is in the crop");
    if (reasons.empty()) reasons.emplace_back("no row, feature or unit refers to it");
    return reasons;
  }

  WhyNot OfSymbol(const index::Unit& unit, const std::string& symbol) {
    if (!Planned(unit.path)) {
      std::vector<std::string> reasons{"it is defined by " + unit.path + ", which is not in the crop"};
      for (const std::string& r : UnitReasons(unit.path)) reasons.push_back(r);
      return Done("symbol", symbol, reasons);
    }
    if (!fs::exists(generate::MapPath(out_))) Kept();
    const std::string object = "src/" + unit.path + ".o";
    for (const size::Placement& p : size::ParseLinkMap(generate::ReadFile(generate::MapPath(out_)))) {
      const bool of_unit =
          p.object.size() >= object.size() && p.object.compare(p.object.size() - object.size(), object.size(), object) == 0;
      const size_t at = p.section.size() - std::min(p.section.size(), symbol.size());
      if (of_unit && p.bytes > 0 && p.section.compare(at, std::string::npos, symbol) == 0) Kept();
    }
    return Done("symbol", symbol,
                {"its unit " + unit.path + " is in the crop, but nothing that is linked refers to the symbol: the linker leaves it out"});
  }

  std::vector<std::string> AllNames() const {
    std::vector<std::string> names;
    for (const CatalogRow& row : Catalog()) {
      names.push_back(row.name);
      if (row.kind == RowKind::kOp) names.push_back(row.op);
    }
    for (const Level level : LevelsOfArch(plan_.profile.arch)) names.emplace_back(LevelName(level));
    for (const plan::FeatureRow& feature : plan::Features()) names.emplace_back(feature.name);
    for (const index::Unit& unit : index_.units()) {
      names.push_back(unit.path);
      for (const std::string& symbol : unit.defines) {
        if (symbol.compare(0, 5, "adze_") != 0 || !unit.exports.empty()) names.push_back(Demangled(symbol));
      }
    }
    return names;
  }

  std::string out_;
  plan::Plan plan_;
  index::Index index_;
  std::vector<PlannedModel> models_;
  WhyNot answer_;
};

}  // namespace

WhyNot FindWhyNot(const generate::Sdk& sdk, const std::string& out, const std::string& name) { return Finder(sdk, out, name).Find(); }

}  // namespace adze::verify
