// SPDX-License-Identifier: Apache-2.0
// Judging limits, and reports that hold hostile names.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cropper/check/check.h"
#include "cropper/check/words.h"
#include "cropper/size/sample_record.h"

namespace adze::check {
namespace {

Request Against(uint64_t file_before) {
  Request r;
  r.subject = "out";
  r.record = size::SampleRecord();
  r.baseline_path = "main.json";
  r.baseline = size::SampleRecord();
  r.baseline->library.file = file_before;
  r.metrics = {Metric::kFile};
  r.today = "2027-01-01";
  return r;
}

Exception Signed(uint64_t bytes, const std::string& expires) { return {Metric::kFile, bytes, "a reason", "kim", expires, ""}; }

TEST(Check, OneByteOverFails) {
  const uint64_t file = size::SampleRecord().library.file;
  EXPECT_TRUE(Check(Against(file)).Ok());
  EXPECT_TRUE(Check(Against(file + 1)).Ok());
  const Verdict v = Check(Against(file - 1));
  EXPECT_FALSE(v.Ok());
  ASSERT_EQ(v.lines.size(), 1u);
  EXPECT_EQ(v.lines[0].status, Status::kOver);
  EXPECT_EQ(v.lines[0].Over(), 1);

  Request budget;
  budget.record = size::SampleRecord();
  budget.budgets = {{Metric::kAlloc, budget.record.library.alloc, false, "--budget", ""}};
  EXPECT_TRUE(Check(budget).Ok());
  --budget.budgets[0].bytes;
  const Verdict over = Check(budget);
  EXPECT_FALSE(over.Ok());
  ASSERT_EQ(over.causes.size(), 1u);
  EXPECT_FALSE(over.causes[0].compared);
  EXPECT_FALSE(over.causes[0].causes.empty());
}

TEST(Check, AnotherToolchainIsNoRegression) {
  Request r = Against(size::SampleRecord().library.file - 100);
  r.baseline->toolchain.compiler = "gcc 11";
  const Verdict v = Check(r);
  EXPECT_FALSE(v.Ok());
  EXPECT_EQ(v.lines[0].status, Status::kToolchain);
  ASSERT_EQ(v.toolchain.size(), 1u);
  EXPECT_NE(v.toolchain[0].find("gcc 11"), std::string::npos);
  EXPECT_NE(VerdictText(v).find("no proof of a regression"), std::string::npos);
  EXPECT_EQ(Conclusion(v).find("Too large"), std::string::npos);
  // A budget binds whatever built it.
  r.budgets = {{Metric::kFile, 1, false, "--budget", ""}};
  EXPECT_EQ(Check(r).lines[1].status, Status::kOver);
  // Without growth there is nothing to say but that it changed.
  r.budgets.clear();
  r.baseline->library.file += 100;
  EXPECT_TRUE(Check(r).Ok());
}

TEST(Check, ExceptionsCountUntilTheirDayAndAddUp) {
  Request r = Against(size::SampleRecord().library.file - 100);
  r.exceptions = {Signed(60, "2027-01-01"), Signed(40, "2027-12-31")};
  Verdict v = Check(r);
  EXPECT_TRUE(v.Ok());
  EXPECT_EQ(v.lines[0].status, Status::kSigned);
  EXPECT_EQ(v.lines[0].signed_off, 100u);

  r.exceptions[0].extra_bytes = 59;
  EXPECT_FALSE(Check(r).Ok()) << "one byte is not signed for";

  r.exceptions = {Signed(100, "2026-12-31")};
  v = Check(r);
  EXPECT_FALSE(v.Ok());
  ASSERT_EQ(v.expired.size(), 1u);
  EXPECT_NE(VerdictText(v).find("expired, does not count: 100 B of file by kim until 2026-12-31: a reason"), std::string::npos);

  r.exceptions = {Signed(100, "2027-12-31")};
  r.exceptions[0].profile = "another";
  EXPECT_FALSE(Check(r).Ok()) << "of another profile";
  r.exceptions[0].profile = r.record.profile;
  EXPECT_TRUE(Check(r).Ok());
  r.exceptions[0].metric = Metric::kAlloc;
  EXPECT_FALSE(Check(r).Ok()) << "of another metric";

  r = Against(size::SampleRecord().library.file);
  r.exceptions = {Signed(100, "2027-12-31")};
  EXPECT_EQ(Check(r).unused.size(), 1u);
}

TEST(Check, RefusesBaselinesOfOtherTargets) {
  Request r = Against(1);
  r.baseline->library.arch = "aarch64";
  EXPECT_THROW(Check(r), plan::InputError);
  r = Against(1);
  r.baseline->profile = "another";
  EXPECT_THROW(Check(r), plan::InputError);
}

TEST(Check, UpdateAcceptsTheBaselineNotTheBudget) {
  Request r = Against(1);
  r.update = true;
  EXPECT_EQ(Check(r).lines[0].status, Status::kAccepted);
  EXPECT_TRUE(Check(r).Ok());
  r.budgets = {{Metric::kFile, 1, false, "--budget", ""}};
  EXPECT_FALSE(Check(r).Ok());
}

constexpr char kHostile[] = "a%0A::error::b,c:d\r\n]]></failure>&\"'|`<img>\x01\xEF\xBF\xBE\xFF";

TEST(Annotations, KeepToOneLineEach) {
  Request r = Against(1);
  r.subject = kHostile;
  r.baseline_path = "x,y:%.json";
  r.baseline->toolchain.linker = kHostile;
  r.exceptions = {Signed(5, "2020-01-01")};
  r.exceptions[0].reason = kHostile;
  const std::string text = VerdictAnnotations(Check(r));
  size_t lines = 0;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line); ++lines) {
    EXPECT_EQ(line.rfind("::error ", 0) == 0 || line.rfind("::warning ", 0) == 0, true) << line;
    EXPECT_EQ(line.find('\r'), std::string::npos);
  }
  EXPECT_EQ(lines, 3u) << text;
  EXPECT_NE(text.find("file=x%2Cy%3A%25.json,title=Size of a%250A%3A%3Aerror%3A%3Ab%2Cc%3Ad%0D%0A"), std::string::npos) << text;
}

TEST(JUnit, CountsAndEscapes) {
  Request r = Against(1);
  r.subject = kHostile;
  r.budgets = {{Metric::kAlloc, 1 << 30, false, kHostile, ""}};
  const std::string xml = VerdictJUnit(Check(r));
  EXPECT_NE(xml.find("tests=\"2\" failures=\"1\""), std::string::npos) << xml;
  EXPECT_NE(xml.find("a%0A::error::b,c:d&#13;&#10;]]&gt;&lt;/failure&gt;&amp;&quot;'|`&lt;img&gt;??\xEF\xBF\xBD"), std::string::npos)
      << xml;
  for (const char c : xml) EXPECT_TRUE(static_cast<unsigned char>(c) >= ' ' || c == '\n');
}

TEST(Markdown, NamesStayInTheirCells) {
  Request r = Against(1);
  r.baseline_path = "a|b<c";
  r.subject = "x`y|z";
  const std::string text = VerdictMarkdown(Check(r));
  EXPECT_NE(text.find("`x'y\\|z`"), std::string::npos) << text;
  EXPECT_NE(text.find("a\\|b&lt;c"), std::string::npos) << text;
}

}  // namespace
}  // namespace adze::check
