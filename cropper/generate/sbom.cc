// SPDX-License-Identifier: Apache-2.0
// Writing SPDX.
#include "cropper/generate/sbom.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>
#include <set>

#include "cropper/generate/sdk.h"
#include "cropper/generate/sha1.h"
#include "cropper/generate/sha256.h"
#include "cropper/plan/profile.h"

namespace adze::generate {
namespace {

using nlohmann::ordered_json;

constexpr char kNoAssertion[] = "NOASSERTION";
constexpr char kPackage[] = "SPDXRef-Package";
constexpr char kOurs[] = "Apache-2.0";

bool EndsWith(const std::string& s, const std::string& tail) {
  return s.size() >= tail.size() && s.compare(s.size() - tail.size(), tail.size(), tail) == 0;
}

std::string Created() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  time_t seconds = 0;
  if (epoch != nullptr && *epoch != 0) {
    char* end = nullptr;
    seconds = static_cast<time_t>(std::strtoll(epoch, &end, 10));
    if (*end != 0)
      throw plan::InputError(std::string("SOURCE_DATE_EPOCH is '") + epoch + "', no number of seconds; set it right or unset it");
  }
  struct tm utc = {};
  char text[32];
  if (gmtime_r(&seconds, &utc) == nullptr || std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0) {
    throw plan::InputError("SOURCE_DATE_EPOCH is out of range");
  }
  return text;
}

// The files below `folder`.
std::map<std::string, std::string> Below(const std::map<std::string, std::string>& files, const std::string& folder) {
  std::map<std::string, std::string> below;
  for (const auto& [path, bytes] : files) {
    if (path.compare(0, folder.size(), folder) == 0) below[path] = bytes;
  }
  return below;
}

// SPDX's code of a package: SHA-1 of the sorted SHA-1s of its files.
std::string VerificationCode(const std::map<std::string, std::string>& files) {
  std::vector<std::string> hashes;
  for (const auto& [path, bytes] : files) hashes.push_back(Sha1Hex(bytes));
  std::sort(hashes.begin(), hashes.end());
  std::string joined;
  for (const std::string& h : hashes) joined += h;
  return Sha1Hex(joined);
}

// A UUID (version 8: made of a hash) that no other crop's document has.
std::string Namespace(const std::string& crop_id, const std::string& code) {
  std::string hex = Sha256Hex(crop_id + " " + code).substr(0, 32);
  hex[12] = '8';
  hex[16] = "89ab"[hex[16] & 3];
  return "urn:uuid:" + hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" + hex.substr(20);
}

// Letters, digits, '.' and '-' only; the hash of the path is short and the same wherever the file stands in the list.
std::string FileId(const std::string& path) { return "SPDXRef-File-" + Sha256Hex(path).substr(0, 16); }

const char* FileType(const std::string& path) {
  for (const char* tail : {".cc", ".h", ".hpp", ".cmake", "CMakeLists.txt", ".map", ".in"}) {
    if (EndsWith(path, tail)) return "SOURCE";
  }
  if (EndsWith(path, ".adze")) return "OTHER";
  return "TEXT";
}

ordered_json FileJson(const std::string& path, const std::string& bytes, const SbomInput& input) {
  ordered_json file;
  file["SPDXID"] = FileId(path);
  file["fileName"] = "./" + path;
  file["fileTypes"] = ordered_json::array({FileType(path)});
  file["checksums"] = {{{"algorithm", "SHA1"}, {"checksumValue", Sha1Hex(bytes)}},
                       {{"algorithm", "SHA256"}, {"checksumValue", Sha256Hex(bytes)}}};
  const auto model = std::find_if(input.models.begin(), input.models.end(), [&](const ModelLicence& m) { return m.file == path; });
  if (model != input.models.end()) {
    const std::string licence = model->licence.empty() ? kNoAssertion : model->licence;
    file["licenseConcluded"] = licence;
    file["licenseInfoInFiles"] = ordered_json::array({kNoAssertion});
    file["copyrightText"] = kNoAssertion;
    file["comment"] = "A model, converted from " + model->source;
    return file;
  }
  const std::string stated = StatedLicence(bytes);
  std::string copyrights;
  if (path != "LICENSE" && path != "NOTICE") {  // these speak of others
    for (const std::string& line : CopyrightLines(bytes)) copyrights += (copyrights.empty() ? "" : "\n") + line;
  }
  file["licenseConcluded"] = kOurs;  // FlatBuffers' too
  file["licenseInfoInFiles"] = ordered_json::array({stated.empty() ? "NONE" : stated});
  file["copyrightText"] = copyrights.empty() ? "NONE" : copyrights;
  return file;
}

// A licence that is not known makes that of the whole unknown.
std::string Concluded(const SbomInput& input) {
  std::set<std::string> all{kOurs};
  for (const ModelLicence& m : input.models) {
    if (m.licence.empty()) return kNoAssertion;
    all.insert(m.licence);
  }
  std::string text;
  for (const std::string& l : all) text += (text.empty() ? "" : " AND ") + (l.find(' ') == std::string::npos ? l : "(" + l + ")");
  return text;
}

ordered_json PackageJson(const SbomInput& input, const ordered_json& files, const std::string& code) {
  std::set<std::string> stated;
  for (const ordered_json& f : files) stated.insert(f["licenseInfoInFiles"][0].get<std::string>());
  stated.erase("NONE");
  ordered_json package;
  package["SPDXID"] = kPackage;
  package["name"] = input.name;
  package["versionInfo"] = CropperVersion();
  package["downloadLocation"] = kNoAssertion;
  package["filesAnalyzed"] = true;
  package["packageVerificationCode"] = {
      {"packageVerificationCodeValue", code},
      {"packageVerificationCodeExcludedFiles", {"./crop.json", "./size.json", std::string("./") + kSbomFile}}};
  package["licenseConcluded"] = Concluded(input);
  package["licenseDeclared"] = kOurs;
  package["licenseInfoFromFiles"] = stated;
  package["copyrightText"] = kNoAssertion;
  package["primaryPackagePurpose"] = "LIBRARY";
  package["comment"] = "Adze crop " + input.crop_id + " for the profile " + input.profile;
  return package;
}

ordered_json ThirdPartyJson(const ThirdParty& t, const std::string& id, const std::string& code) {
  std::string copyrights;
  for (const std::string& line : t.copyrights) copyrights += (copyrights.empty() ? "" : "\n") + line;
  ordered_json package;
  package["SPDXID"] = id;
  package["name"] = t.name;
  package["versionInfo"] = t.version;
  package["downloadLocation"] = kNoAssertion;
  package["filesAnalyzed"] = true;
  package["packageVerificationCode"] = {{"packageVerificationCodeValue", code}};
  package["licenseConcluded"] = t.licence;
  package["licenseDeclared"] = t.licence;
  package["licenseInfoFromFiles"] = ordered_json::array({t.licence});
  package["copyrightText"] = copyrights.empty() ? "NONE" : copyrights;
  const ordered_json purl = {{"referenceCategory", "PACKAGE-MANAGER"},
                             {"referenceType", "purl"},
                             {"referenceLocator", "pkg:github/google/flatbuffers@v" + t.version}};
  package["externalRefs"] = ordered_json::array({purl});
  return package;
}

ordered_json Relation(const std::string& from, const char* type, const std::string& to) {
  return {{"spdxElementId", from}, {"relationshipType", type}, {"relatedSpdxElement", to}};
}

}  // namespace

std::string SbomText(const SbomInput& input, const std::map<std::string, std::string>& files) {
  const std::string code = VerificationCode(files);
  ordered_json listed = ordered_json::array(), relations = ordered_json::array(), packages = ordered_json::array();
  relations.push_back(Relation("SPDXRef-DOCUMENT", "DESCRIBES", kPackage));
  for (const auto& [path, bytes] : files) listed.push_back(FileJson(path, bytes, input));
  packages.push_back(PackageJson(input, listed, code));
  for (const ThirdParty& t : input.third_party) {
    const std::string id = "SPDXRef-Package-" + t.name;
    const std::map<std::string, std::string> its = Below(files, t.folder);
    packages.push_back(ThirdPartyJson(t, id, VerificationCode(its)));
    relations.push_back(Relation(kPackage, "DEPENDS_ON", id));
    for (const auto& [path, bytes] : its) relations.push_back(Relation(id, "CONTAINS", FileId(path)));
  }
  for (const auto& [path, bytes] : files) relations.push_back(Relation(kPackage, "CONTAINS", FileId(path)));

  ordered_json document;
  document["spdxVersion"] = "SPDX-2.3";
  document["dataLicense"] = "CC0-1.0";
  document["SPDXID"] = "SPDXRef-DOCUMENT";
  document["name"] = input.name + "-" + CropperVersion();
  document["documentNamespace"] = Namespace(input.crop_id, code);
  document["creationInfo"] = {{"created", Created()},
                              {"creators", ordered_json::array({std::string("Tool: cropper-") + CropperVersion()})}};
  document["packages"] = packages;
  document["files"] = listed;
  document["relationships"] = relations;
  return document.dump(1) + "\n";
}

}  // namespace adze::generate
