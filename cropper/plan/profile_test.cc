// SPDX-License-Identifier: Apache-2.0
// Profiles: the shipped ones load, and a wrong one is told everything at once.
#include "cropper/plan/profile.h"

#include <gtest/gtest.h>

#include "cropper/plan/features.h"

namespace adze::plan {
namespace {

constexpr char kGood[] =
    R"({"name": "p", "arch": "x86_64", "levels": ["avx2", "scalar"], "features": {"threads": true}, "page_size": 4096,
        "compiler": {"c": "cc", "cxx": "c++"}, "emulator": ["qemu", "-L", "/sys root"], "budget": {"alloc": 40960}, "comment": "mine"})";

std::string ReportOf(const std::string& text) {
  try {
    ParseProfile(text, "p.json");
  } catch (const InputError& e) {
    return e.what();
  }
  return "";
}

TEST(Profile, TheShippedOnesLoad) {
  const Profile all = LoadProfile(ADZE_SOURCE_DIR, "linux-x64");
  EXPECT_EQ(all.levels, (std::vector<Level>{Level::kAvx512, Level::kAvx2, Level::kScalar}));
  EXPECT_EQ(LoadProfile(ADZE_SOURCE_DIR, "linux-x64-avx2").levels, std::vector<Level>{Level::kAvx2});
  EXPECT_EQ(LoadProfile(ADZE_SOURCE_DIR, "linux-x64-avx512").levels, std::vector<Level>{Level::kAvx512});
  const Profile arm = LoadProfile(ADZE_SOURCE_DIR, "linux-arm64");
  EXPECT_EQ(arm.arch, "aarch64");
  EXPECT_EQ(arm.page_size, 16384);
  EXPECT_EQ(arm.compiler.cxx, "aarch64-linux-gnu-g++");
  EXPECT_EQ(arm.emulator, (std::vector<std::string>{"qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"}));
  for (const char* name : {"linux-x64", "linux-x64-avx2", "linux-x64-avx512", "linux-arm64"}) {
    const Profile profile = LoadProfile(ADZE_SOURCE_DIR, name);
    EXPECT_EQ(profile.name, name);
    EXPECT_FALSE(profile.threads);
    EXPECT_TRUE(profile.error_text);
    EXPECT_EQ(profile.budget.alloc, 0);
  }
}

TEST(Profile, AllFieldsAndBack) {
  const Profile profile = ParseProfile(kGood, "p.json");
  EXPECT_TRUE(profile.threads);
  EXPECT_TRUE(profile.error_text);
  EXPECT_EQ(profile.compiler.c, "cc");
  EXPECT_EQ(profile.emulator.back(), "/sys root");
  EXPECT_EQ(profile.budget.alloc, 40960);
  EXPECT_EQ(profile.budget.file, 0);
  const std::string text = ProfileToJson(profile);
  EXPECT_EQ(text, ProfileToJson(ParseProfile(text, "again")));
}

TEST(Profile, UnknownKeysAreErrorsThatNameTheKnownOnes) {
  EXPECT_EQ(ReportOf(R"({"name": "p", "arch": "x86_64", "level": 1, "levels": ["avx2"], "features": {"thread": true}, "page_size": 4096,
                         "compiler": {"c": "cc", "cxx": "c++", "ld": "ld"}})"),
            "p.json: unknown key \"level\"; known keys: name, arch, levels, features, optimize, page_size, compiler, prefix, emulator, "
            "budget, comment\n"
            "p.json: unknown key \"features.thread\"; known keys: error_text, threads, resize, comment\n"
            "p.json: unknown key \"compiler.ld\"; known keys: c, cxx, comment");
}

TEST(Profile, EveryProblemAtOnce) {
  EXPECT_EQ(
      ReportOf(
          R"({"name": "", "arch": "riscv", "levels": "avx2", "features": [], "page_size": 5000, "emulator": [1], "budget": {"file": -1}})"),
      "p.json: \"name\" must be a string that is not empty\n"
      "p.json: \"levels\" must be a list of strings\n"
      "p.json: \"features\" must be a JSON object\n"
      "p.json: key \"compiler\" is missing\n"
      "p.json: \"emulator\" must be a list of strings\n"
      "p.json: \"budget.file\" must be a number of bytes, 1 or more\n"
      "p.json: \"arch\": unknown architecture \"riscv\"; known: x86_64, aarch64\n"
      "p.json: \"page_size\" must be a power of two from 4096 to 2097152, not 5000");
}

TEST(Profile, LevelsMustBeOfTheArchitectureAndListedOnce) {
  const std::string rest = R"(, "page_size": 4096, "compiler": {"c": "cc", "cxx": "c++"}})";
  EXPECT_EQ(ReportOf(R"({"name": "p", "arch": "aarch64", "levels": ["avx2", "neon", "neon", "any"])" + rest),
            "p.json: \"levels\": aarch64 has no level \"avx2\"; it has neon, scalar, reference\n"
            "p.json: \"levels\": \"neon\" is listed twice\n"
            "p.json: \"levels\": aarch64 has no level \"any\"; it has neon, scalar, reference");
  EXPECT_EQ(ReportOf(R"({"name": "p", "arch": "x86_64", "levels": [])" + rest),
            "p.json: \"levels\" lists no level; those of x86_64: avx512, avx2, scalar, reference");
}

TEST(Profile, NoJsonNoObjectNoFile) {
  EXPECT_EQ(ReportOf("{"), "p.json: is not JSON; see profiles/linux-x64.json for an example");
  EXPECT_NE(ReportOf("[]").find("p.json: the profile must be a JSON object"), std::string::npos);
  try {
    LoadProfile(ADZE_SOURCE_DIR, "linux-x46");
    FAIL();
  } catch (const InputError& e) {
    EXPECT_NE(std::string(e.what()).find("no profile 'linux-x46': neither a file nor one of "), std::string::npos);
    EXPECT_NE(std::string(e.what()).find("(linux-arm64, linux-x64, linux-x64-avx2, linux-x64-avx512)"), std::string::npos);
  }
}

TEST(Profile, OptimizeIsSizeUnlessSpeedIsAskedFor) {
  const std::string rest =
      R"("name": "p", "arch": "x86_64", "levels": ["avx2"], "page_size": 4096, "compiler": {"c": "cc", "cxx": "c++"}})";
  EXPECT_EQ(ParseProfile("{" + rest, "p.json").optimize, passes::Optimize::kSize);
  EXPECT_EQ(ParseProfile(R"({"optimize": "size", )" + rest, "p.json").optimize, passes::Optimize::kSize);
  const Profile fast = ParseProfile(R"({"optimize": "speed", )" + rest, "p.json");
  EXPECT_EQ(fast.optimize, passes::Optimize::kSpeed);
  EXPECT_EQ(ParseProfile(ProfileToJson(fast), "again").optimize, passes::Optimize::kSpeed);
  for (const char* bad : {"\"fast\"", "1", "null", "\"\""}) {
    EXPECT_EQ(ReportOf("{\"optimize\": " + std::string(bad) + ", " + rest), "p.json: \"optimize\" must be \"size\" or \"speed\"") << bad;
  }
}

TEST(Features, TheUnitsOfTheOtherChoicesAreAbsent) {
  Profile profile = ParseProfile(kGood, "p.json");
  EXPECT_EQ(AbsentUnits(profile),
            (std::set<std::string>{"runtime/session/no_error_text.cc", "runtime/session/resize.cc", "runtime/threads/single_thread.cc"}));
  profile.threads = false;
  profile.error_text = false;
  EXPECT_EQ(AbsentUnits(profile),
            (std::set<std::string>{"runtime/session/error_text.cc", "runtime/session/resize.cc", "runtime/threads/thread_pool.cc"}));
  profile.resize = true;
  EXPECT_EQ(AbsentUnits(profile).count("runtime/session/resize.cc"), 0u);
}

}  // namespace
}  // namespace adze::plan
