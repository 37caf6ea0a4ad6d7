// SPDX-License-Identifier: Apache-2.0
// Walking the source tree for device units.
#include "cropper/indexer/device_units.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace adze::indexer {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Folders whose .cc files are device units, and how their names must begin.
struct Folder {
  const char* path;
  const char* prefix;
};
constexpr Folder kFolders[] = {{"op-registry/core", ""}, {"op-registry/ops", ""}, {"models/format", "reader"}, {"runtime/memory", ""},
                               {"runtime/platform", ""}, {"runtime/session", ""}, {"runtime/threads", ""},     {"runtime/executor", ""},
                               {"runtime/api", ""},      {"kernels/cpu", ""},     {"kernels/reference", ""}};
constexpr const char* kNotUnits[] = {"_test.cc", "_bench.cc", "_main.cc"};

bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool IsUnit(const Folder& folder, const std::string& file_name) {
  if (!EndsWith(file_name, ".cc") || file_name.rfind(folder.prefix, 0) != 0) return false;
  return std::none_of(std::begin(kNotUnits), std::end(kNotUnits), [&](const char* end) { return EndsWith(file_name, end); });
}

// The token behind "__" in a kernel's file name; "any" for everything else.
std::string IsaOf(const std::string& path) {
  if (path.rfind("kernels/", 0) != 0) return "any";
  const std::string stem = fs::path(path).stem().string();
  const size_t at = stem.find("__");
  if (at == std::string::npos) return "any";
  size_t end = at + 2;
  while (end < stem.size() && (std::islower(static_cast<unsigned char>(stem[end])) || std::isdigit(static_cast<unsigned char>(stem[end]))))
    ++end;
  return stem.substr(at + 2, end - at - 2);
}

void Append(const json& list, std::vector<std::string>* flags) {
  for (const auto& flag : list) flags->push_back(flag.get<std::string>());
}

std::vector<std::string> SourcePaths(const std::string& root) {
  std::vector<std::string> paths;
  for (const Folder& folder : kFolders) {
    const fs::path at = fs::path(root) / folder.path;
    if (!fs::is_directory(at)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(at)) {
      if (entry.is_regular_file() && IsUnit(folder, entry.path().filename().string())) {
        paths.push_back(entry.path().lexically_relative(root).generic_string());
      }
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// Does a file named for one architecture ("cpu_x86_64.cc") belong to another?
bool OfOtherArch(const std::string& path, const std::string& arch) {
  for (const Target& target : Targets()) {
    if (target.arch != arch && EndsWith(path, "_" + target.arch + ".cc")) return true;
  }
  return false;
}

}  // namespace

const std::vector<Target>& Targets() {
  static const std::vector<Target> kTargets = {{"x86_64", "x86_64-linux-gnu-g++"}, {"aarch64", "aarch64-linux-gnu-g++"}};
  return kTargets;
}

std::vector<DeviceUnit> DeviceUnits(const std::string& root, const std::string& arch) {
  const std::string flags_path = root + "/cmake/unit_flags.json";
  std::ifstream file(flags_path);
  const json all = json::parse(file, nullptr, false);
  if (all.is_discarded()) throw std::runtime_error(flags_path + ": cannot be read; --root must name a checkout of Adze");
  const json& of_arch = all.at("arch").at(arch);
  std::vector<DeviceUnit> units;
  for (const std::string& path : SourcePaths(root)) {
    DeviceUnit unit;
    unit.path = path;
    unit.isa = IsaOf(path);
    if (!of_arch.at("isa").contains(unit.isa) || OfOtherArch(path, arch)) continue;
    const bool core = path.rfind("kernels/", 0) != 0 || unit.isa == "any" || unit.isa == "reference";
    unit.unit_class = core ? "core" : "kernel";
    Append(all.at("common"), &unit.flags);
    Append(all.at("class").at(unit.unit_class), &unit.flags);
    Append(of_arch.at("common"), &unit.flags);
    Append(of_arch.at("isa").at(unit.isa), &unit.flags);
    units.push_back(std::move(unit));
  }
  return units;
}

}  // namespace adze::indexer
