// SPDX-License-Identifier: Apache-2.0
// Copying from the SDK.
#include "cropper/generate/sources.h"

#include <filesystem>
#include <stdexcept>

#include "cropper/generate/files.h"

namespace adze::generate {
namespace {

namespace fs = std::filesystem;

constexpr char kPublicPrefix[] = "runtime/include/";

bool StartsWith(const std::string& s, const std::string& prefix) { return s.compare(0, prefix.size(), prefix) == 0; }

// Public headers go to include/, where users look; the rest keeps its path below src/.
std::string HeaderPlace(const std::string& path) {
  if (StartsWith(path, kPublicPrefix)) return "include/" + path.substr(sizeof kPublicPrefix - 1);
  return "src/" + path;
}

void AddHeader(const Sdk& sdk, const std::string& path, FileMap* files) {
  const std::string in_root = sdk.root + "/" + path;
  if (fs::exists(in_root)) {
    (*files)[HeaderPlace(path)] = ReadFile(in_root);
  } else {
    (*files)["src/generated/" + path] = ReadFile(sdk.generated + "/" + path);
  }
}

void AddThirdParty(const Sdk& sdk, const plan::Plan& plan, FileMap* files) {
  if (plan.external.empty()) return;
  for (const std::string& header : plan.external) {
    if (!StartsWith(header, "flatbuffers/")) {
      throw std::runtime_error("the index names the third-party header '" + header +
                               "', whose library and licence the generator does not know");
    }
    (*files)["third_party/flatbuffers/include/" + header] = ReadFile(sdk.third_party + "/" + header);
  }
  // Its licence is ours, word for word; NOTICE has its copyright lines.
  (*files)["third_party/flatbuffers/LICENSE"] = ReadFile(sdk.root + "/LICENSE");
}

}  // namespace

void AddSources(const Sdk& sdk, const plan::Plan& plan, FileMap* files) {
  for (const plan::PlannedUnit& unit : plan.units) (*files)["src/" + unit.path] = ReadFile(sdk.root + "/" + unit.path);
  for (const std::string& header : plan.headers) AddHeader(sdk, header, files);
  AddHeader(sdk, "runtime/session/manifest.h", files);  // the table unit's
  AddHeader(sdk, "op-registry/core/row_table.h", files);
  for (const fs::directory_entry& e : fs::directory_iterator(sdk.root + "/" + kPublicPrefix + "adze")) {
    const std::string name = e.path().filename().string();
    (*files)["include/adze/" + name] = ReadFile(e.path().string());
  }
  AddThirdParty(sdk, plan, files);
}

}  // namespace adze::generate
