// SPDX-License-Identifier: Apache-2.0
// Files of the cache: <folder>/sizes/<toolchain>/<hash of source, headers and flags>.json.
#include "cropper/size/unit_cache.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cropper/generate/build.h"
#include "cropper/generate/files.h"
#include "cropper/generate/sha256.h"

namespace adze::size {
namespace {

namespace fs = std::filesystem;

constexpr int kCacheVersion = 1;
constexpr size_t kNameDigits = 32;

std::string UsersFolder() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && cache[0] == '/') return std::string(cache) + "/adze";
  const char* home = std::getenv("HOME");
  if (home != nullptr && home[0] == '/') return std::string(home) + "/.cache/adze";
  throw plan::InputError("no folder for the sizes of units: neither XDG_CACHE_HOME nor HOME is set; give one with --cache");
}

}  // namespace

UnitCache::UnitCache(const generate::Sdk& sdk, const std::string& arch, const Toolchain& toolchain, const std::string& folder)
    : sdk_(sdk),
      flags_(generate::ReadUnitFlags(sdk, arch)),
      index_(index::LoadIndex(sdk.root, arch)),
      folder_((folder.empty() ? UsersFolder() : folder) + "/sizes/" + toolchain.Id()) {}

const std::string& UnitCache::HashOf(const std::string& path) {
  std::string& hash = hashes_[path];
  if (hash.empty()) hash = generate::Sha256Hex(generate::ReadFile(path));
  return hash;
}

std::string UnitCache::PathOf(const plan::PlannedUnit& unit, const plan::Plan& plan) {
  const index::Unit* known = index_.Find(unit.path);
  if (known == nullptr) throw plan::InputError("the SDK in " + sdk_.root + " has no unit " + unit.path + "; plan again with this SDK");
  std::string text = "version " + std::to_string(kCacheVersion) + "\narch " + plan.profile.arch + "\nunit " + unit.path + " " +
                     HashOf(sdk_.root + "/" + unit.path) + "\n";
  for (const std::string& flag : flags_.Of(unit.unit_class, unit.isa)) text += flag + "\n";
  for (const std::string& header : known->headers) {
    const std::string in_root = sdk_.root + "/" + header;
    text += header + " " + HashOf(fs::exists(in_root) ? in_root : sdk_.generated + "/" + header) + "\n";
  }
  for (const std::string& header : known->external) text += header + " " + HashOf(sdk_.third_party + "/" + header) + "\n";
  return folder_ + "/" + generate::Sha256Hex(text).substr(0, kNameDigits) + ".json";
}

std::optional<ObjectShape> UnitCache::Find(const plan::PlannedUnit& unit, const plan::Plan& plan) {
  const std::string path = PathOf(unit, plan);
  if (!fs::is_regular_file(path)) return std::nullopt;
  try {
    return ObjectShapeFromJson(nlohmann::json::parse(generate::ReadFile(path)));
  } catch (const std::exception&) {
    return std::nullopt;  // it is compiled and written again
  }
}

void UnitCache::Keep(const plan::PlannedUnit& unit, const plan::Plan& plan, const ObjectShape& shape) {
  const std::string path = PathOf(unit, plan);
  // Whole or not at all: several croppers may write at once.
  const std::string part = path + "." + std::to_string(getpid());
  generate::WriteFile(part, ObjectShapeToJson(shape).dump() + "\n");
  std::error_code error;
  fs::rename(part, path, error);
  if (error) throw plan::InputError("cannot write " + path + ": " + error.message() + "; give another folder with --cache");
}

void UnitCache::KeepBuild(const plan::Plan& plan, const std::string& out) {
  for (const plan::PlannedUnit& u : plan.units) {
    if (!fs::exists(PathOf(u, plan))) Keep(u, plan, ReadObjectShape(generate::ObjectPath(out, "src/" + u.path)));
  }
}

}  // namespace adze::size
