// SPDX-License-Identifier: Apache-2.0
// Changing what a crop is planned from.
#include "cropper/cli/what_if.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "cropper/cli/models.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "cropper/generate/names.h"
#include "cropper/generate/sha256.h"
#include "kernels/catalog.h"

namespace adze::cli {
namespace {

namespace fs = std::filesystem;

std::string Known(const Wanted& wanted) {
  std::string text;
  for (const generate::CropModel& m : wanted.models) text += (text.empty() ? "" : ", ") + m.name;
  return text.empty() ? "none" : text;
}

void AddModel(const std::string& path, Wanted* wanted) {
  std::set<std::string> taken;
  for (const generate::CropModel& m : wanted->models) taken.insert(fs::path(m.name).stem().string());
  for (generate::CropModel& m : ConvertModels({path}, wanted->profile.optimize)) {
    m.name = generate::UniqueSlug(m.source, &taken) + ".adze";
    wanted->models.push_back(std::move(m));
  }
  std::sort(wanted->models.begin(), wanted->models.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
}

void DropModel(const std::string& name, Wanted* wanted) {
  const auto named = [&](const generate::CropModel& m) {
    return name == m.name || name == m.source || name == fs::path(m.name).stem() ||
           fs::path(name).filename() == fs::path(m.source).filename();
  };
  const auto at = std::find_if(wanted->models.begin(), wanted->models.end(), named);
  if (at == wanted->models.end()) throw plan::InputError("-model " + name + ": there is no such model; there are: " + Known(*wanted));
  wanted->models.erase(at);
}

void ChangeLevel(const std::string& name, bool add, Wanted* wanted) {
  std::vector<Level>& levels = wanted->profile.levels;
  const std::vector<Level> all = LevelsOfArch(wanted->profile.arch);
  Level level;
  if (!plan::LevelFromName(name, &level) || std::count(all.begin(), all.end(), level) == 0) {
    std::string known;
    for (const Level l : all) known += (known.empty() ? "" : ", ") + std::string(LevelName(l));
    throw plan::InputError("level " + name + ": " + wanted->profile.arch + " has the levels " + known);
  }
  const bool there = std::count(levels.begin(), levels.end(), level) > 0;
  if (there == add)
    throw plan::InputError((add ? "+level " : "-level ") + name + ": the profile has " + (add ? "it already" : "no such level"));
  if (!add) {
    levels.erase(std::find(levels.begin(), levels.end(), level));
    if (levels.empty()) throw plan::InputError("-level " + name + ": is the only one; a crop needs a level");
    return;
  }
  levels.push_back(level);  // the best first
  std::sort(levels.begin(), levels.end(),
            [&](Level a, Level b) { return std::find(all.begin(), all.end(), a) < std::find(all.begin(), all.end(), b); });
}

}  // namespace

Wanted WantedOf(const std::string& out) {
  const plan::Plan plan = generate::ReadPlanOf(out);
  if (plan.kind != "crop") throw plan::InputError(out + " is no crop of models, but " + plan.kind + ": there is nothing to add or drop");
  const nlohmann::json hashes = generate::ReadCrop(out).at("files");  // ReadCrop has checked their shape
  Wanted wanted{plan.profile, {}};
  std::string problems;
  for (const plan::PlanModel& m : plan.models) {
    const std::string path = out + "/models/" + m.name;
    if (!fs::is_regular_file(path)) {
      problems += "\n  models/" + m.name + " (from " + m.source + ") is not there any more";
      continue;
    }
    const std::string bytes = generate::ReadFile(path);
    if (generate::Sha256Hex(bytes) != hashes.value("models/" + m.name, ""))
      problems += "\n  models/" + m.name + " was changed since the crop was made";
    wanted.models.push_back({m.name, m.source, {bytes.begin(), bytes.end()}, path, {}});
  }
  if (!problems.empty())
    throw plan::InputError(out + " is planned anew from its own models:" + problems + "\nPut them back, or crop again.");
  return wanted;
}

void Apply(const std::vector<std::string>& changes, Wanted* wanted) {
  for (const std::string& change : changes) {
    const size_t space = change.find(' ');
    const size_t begin = space == std::string::npos ? space : change.find_first_not_of(' ', space);
    const std::string verb = change.substr(0, space);
    if (begin == std::string::npos || (verb != "+model" && verb != "-model" && verb != "+level" && verb != "-level")) {
      throw plan::InputError("--what-if '" + change +
                             "' means nothing; write \"+model FILE\", \"-model NAME\", \"+level NAME\" or \"-level NAME\"");
    }
    const std::string name = change.substr(begin);
    if (verb == "+model") AddModel(name, wanted);
    if (verb == "-model") DropModel(name, wanted);
    if (verb == "+level" || verb == "-level") ChangeLevel(name, verb[0] == '+', wanted);
  }
}

plan::Plan PlanOf(const generate::Sdk& sdk, const Wanted& wanted) {
  return plan::MakePlan(wanted.profile, index::LoadIndex(sdk.root, wanted.profile.arch), Borrow(wanted.models));
}

}  // namespace adze::cli
