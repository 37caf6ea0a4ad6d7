// SPDX-License-Identifier: Apache-2.0
// Names of crops: what compiles is taken, the rest is told why.
#include "cropper/plan/prefix.h"

#include <gtest/gtest.h>

#include "cropper/plan/profile.h"

namespace adze::plan {
namespace {

TEST(Prefix, TakesNames) {
  for (const char* name : {"face", "acme_face", "v2x", "a1_b2_c3"}) EXPECT_EQ(PrefixProblem(name), "") << name;
}

TEST(Prefix, SaysWhatIsWrong) {
  for (const char* name : {"", "Face", "2face", "_face", "face_", "fa__ce", "fa-ce", "fa ce", "fa;ce", "f\xc3\xa4", "../up"}) {
    EXPECT_NE(PrefixProblem(name).find("is no prefix"), std::string::npos) << name;
  }
  EXPECT_NE(PrefixProblem("ab").find("3 to 40"), std::string::npos);
  EXPECT_NE(PrefixProblem(std::string(41, 'a')).find("41 characters"), std::string::npos);
  for (const char* name : {"adze", "std", "class", "namespace", "int"}) {
    EXPECT_NE(PrefixProblem(name).find("cannot be a prefix"), std::string::npos) << name;
  }
}

TEST(Prefix, IsAKeyOfTheProfile) {
  const std::string head =
      R"({"name": "p", "arch": "x86_64", "levels": ["scalar"], "page_size": 4096, "compiler": {"c": "cc", "cxx": "c++"})";
  const Profile with = ParseProfile(head + R"(, "prefix": "acme_face"})", "p.json");
  EXPECT_EQ(with.prefix, "acme_face");
  EXPECT_EQ(ParseProfile(ProfileToJson(with), "p.json").prefix, "acme_face");
  EXPECT_EQ(ProfileToJson(ParseProfile(head + "}", "p.json")).find("prefix"), std::string::npos);
  try {
    ParseProfile(head + R"(, "prefix": "int"})", "p.json");
    FAIL();
  } catch (const InputError& e) {
    EXPECT_NE(std::string(e.what()).find("p.json: \"prefix\": 'int' is a word"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace adze::plan
