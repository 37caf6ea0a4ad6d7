// SPDX-License-Identifier: Apache-2.0
// Taking atoms out of plans.
#include "cropper/prove/removal.h"

#include <algorithm>
#include <set>

#include "cropper/plan/features.h"

namespace adze::prove {
namespace {

template <typename T, typename Test>
void RemoveIf(std::vector<T>* list, const Test& test) {
  list->erase(std::remove_if(list->begin(), list->end(), test), list->end());
}

}  // namespace

void RequireUnits(const plan::Plan& plan, const index::Index& index) {
  std::set<std::string> planned;
  for (const plan::PlannedUnit& u : plan.units) planned.insert(u.path);
  for (const plan::PlannedUnit& u : plan::WithUnits(plan, index).units) {
    if (planned.count(u.path) == 0) {
      throw plan::InputError("the crop was made from other sources than this SDK's: its plan lacks " + u.path + "; crop again");
    }
  }
}

plan::Plan Without(const plan::Plan& plan, const plan::Atom& atom, const index::Index& index) {
  plan::Plan less = plan;
  const auto is_it = [&](const plan::Atom& a) { return a.kind == atom.kind && a.id == atom.id; };
  if (atom.kind == plan::AtomKind::kFeature) {
    for (const plan::FeatureRow& feature : plan::Features()) {
      if (atom.id == std::string(feature.name) + "=off") {
        RemoveIf(&less.units, [&](const plan::PlannedUnit& u) { return u.path == feature.unit_off; });
        return less;
      }
      if (atom.id != std::string(feature.name) + "=on") continue;
      less.profile.*feature.setting = false;
      std::find_if(less.atoms.begin(), less.atoms.end(), is_it)->id = std::string(feature.name) + "=off";
    }
    return plan::WithUnits(less, index);
  }
  RemoveIf(&less.atoms, is_it);
  if (atom.kind == plan::AtomKind::kLevel) {
    RemoveIf(&less.levels, [&](Level level) { return atom.id == LevelName(level); });
    return less;
  }
  return plan::WithUnits(less, index);
}

}  // namespace adze::prove
