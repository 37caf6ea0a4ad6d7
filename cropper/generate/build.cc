// SPDX-License-Identifier: Apache-2.0
// One folder, configured and built.
#include "cropper/generate/build.h"

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cropper/generate/cmake_text.h"
#include "cropper/generate/configure.h"
#include "cropper/generate/files.h"
#include "cropper/generate/generate.h"
#include "cropper/generate/sha256.h"

namespace adze::generate {
namespace {

namespace fs = std::filesystem;

// The toolchain file of a build: the one asked for, else the folder's own, else "".
std::string ToolchainOf(const std::string& folder, const BuildOptions& options) {
  if (!options.toolchain.empty()) return fs::absolute(options.toolchain).lexically_normal().string();
  return fs::exists(folder + "/toolchain.cmake") ? folder + "/toolchain.cmake" : "";
}

// "adze", or the prefix of a crop; "adze" also where there is no crop yet, for messages.
std::string NameOf(const std::string& out) {
  if (!fs::exists(out + "/crop.json")) return "adze";
  const nlohmann::json profile = ReadCrop(out).value("profile", nlohmann::json::object());
  return profile.value("prefix", "adze");
}

}  // namespace

void Build(const std::string& out, const BuildOptions& options) {
  RequireBuildPrograms();
  const SafeFolder folder(out, "build");
  const std::string& path = folder.path();
  const ProcessOptions process = BuilderProcess(path, out, options.progress);
  Configure({path, path + "/build", ToolchainOf(path, options), {}}, process, "configuring " + out);
  std::vector<std::string> build = {"cmake", "--build", path + "/build", "-j", JobsText(options.jobs)};
  for (const std::string& target : options.targets) build.insert(build.end(), {"--target", target});
  RunOrThrow(build, process, "building " + out);
}

std::string LibraryPath(const std::string& out) { return out + "/build/lib" + NameOf(out) + ".so"; }
std::string StaticLibraryPath(const std::string& out) { return out + "/build/lib" + NameOf(out) + "_static.a"; }
std::string MapPath(const std::string& out) { return out + "/build/lib" + NameOf(out) + ".map"; }
std::string HarnessPath(const std::string& out) { return out + "/build/adze-run"; }
std::string ObjectPath(const std::string& out, const std::string& source) {
  return out + "/build/CMakeFiles/adze_objects.dir/" + source + ".o";
}

void RecordBuild(const std::string& out) {
  nlohmann::json crop = ReadCrop(out);
  nlohmann::json objects = nlohmann::json::object();
  for (const auto& [source, hash] : crop.at("units").items()) objects[source] = Sha256Hex(ReadFile(ObjectPath(out, source)));
  crop["objects"] = objects;
  crop["library"] = {{"path", "build/lib" + NameOf(out) + ".so"}, {"sha256", Sha256Hex(ReadFile(LibraryPath(out)))}};
  WriteFile(out + "/crop.json", crop.dump(2) + "\n");
}

}  // namespace adze::generate
