// SPDX-License-Identifier: Apache-2.0
// Writing the output folder.
#include "cropper/generate/generate.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "cropper/generate/cmake_text.h"
#include "cropper/generate/files.h"
#include "cropper/generate/harness.h"
#include "cropper/generate/install_text.h"
#include "cropper/generate/licences.h"
#include "cropper/generate/prefix.h"
#include "cropper/generate/sbom.h"
#include "cropper/generate/sha256.h"
#include "cropper/generate/sources.h"
#include "cropper/generate/table_source.h"
#include "cropper/index/index.h"

namespace adze::generate {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// All of it is known before the first file is written.
using Files = FileMap;

// NOTICE and the SBOM, which describe all the other files.
void AddPapers(const plan::Plan& plan, const std::vector<CropModel>& models, Files* files) {
  SbomInput input;
  input.name = CropName(plan.profile) + "_runtime";
  input.crop_id = Sha256Hex(files->at("plan.json")).substr(0, 32);
  input.profile = plan.profile.name;
  input.third_party = FindThirdParty(*files);
  for (const CropModel& m : models) input.models.push_back({"models/" + m.name, m.source, m.licence});
  (*files)["NOTICE"] = NoticeText(input.name, input.third_party, input.models);
  (*files)[kSbomFile] = SbomText(input, *files);
}

Files AllFiles(const Sdk& sdk, const plan::Plan& plan, const std::vector<CropModel>& models) {
  Files files;
  AddSources(sdk, plan, &files);
  const std::vector<std::string> harness = AddHarness(sdk, &files);
  std::vector<std::string> api;
  if (!plan.profile.prefix.empty()) {
    api = ApiNames(sdk, plan);
    PrefixHeaders(plan.profile.prefix, &files);
    files[kExportsFile] = ExportsText(api, plan.profile.prefix);
  }
  files[kTableUnit] = TableSource(PlannedRows(plan), plan.levels, CropId(plan));
  files["CMakeLists.txt"] = CMakeText(plan, ReadUnitFlags(sdk, plan.profile.arch), harness, api);
  files[ConfigPath(plan.profile)] = ConfigText(plan.profile);
  files["isolate.cmake"] = ReadFile(sdk.root + "/cmake/isolate.cmake");
  const std::string toolchain = ToolchainText(plan.profile);
  if (!toolchain.empty()) files["toolchain.cmake"] = toolchain;
  for (const CropModel& m : models) files["models/" + m.name].assign(m.bytes.begin(), m.bytes.end());
  files["plan.json"] = plan::PlanToJson(plan);
  files["LICENSE"] = ReadFile(sdk.root + "/LICENSE");
  files[".gitignore"] = "# SPDX-License-Identifier: Apache-2.0\n/build/\n/.verify/\n";
  AddPapers(plan, models, &files);
  return files;
}

json CropJson(const plan::Plan& plan, const std::vector<CropModel>& models, const Files& files) {
  const json plan_json = json::parse(files.at("plan.json"));
  json crop;
  crop["version"] = kCropVersion;
  crop["cropper"] = CropperVersion();
  crop["kind"] = plan.kind;
  crop["crop_id"] = Sha256Hex(files.at("plan.json")).substr(0, 32);
  crop["profile"] = json::parse(plan::ProfileToJson(plan.profile));
  if (plan_json.contains("atoms")) crop["atoms"] = plan_json["atoms"];
  crop["models"] = json::array();
  for (const CropModel& m : models) {
    crop["models"].push_back({{"file", "models/" + m.name},
                              {"source", m.source},
                              {"named_by", m.named_by},
                              {"bytes", m.bytes.size()},
                              {"sha256", Sha256Hex(m.bytes.data(), m.bytes.size())}});
    if (!m.licence.empty()) crop["models"].back()["licence"] = m.licence;
  }
  crop["units"] = json::object();
  crop["files"] = json::object();
  std::set<std::string> units{kTableUnit};
  for (const plan::PlannedUnit& u : plan.units) units.insert("src/" + u.path);
  for (const auto& [path, bytes] : files) crop[units.count(path) != 0 ? "units" : "files"][path] = Sha256Hex(bytes);
  return crop;
}

// Removes what an earlier crop put there and this one does not.
void RemoveOld(const std::string& out, const Files& files) {
  if (!fs::exists(out) || (fs::is_directory(out) && fs::is_empty(out))) return;
  if (!fs::is_directory(out)) throw plan::InputError(out + " is a file; give -o a folder");
  if (!fs::exists(out + "/crop.json")) {
    throw plan::InputError(out +
                           " is not empty and holds no crop (no crop.json); nothing was written: give -o another folder or empty this one");
  }
  const json old = ReadCrop(out);
  for (const char* group : {"units", "files", "golden"}) {
    const json listed = old.value(group, json::object());
    for (const auto& [path, hash] : listed.items()) {
      const bool inside = !path.empty() && path[0] != '/' && path.find("..") == std::string::npos;
      if (inside && files.count(path) == 0) fs::remove(out + "/" + path);
    }
  }
}

}  // namespace

std::vector<std::string> ApiNames(const Sdk& sdk, const plan::Plan& plan) {
  const index::Index index = index::LoadIndex(sdk.root, plan.profile.arch);
  std::set<std::string> names;
  for (const plan::PlannedUnit& u : plan.units) {
    const index::Unit* unit = index.Find(u.path);
    if (unit != nullptr) names.insert(unit->exports.begin(), unit->exports.end());
  }
  return {names.begin(), names.end()};
}

std::vector<CatalogRow> PlannedRows(const plan::Plan& plan) {
  std::set<std::pair<int, std::string>> wanted;
  for (const plan::Atom& a : plan.atoms) wanted.insert({static_cast<int>(a.kind), a.id});
  constexpr plan::AtomKind kKinds[] = {plan::AtomKind::kOp, plan::AtomKind::kKernel, plan::AtomKind::kUkernel};
  std::vector<CatalogRow> rows;
  for (const CatalogRow& row : Catalog()) {
    if (wanted.count({static_cast<int>(kKinds[static_cast<int>(row.kind)]), row.name}) != 0) rows.push_back(row);
  }
  return rows;
}

std::array<uint8_t, 16> CropId(const plan::Plan& plan) {
  const std::string text = plan::PlanToJson(plan);
  const std::array<uint8_t, 32> hash = Sha256(text.data(), text.size());
  std::array<uint8_t, 16> id;
  std::copy_n(hash.begin(), id.size(), id.begin());
  return id;
}

void Generate(const Sdk& sdk, const plan::Plan& plan, const std::vector<CropModel>& models, const std::string& out) {
  const Files files = AllFiles(sdk, plan, models);
  RemoveOld(out, files);
  for (const auto& [path, bytes] : files) WriteFile(out + "/" + path, bytes);
  WriteFile(out + "/crop.json", CropJson(plan, models, files).dump(2) + "\n");
}

namespace {

// What is wrong with the shape of a crop.json, or "": everything that readers of it take for granted.
std::string ShapeProblem(const json& crop) {
  for (const char* group : {"units", "files", "golden"}) {
    if (!crop.contains(group) && std::string(group) == "golden") continue;  // verify writes it
    if (!crop.contains(group) || !crop[group].is_object()) return std::string("'") + group + "' must be an object";
    for (const auto& [path, hash] : crop[group].items()) {
      if (!hash.is_string()) return std::string("'") + group + "' must hold a hash for '" + path + "'";
    }
  }
  if (!crop.contains("models") || !crop["models"].is_array()) return "'models' must be a list";
  for (const json& m : crop["models"]) {
    if (!m.is_object() || !m.contains("file") || !m["file"].is_string()) return "every model must have a 'file'";
  }
  return "";
}

}  // namespace

json ReadCrop(const std::string& out) {
  const std::string path = out + "/crop.json";
  if (!fs::exists(path)) throw plan::InputError(out + " holds no crop (no crop.json); make one with `cropper crop ... -o " + out + "`");
  json crop;
  try {
    crop = json::parse(ReadFile(path));
  } catch (const json::exception& e) {
    throw plan::InputError(path + ": " + e.what() + "; crop again");
  }
  if (!crop.is_object() || !crop.contains("version") || crop["version"] != kCropVersion) {
    throw plan::InputError(path + " has another version than this cropper writes (" + std::to_string(kCropVersion) + "); crop again");
  }
  const std::string problem = ShapeProblem(crop);
  if (!problem.empty()) throw plan::InputError(path + ": " + problem + "; crop again");
  return crop;
}

plan::Plan ReadPlanOf(const std::string& out) {
  const std::string path = out + "/plan.json";
  if (!fs::exists(path)) throw plan::InputError(out + " holds no plan.json; make a crop with `cropper crop ... -o " + out + "`");
  return plan::PlanFromJson(ReadFile(path), path);
}

std::vector<std::string> ChangedFiles(const std::string& out) {
  const json crop = ReadCrop(out);
  std::vector<std::string> changed;
  for (const char* group : {"units", "files", "golden"}) {
    const json listed = crop.value(group, json::object());
    for (const auto& [path, hash] : listed.items()) {
      const std::string full = out + "/" + path;
      if (!fs::is_regular_file(full)) {
        changed.push_back(path + " is missing");
      } else if (Sha256Hex(ReadFile(full)) != hash.get<std::string>()) {
        changed.push_back(path + " was changed since the crop was made");
      }
    }
  }
  return changed;
}

}  // namespace adze::generate
