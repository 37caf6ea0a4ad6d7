// SPDX-License-Identifier: Apache-2.0
// size.json: what is written is read again, and nothing unsound is.
#include "cropper/size/size_record.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cropper/size/sample_record.h"

namespace adze::size {
namespace {

using nlohmann::ordered_json;

TEST(SizeRecord, ReadsWhatItWrites) {
  const SizeRecord r = SampleRecord();
  const std::string text = SizeRecordToJson(r);
  const SizeRecord again = SizeRecordFromJson(text, "size.json");
  EXPECT_EQ(SizeRecordToJson(again), text);
  EXPECT_EQ(again.library.alloc, r.library.alloc);
  EXPECT_EQ(again.Ram(), 1500u);
  EXPECT_EQ(again.Bookkeeping(), 500u);
  ASSERT_EQ(again.atoms.size(), 1u);
  ASSERT_EQ(again.atoms[0].askers.size(), 2u);
  EXPECT_EQ(again.atoms[0].askers[0].nodes, 2u);
  EXPECT_EQ(again.atoms[0].askers[0].node_name, "first");
}

void Refused(const ordered_json& json, const std::string& why) {
  try {
    SizeRecordFromJson(json.dump(), "x/size.json");
    FAIL() << "not refused: " << why;
  } catch (const plan::InputError& e) {
    EXPECT_EQ(std::string(e.what()).rfind("x/size.json is no sound size.json: ", 0), 0u) << e.what();
    EXPECT_NE(std::string(e.what()).find(why), std::string::npos) << e.what();
  }
}

ordered_json Sound() { return ordered_json::parse(SizeRecordToJson(SampleRecord())); }

TEST(SizeRecord, SumsThatAreWrongAreRefused) {
  ordered_json j = Sound();
  j["units"][0]["bytes"][".note.adze"] = 0x5f;
  Refused(j, "1 bytes of .note.adze belong to nobody");
  j = Sound();
  j["units"][0]["bytes"][".note.adze"] = 0x61;
  Refused(j, "more bytes are claimed of .note.adze than it has");
  j = Sound();
  j["library"]["alloc"] = 1;
  Refused(j, "do not add up to 'library.alloc'");
  j = Sound();
  j["library"]["file"] = 1;
  Refused(j, "do not add up to 'library.file'");
  j = Sound();
  j["models"][0]["graph"] = 81;
  Refused(j, "models[0]: the parts of the model's file do not add up to it");
  j = Sound();
  j["toolchain"]["linker"] = "another";
  Refused(j, "the file.toolchain: 'id' is not that of its parts");
  j = Sound();
  j["version"] = 2;
  Refused(j, "it has version 2, this cropper reads 1");
}

// Puts every kind of value at every place, and leaves each out: read or refused, never anything else.
void Mutate(const ordered_json& whole, const ordered_json::json_pointer& at, int* refused) {
  const ordered_json values[] = {nullptr, true, -1, 1.5, UINT64_MAX, "", "x", ordered_json::array(), ordered_json::object(), {{"a", 1}}};
  for (const ordered_json& value : values) {
    ordered_json changed = whole;
    changed[at] = value;
    try {
      SizeRecordFromJson(changed.dump(), "x");
    } catch (const plan::InputError&) {
      ++*refused;
    }
  }
  const ordered_json& here = whole[at];
  if (here.is_object()) {
    for (const auto& [key, value] : here.items()) {
      ordered_json changed = whole;
      changed[at].erase(key);
      try {
        SizeRecordFromJson(changed.dump(), "x");
      } catch (const plan::InputError&) {
        ++*refused;
      }
      Mutate(whole, at / key, refused);
    }
  } else if (here.is_array()) {
    for (size_t i = 0; i < here.size(); ++i) Mutate(whole, at / i, refused);
  }
}

TEST(SizeRecord, HostileTextIsRefused) {
  int refused = 0;
  Mutate(Sound(), ordered_json::json_pointer(), &refused);
  EXPECT_GT(refused, 500);
  const std::string text = SizeRecordToJson(SampleRecord());
  for (size_t n = 0; n + 2 < text.size(); n += 7) EXPECT_THROW(SizeRecordFromJson(text.substr(0, n), "x"), plan::InputError) << n;
  EXPECT_THROW(SizeRecordFromJson(std::string(100000, '['), "x"), plan::InputError);
}

TEST(CompressedBytes, IsRawDeflate) {
  EXPECT_EQ(CompressedBytes(""), 2u);
  EXPECT_LT(CompressedBytes(std::string(100000, 'a')), 200u);
}

TEST(Toolchain, IdFollowsEveryPart) {
  const Toolchain sample = SampleRecord().toolchain;
  for (std::string Toolchain::*part : {&Toolchain::compiler, &Toolchain::target, &Toolchain::linker, &Toolchain::c_library,
                                       &Toolchain::unit_flags, &Toolchain::link_flags}) {
    Toolchain other = sample;
    other.*part += "x";
    EXPECT_NE(other.Id(), sample.Id());
    ASSERT_EQ(Differences(sample, other).size(), 1u);
  }
  EXPECT_TRUE(Differences(sample, sample).empty());
  Toolchain newer = sample;
  newer.linker = "GNU ld 2.44";
  EXPECT_EQ(Differences(sample, newer)[0], "linker: GNU ld 2.40 -> GNU ld 2.44");
}

TEST(Toolchain, AsksTheCompilersHere) {
  generate::UnitFlags flags;
  const Toolchain t = FindToolchain({{"gcc", "g++"}}, flags);
  EXPECT_EQ(t.compiler.rfind("gcc ", 0), 0u) << t.compiler;
  EXPECT_NE(t.target.find("linux"), std::string::npos) << t.target;
  EXPECT_NE(t.linker.find(" ld "), std::string::npos) << t.linker;
  EXPECT_EQ(t.c_library.rfind("glibc 2.", 0), 0u) << t.c_library;
  EXPECT_EQ(t.Id(), FindToolchain({{"gcc", "g++"}}, flags).Id());
  flags.common = {"-O3"};
  EXPECT_EQ(Differences(t, FindToolchain({{"gcc", "g++"}}, flags)).size(), 1u);
  EXPECT_THROW(FindToolchain({{"gcc", "no-such-compiler"}}, flags), plan::InputError);
}

TEST(Toolchain, FlagsOfAFileAreAPartOfIt) {
  const generate::UnitFlags flags;
  const Toolchain usual = FindToolchain({{"gcc", "g++"}}, flags);
  EXPECT_EQ(Differences(usual, FindToolchain({{"gcc", "g++"}, "t.cmake", "compile CXX_FLAGS -Os\n", ""}, flags)).size(), 1u);
  EXPECT_EQ(Differences(usual, FindToolchain({{"gcc", "g++"}, "t.cmake", "", "link SYSROOT_LINK /x\n"}, flags)).size(), 1u);
  // One that only names the compilers is no other toolchain.
  EXPECT_EQ(usual.Id(), FindToolchain({{"gcc", "g++"}, "t.cmake"}, flags).Id());
}

TEST(Toolchain, OtherLinkersAreTold) {
  Toolchain t = SampleRecord().toolchain;
  for (const char* known : {"GNU ld 2.40", "GNU ld (GNU Binutils for Debian) 2.40", "GNU ld (GNU Binutils) 2.40.50"}) {
    t.linker = known;
    EXPECT_EQ(LinkerCaveat(t), "") << known;
  }
  t.linker = "GNU ld (GNU Binutils) 2.44";
  EXPECT_NE(LinkerCaveat(t).find("2.40 only"), std::string::npos);
  for (const char* other : {"LLD 14.0.6", "GNU gold 1.16", "mold 2.4", ""}) {
    t.linker = other;
    EXPECT_NE(LinkerCaveat(t).find("estimate"), std::string::npos) << other;
  }
}

}  // namespace
}  // namespace adze::size
