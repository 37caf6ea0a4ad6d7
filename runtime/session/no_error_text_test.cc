// SPDX-License-Identifier: Apache-2.0
// The same interface without texts: five numbers.
#include <gtest/gtest.h>

#include "adze/adze.hpp"
#include "models/testing/tiny_model.h"
#include "op-registry/core/status.h"
#include "runtime/testing/tiny_table.h"

namespace adze {
namespace {

TEST(NoErrorText, Numbers) {
  testing::SetTinyTable({Level::kScalar}, {"op_sum2"});
  const testing::FileBytes file(WriteFile(testing::ScaleAddModel(4)));
  Session session;
  ErrorText error;
  EXPECT_EQ(session.Create(file.data(), 20, nullptr, &error), ADZE_DAMAGED_FILE);
  EXPECT_EQ(std::string(error.text()), "2 " + std::to_string(static_cast<int>(Detail::kTruncated)) + " -1 20 64");
  EXPECT_EQ(session.Create(file.data(), file.size(), nullptr, &error), ADZE_NOT_IN_CROP);
  EXPECT_EQ(std::string(error.text()), "4 " + std::to_string(static_cast<int>(Detail::kMissingRows)) + " -1 1 0");
}

}  // namespace
}  // namespace adze
