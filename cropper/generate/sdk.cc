// SPDX-License-Identifier: Apache-2.0
// Finding the SDK and reading its flags.
#include "cropper/generate/sdk.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cropper/generate/files.h"
#include "cropper/plan/profile.h"

namespace adze::generate {
namespace {

namespace fs = std::filesystem;

bool IsSdk(const fs::path& root) { return fs::exists(root / "cmake/unit_flags.json") && fs::exists(root / "op-registry/core/select.h"); }

// An installed copy carries generated and third-party headers; a checkout's lie where this program was built. What an installed copy lacks
// is not looked for elsewhere.
Sdk SdkAt(const fs::path& root) {
  const bool checkout = fs::exists(root / "models/schema/adze.fbs");
  Sdk sdk;
  sdk.root = fs::absolute(root).lexically_normal().string();
  if (sdk.root.size() > 1 && sdk.root.back() == '/') sdk.root.pop_back();
  sdk.generated = checkout ? ADZE_GENERATED_DIR : sdk.root + "/generated";
  sdk.third_party = checkout ? ADZE_FLATBUFFERS_DIR : sdk.root + "/third_party/flatbuffers/include";
  return sdk;
}

}  // namespace

Sdk FindSdk(const std::string& option) {
  if (!option.empty()) {
    if (!IsSdk(option)) {
      throw plan::InputError(option +
                             " is no Adze SDK: it has no cmake/unit_flags.json and op-registry/; give --sdk the root of a checkout, or "
                             "share/adze of an installed Adze");
    }
    return SdkAt(option);
  }
  std::error_code error;
  const fs::path beside = fs::read_symlink("/proc/self/exe", error).parent_path().parent_path() / "share/adze";
  if (!error && IsSdk(beside)) return SdkAt(beside);
  if (!error && fs::exists(beside))
    throw plan::InputError(beside.string() + " lacks cmake/unit_flags.json or op-registry/; install Adze again");
  if (IsSdk(ADZE_SOURCE_DIR)) return SdkAt(ADZE_SOURCE_DIR);
  throw plan::InputError("no Adze SDK in " + beside.string() + " nor in " ADZE_SOURCE_DIR "; give one with --sdk FOLDER");
}

std::vector<std::string> UnitFlags::Of(const std::string& unit_class, const std::string& isa) const {
  const auto c = of_class.find(unit_class);
  const auto i = of_isa.find(isa);
  if (c == of_class.end()) throw std::runtime_error("cmake/unit_flags.json has no class '" + unit_class + "'");
  if (i == of_isa.end()) throw std::runtime_error("cmake/unit_flags.json has no ISA '" + isa + "' for this architecture");
  std::vector<std::string> flags = common;
  flags.insert(flags.end(), c->second.begin(), c->second.end());
  flags.insert(flags.end(), arch_common.begin(), arch_common.end());
  flags.insert(flags.end(), i->second.begin(), i->second.end());
  return flags;
}

UnitFlags ReadUnitFlags(const Sdk& sdk, const std::string& arch) {
  const std::string path = sdk.root + "/cmake/unit_flags.json";
  try {
    const nlohmann::json json = nlohmann::json::parse(ReadFile(path));
    UnitFlags flags;
    flags.link = json.at("link").get<std::vector<std::string>>();
    flags.common = json.at("common").get<std::vector<std::string>>();
    for (const auto& [name, list] : json.at("class").items()) flags.of_class[name] = list.get<std::vector<std::string>>();
    const nlohmann::json& of_arch = json.at("arch").at(arch);
    flags.arch_common = of_arch.at("common").get<std::vector<std::string>>();
    for (const auto& [name, list] : of_arch.at("isa").items()) flags.of_isa[name] = list.get<std::vector<std::string>>();
    return flags;
  } catch (const nlohmann::json::exception& e) {
    throw std::runtime_error(path + ": " + e.what());
  }
}

const char* CropperVersion() { return ADZE_VERSION; }

}  // namespace adze::generate
