// SPDX-License-Identifier: Apache-2.0
// The SBOM says what the folder holds and nothing of when.
#include "cropper/generate/sbom.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "cropper/generate/sha1.h"
#include "cropper/plan/profile.h"

namespace adze::generate {
namespace {

SbomInput Input() { return {"face_runtime", "0123", "linux-x64", {}, {{"models/m.adze", "m.onnx", ""}}}; }

const std::map<std::string, std::string>& Files() {
  static const std::map<std::string, std::string> files = {{"models/m.adze", "bytes"},
                                                           {"src/a.cc", "// SPDX-License-Identifier: Apache-2.0\n"}};
  return files;
}

TEST(Sha1, OfAKnownText) { EXPECT_EQ(Sha1Hex("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d"); }

TEST(SbomText, FilesLicencesRelations) {
  const nlohmann::json sbom = nlohmann::json::parse(SbomText(Input(), Files()));
  EXPECT_EQ(sbom["spdxVersion"], "SPDX-2.3");
  ASSERT_EQ(sbom["files"].size(), 2u);
  EXPECT_EQ(sbom["files"][0]["fileName"], "./models/m.adze");
  EXPECT_EQ(sbom["files"][0]["licenseConcluded"], "NOASSERTION");
  EXPECT_EQ(sbom["files"][1]["licenseInfoInFiles"], nlohmann::json::array({"Apache-2.0"}));
  EXPECT_EQ(sbom["files"][1]["checksums"][0]["checksumValue"], Sha1Hex(Files().at("src/a.cc")));
  EXPECT_EQ(sbom["packages"][0]["licenseConcluded"], "NOASSERTION");
  EXPECT_EQ(sbom["relationships"].size(), 3u);
}

TEST(SbomText, GivenLicenceOfAModel) {
  SbomInput input = Input();
  input.models[0].licence = "MIT OR ISC";
  const nlohmann::json sbom = nlohmann::json::parse(SbomText(input, Files()));
  EXPECT_EQ(sbom["files"][0]["licenseConcluded"], "MIT OR ISC");
  EXPECT_EQ(sbom["packages"][0]["licenseConcluded"], "Apache-2.0 AND (MIT OR ISC)");
}

TEST(SbomText, SameInputSameTextOtherBytesOtherNamespace) {
  EXPECT_EQ(SbomText(Input(), Files()), SbomText(Input(), Files()));
  std::map<std::string, std::string> other = Files();
  other["models/m.adze"] = "other";
  const auto name = [](const std::string& text) { return nlohmann::json::parse(text)["documentNamespace"]; };
  EXPECT_NE(name(SbomText(Input(), Files())), name(SbomText(Input(), other)));
}

TEST(SbomText, TimeIsSourceDateEpoch) {
  const auto created = [] { return nlohmann::json::parse(SbomText(Input(), Files()))["creationInfo"]["created"]; };
  EXPECT_EQ(created(), "1970-01-01T00:00:00Z");
  setenv("SOURCE_DATE_EPOCH", "86400", 1);
  EXPECT_EQ(created(), "1970-01-02T00:00:00Z");
  setenv("SOURCE_DATE_EPOCH", "today", 1);
  EXPECT_THROW(created(), plan::InputError);
  unsetenv("SOURCE_DATE_EPOCH");
}

}  // namespace
}  // namespace adze::generate
