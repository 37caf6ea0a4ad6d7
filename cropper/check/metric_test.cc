// SPDX-License-Identifier: Apache-2.0
// Amounts and metrics.
#include "cropper/check/metric.h"

#include <gtest/gtest.h>

#include "cropper/size/sample_record.h"

namespace adze::check {
namespace {

TEST(ParseAmount, TakesUnitsThatAreClear) {
  EXPECT_EQ(ParseAmount("0"), 0u);
  EXPECT_EQ(ParseAmount("65536"), 65536u);
  EXPECT_EQ(ParseAmount("65536B"), 65536u);
  EXPECT_EQ(ParseAmount("64KiB"), 65536u);
  EXPECT_EQ(ParseAmount("64kB"), 64000u);
  EXPECT_EQ(ParseAmount("1MiB"), 1048576u);
  EXPECT_EQ(ParseAmount("2MB"), 2000000u);
}

TEST(ParseAmount, RefusesTheRest) {
  for (const char* text : {"", "KiB", "-1", "+1", "1.5KiB", "64 KiB", "64kib", "64K", "64KB", "0x10", "1e3", "9999999999999", "1\n"}) {
    EXPECT_THROW(ParseAmount(text), plan::InputError) << text;
  }
}

TEST(Bytes, AreGrouped) {
  EXPECT_EQ(Bytes(0), "0 B");
  EXPECT_EQ(Bytes(999), "999 B");
  EXPECT_EQ(Bytes(1000), "1,000 B");
  EXPECT_EQ(Bytes(1234567), "1,234,567 B");
  EXPECT_EQ(SignedBytes(0), "0 B");
  EXPECT_EQ(SignedBytes(1204), "+1,204 B");
  EXPECT_EQ(SignedBytes(-1204), "-1,204 B");
}

TEST(Value, IsTheRecords) {
  const size::SizeRecord r = size::SampleRecord();
  EXPECT_EQ(Value(r, Metric::kAlloc), r.library.alloc);
  EXPECT_EQ(Value(r, Metric::kFile), r.library.file);
  EXPECT_EQ(Value(r, Metric::kCompressed), r.library.compressed);
  EXPECT_EQ(Value(r, Metric::kRam), r.models[0].arena + r.models[0].private_weights + r.models[1].arena + r.models[1].private_weights);
  for (const std::string& name : MetricNames()) {
    Metric m = Metric::kRam;
    EXPECT_TRUE(MetricFromName(name, &m));
    EXPECT_EQ(MetricName(m), name);
  }
  Metric m = Metric::kRam;
  EXPECT_FALSE(MetricFromName("size", &m));
}

}  // namespace
}  // namespace adze::check
