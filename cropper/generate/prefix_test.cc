// SPDX-License-Identifier: Apache-2.0
// Public headers under another name.
#include "cropper/generate/prefix.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "cropper/generate/cmake_text.h"

namespace adze::generate {
namespace {

constexpr char kHeader[] =
    "/* Adze, of an .adze file, see adze.h */\n#ifndef ADZE_ADZE_H_\n#define ADZE_API\n"
    "ADZE_API adze_status adze_run(adze_session* s); /* ADZE_OK */\nint my_adze_thing;\n";

TEST(PrefixedHeader, RenamesNamesOnly) {
  EXPECT_EQ(PrefixedHeader(kHeader, "face"),
            "/* Adze, of an .adze file, see adze.h */\n#ifndef FACE_ADZE_H_\n#define FACE_API\n"
            "FACE_API face_status face_run(face_session* s); /* FACE_OK */\nint my_adze_thing;\n");
  EXPECT_EQ(PrefixedHeader("#include \"adze/adze.h\"\nnamespace adze {\n}  // namespace adze\n// adze::Session\n", "a_b"),
            "#include \"a_b/adze.h\"\nnamespace a_b {\n}  // namespace a_b\n// a_b::Session\n");
}

TEST(HeaderNames, EachOnceWithoutTheGuard) {
  EXPECT_EQ(HeaderNames(kHeader), (std::vector<std::string>{"ADZE_API", "ADZE_OK", "adze_run", "adze_session", "adze_status"}));
}

TEST(PrefixHeaders, MovesOriginalsToTheUnits) {
  std::map<std::string, std::string> files{
      {"include/adze/adze.h", kHeader}, {"include/adze/adze.hpp", "namespace adze {}\n"}, {"src/a.cc", ""}};
  PrefixHeaders("face", &files);
  std::vector<std::string> names;
  for (const auto& [name, text] : files) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"include/face/adze.h", "include/face/adze.hpp", "include/face/adze/adze.h",
                                             "include/face/adze/adze.hpp", "src/a.cc", "src/runtime/include/adze/adze.h",
                                             "src/runtime/include/adze/adze.hpp"}));
  EXPECT_EQ(files["src/runtime/include/adze/adze.h"], kHeader);
  EXPECT_NE(files["include/face/adze/adze.h"].find("#define adze_run face_run\n"), std::string::npos);
  EXPECT_NE(files["include/face/adze/adze.hpp"].find("namespace adze = face;\n"), std::string::npos);
  std::map<std::string, std::string> unknown{{"include/adze/more.h", ""}};
  EXPECT_THROW(PrefixHeaders("face", &unknown), std::logic_error);
}

TEST(ExportsText, TheApiAndNothingElse) {
  EXPECT_NE(ExportsText({"adze_run", "adze_version"}, "face").find("{\n  global:\n    face_run;\n    face_version;\n  local: *;\n};\n"),
            std::string::npos);
  EXPECT_THROW(ExportsText({"run"}, "face"), std::logic_error);
}

}  // namespace
}  // namespace adze::generate
