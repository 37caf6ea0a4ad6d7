// SPDX-License-Identifier: Apache-2.0
// The page holds what the reports say, whatever the names hold.
#include "cropper/page/size_page.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cropper/size/report.h"
#include "cropper/size/sample_record.h"

namespace adze::page {
namespace {

using nlohmann::json;

const json& KeyOf(const json& keys, const std::string& key) {
  for (const json& k : keys) {
    if (k["key"] == key) return k;
  }
  throw std::runtime_error("no key " + key);
}

TEST(PageData, IsTheReportsAndTheirParts) {
  const size::SizeRecord record = size::SampleRecord();
  const json data = PageData(record, nullptr);
  EXPECT_EQ(data["keys"].size(), size::ReportKeys().size());
  for (const std::string& by : size::ReportKeys()) {
    uint64_t bytes = 0, file = 0;
    for (const json& e : KeyOf(data["keys"], by)["entries"]) {
      uint64_t of_parts = 0;
      for (const json& p : e["parts"]) {
        EXPECT_LT(p[0].get<size_t>(), data["names"].size());
        of_parts += p[1].get<uint64_t>();
      }
      EXPECT_EQ(of_parts, e["bytes"]) << by << " " << e["name"];
      bytes += e["bytes"].get<uint64_t>();
      file += e["file"].get<uint64_t>();
    }
    EXPECT_EQ(bytes, record.library.alloc) << by;
    EXPECT_EQ(file, record.library.file) << by;
  }
  EXPECT_TRUE(data["before"].is_null());
  EXPECT_EQ(PageData(record, &record)["before"]["library"]["alloc"], record.library.alloc);
}

TEST(PageData, HasWhatDroppingAModelSaves) {
  const size::SizeRecord record = size::SampleRecord();
  size::Marginal marginal;
  marginal.savings = {{"n.adze", 41208, -16, 0, 0}};
  marginal.notes = {"a note"};
  const json data = PageData(record, nullptr, &marginal);
  EXPECT_EQ(data["marginal"], json::array({"a note"}));
  EXPECT_EQ(data["models"][1]["saves"], 41208);
  EXPECT_EQ(data["models"][1]["saves_file"], -16);
  EXPECT_FALSE(data["models"][0].contains("saves"));
  EXPECT_TRUE(PageData(record, nullptr)["marginal"].is_null());
}

TEST(ScriptSafe, HostileNamesStayNames) {
  const std::string hostile = "</script><script>alert(1)</script><!-- \" ' & \\ \xE2\x80\xA8 \xE2\x80\xA9 \xC3\xA4 \x01";
  const std::string text = ScriptSafe({{"name", hostile}, {"broken", "a\xFF\xFE"}});
  EXPECT_EQ(text.find_first_of("<>&"), std::string::npos) << text;
  for (const char c : text) EXPECT_TRUE(c >= ' ' && c < 127) << static_cast<int>(c);
  EXPECT_EQ(json::parse(text)["name"], hostile);
}

TEST(SizePage, IsWholeAndTheSameEachTime) {
  size::SizeRecord record = size::SampleRecord();
  record.models[0].source = "@SCRIPT@</script>@DATA@";
  const std::string page = SizePage(record, nullptr);
  EXPECT_EQ(page, SizePage(record, nullptr));
  EXPECT_EQ(page.rfind("<!doctype html>", 0), 0u);
  for (const char* mark : {"@STYLE@", "@LICENSE@", "@LIBRARY@"}) EXPECT_EQ(page.find(mark), std::string::npos) << mark;
  // Three scripts: the data, the library, ours; and the licence of the library.
  size_t ends = 0;
  for (size_t at = 0; (at = page.find("</script", at)) != std::string::npos; ++at) ++ends;
  EXPECT_EQ(ends, 3u);
  EXPECT_NE(page.find("Mike Bostock"), std::string::npos);
  EXPECT_NE(page.find("Redistributions of source code must retain"), std::string::npos);
}

}  // namespace
}  // namespace adze::page
