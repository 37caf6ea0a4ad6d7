// SPDX-License-Identifier: Apache-2.0
// Exceptions: what is read, and that nothing half right is.
#include "cropper/check/exceptions.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace adze::check {
namespace {

using nlohmann::json;

json Entry() {
  return {{"metric", "file"}, {"extra_bytes", 600}, {"reason", "the new face model"}, {"by", "kim"}, {"expires", "2027-01-31"}};
}

std::string File(const json& entry) { return json({{"version", 1}, {"exceptions", {entry}}}).dump(); }

// What is wrong with the file, or "".
std::string ProblemOf(const std::string& text) {
  try {
    ParseExceptions(text, "signed.json");
    return "";
  } catch (const plan::InputError& e) {
    return e.what();
  }
}

TEST(ParseExceptions, ReadsEveryField) {
  json entry = Entry();
  entry["profile"] = "linux-arm64";
  const std::vector<Exception> read = ParseExceptions(File(entry), "signed.json");
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].metric, Metric::kFile);
  EXPECT_EQ(read[0].extra_bytes, 600u);
  EXPECT_EQ(read[0].reason, "the new face model");
  EXPECT_EQ(read[0].by, "kim");
  EXPECT_EQ(read[0].expires, "2027-01-31");
  EXPECT_EQ(read[0].profile, "linux-arm64");
}

TEST(ParseExceptions, LastsThroughItsDay) {
  const Exception e = ParseExceptions(File(Entry()), "signed.json")[0];
  EXPECT_FALSE(Expired(e, "2026-12-31"));
  EXPECT_FALSE(Expired(e, "2027-01-31"));
  EXPECT_TRUE(Expired(e, "2027-02-01"));
  EXPECT_EQ(Today().size(), 10u);
}

TEST(ParseExceptions, EveryFieldMustBeRight) {
  EXPECT_EQ(ProblemOf(File(Entry())), "");
  for (const char* key : {"metric", "extra_bytes", "reason", "by", "expires"}) {
    json entry = Entry();
    entry.erase(key);
    EXPECT_NE(ProblemOf(File(entry)).find(std::string("signed.json: exceptions[0]: '") + key + "'"), std::string::npos) << key;
  }
  const std::vector<std::pair<const char*, json>> bad = {{"metric", "size"},         {"metric", 1},
                                                         {"extra_bytes", 0},         {"extra_bytes", -5},
                                                         {"extra_bytes", 1.5},       {"extra_bytes", "600"},
                                                         {"reason", "  "},           {"by", ""},
                                                         {"expires", "31.1.2027"},   {"expires", "2027-02-29"},
                                                         {"expires", "2027-13-01"},  {"expires", "2027-1-1"},
                                                         {"expires", "2027-01-311"}, {"expires", "2027-04-31"},
                                                         {"expires", "+027-01-01"},  {"profile", ""},
                                                         {"expiry", "2027-01-01"}};
  for (const auto& [key, value] : bad) {
    json entry = Entry();
    entry[key] = value;
    EXPECT_NE(ProblemOf(File(entry)), "") << key << " " << value;
  }
  json leap = Entry();
  leap["expires"] = "2028-02-29";
  EXPECT_EQ(ProblemOf(File(leap)), "");
}

TEST(ParseExceptions, AllProblemsAtOnceAndTheFilesShape) {
  json entry = Entry();
  entry["by"] = 1;
  entry["expires"] = "soon";
  const std::string problem = ProblemOf(File(entry));
  EXPECT_NE(problem.find("'by'"), std::string::npos);
  EXPECT_NE(problem.find("'expires'"), std::string::npos);
  for (const char* text : {"", "[]", "{}", R"({"version": 2, "exceptions": []})", R"({"version": 1})",
                           R"({"version": 1, "exceptions": {}})", R"({"version": 1, "exceptions": [1]})"}) {
    EXPECT_NE(ProblemOf(text), "") << text;
  }
  EXPECT_EQ(ProblemOf(R"({"version": 1, "exceptions": []})"), "");
}

}  // namespace
}  // namespace adze::check
