// SPDX-License-Identifier: Apache-2.0
// Feature expressions: what the operators build is what Evaluate computes, at the limits and on malformed code too.
#include "op-registry/core/expr.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace adze {
namespace {

int64_t Value(const Expr& e, const Key& key = {}) { return Evaluate(e.code, e.size, key, 99); }

Key KeyWith(Feature f, int64_t value) {
  Key k;
  k[f] = value;
  return k;
}

int64_t Raw(const std::vector<uint8_t>& code) { return Evaluate(code.data(), static_cast<int>(code.size()), Key(), 99); }

constexpr uint8_t kF = static_cast<uint8_t>(ExprOp::kFeature);
constexpr uint8_t kC = static_cast<uint8_t>(ExprOp::kConst);
constexpr uint8_t kPlus = static_cast<uint8_t>(ExprOp::kAdd);
constexpr Feature kX = Feature::kM;

TEST(Expr, Arithmetic) {
  const Key k = KeyWith(kX, 7);
  EXPECT_EQ(Value(F(kX) + 3, k), 10);
  EXPECT_EQ(Value(F(kX) - 10, k), -3);
  EXPECT_EQ(Value(F(kX) * -2, k), -14);
  EXPECT_EQ(Value(F(kX) / 2, k), 3);
  EXPECT_EQ(Value((F(kX) - 14) / 2, k), -3);  // towards zero, as in C++
  EXPECT_EQ(Value(F(kX) / -1, k), -7);
  EXPECT_EQ(Value((F(kX) + 1) * (F(kX) - 1) / 3, k), 16);
}

TEST(Expr, ConstantsAreSigned32Bit) {
  for (const int v : {0, 1, -1, 255, 256, -256, INT32_MAX, INT32_MIN}) EXPECT_EQ(Value(Expr(v)), v);
}

TEST(Expr, ComparisonsAndLogic) {
  for (const int64_t x : {-1, 0, 1}) {
    const Key k = KeyWith(kX, x);
    EXPECT_EQ(Value(F(kX) == 0, k), x == 0);
    EXPECT_EQ(Value(F(kX) != 0, k), x != 0);
    EXPECT_EQ(Value(F(kX) < 0, k), x < 0);
    EXPECT_EQ(Value(F(kX) <= 0, k), x <= 0);
    EXPECT_EQ(Value(F(kX) > 0, k), x > 0);
    EXPECT_EQ(Value(F(kX) >= 0, k), x >= 0);
    EXPECT_EQ(Value(!F(kX), k), x == 0);
    EXPECT_EQ(Value(F(kX) && 5, k), x != 0);
    EXPECT_EQ(Value(F(kX) || 0, k), x != 0);
    EXPECT_EQ(Value(F(kX) >= 0 && F(kX) <= 0, k), x == 0);
  }
}

TEST(Expr, Saturates) {
  const Key large = KeyWith(kX, INT64_MAX);
  const Key small = KeyWith(kX, INT64_MIN);
  EXPECT_EQ(Value(F(kX) + 1, large), INT64_MAX);
  EXPECT_EQ(Value(F(kX) - -1, large), INT64_MAX);
  EXPECT_EQ(Value(F(kX) * 2, large), INT64_MAX);
  EXPECT_EQ(Value(F(kX) * F(kX), large), INT64_MAX);
  EXPECT_EQ(Value(F(kX) * -2, large), INT64_MIN + 1);
  EXPECT_EQ(Value(F(kX) - 1, small), INT64_MIN + 1);
  EXPECT_EQ(Value(F(kX) + -1, small), INT64_MIN + 1);
  EXPECT_EQ(Value(F(kX) * -1, small), INT64_MAX);
  EXPECT_EQ(Value(F(kX) / -1, small), INT64_MAX);
  EXPECT_EQ(Value(Expr(0) - F(kX), small), INT64_MAX);
}

TEST(Expr, DivisionByZeroIsZero) {
  for (const int64_t x : {int64_t{0}, int64_t{7}, INT64_MIN, INT64_MAX}) {
    EXPECT_EQ(Value(F(kX) / 0, KeyWith(kX, x)), 0);
    EXPECT_EQ(Value(F(kX) / F(Feature::kN), KeyWith(kX, x)), 0);
  }
}

TEST(Expr, EmptyGivesTheDefault) { EXPECT_EQ(Value(Expr()), 99); }

TEST(Expr, MalformedCode) {
  EXPECT_EQ(Raw({kF}), INT64_MIN);                 // no operand
  EXPECT_EQ(Raw({kC, 1, 2, 3}), INT64_MIN);        // a constant of three bytes
  EXPECT_EQ(Raw({kF, kFeatureCount}), INT64_MIN);  // no such feature
  EXPECT_EQ(Raw({kPlus}), INT64_MIN);              // nothing to add
  EXPECT_EQ(Raw({kF, 0, kPlus}), INT64_MIN);       // one operand
  EXPECT_EQ(Raw({kF, 0, kF, 0}), INT64_MIN);       // two results
  EXPECT_EQ(Raw({static_cast<uint8_t>(ExprOp::kNot)}), INT64_MIN);
  EXPECT_EQ(Raw({kF, 0, kF, 0, 200}), INT64_MIN);  // no such operator
}

TEST(Expr, DepthIsBounded) {
  std::vector<uint8_t> code;
  for (int i = 0; i < kMaxExprDepth; ++i) code.insert(code.end(), {kC, 1, 0, 0, 0});
  std::vector<uint8_t> deeper = code;
  for (int i = 1; i < kMaxExprDepth; ++i) code.push_back(kPlus);
  EXPECT_EQ(Raw(code), kMaxExprDepth);
  deeper.insert(deeper.end(), {kC, 1, 0, 0, 0});
  for (int i = 0; i < kMaxExprDepth; ++i) deeper.push_back(kPlus);
  EXPECT_EQ(Raw(deeper), INT64_MIN);
}

// Random bytes never leave the stack or overflow: checked by the sanitizers.
TEST(Expr, RandomCodeIsTotal) {
  std::mt19937 random(7);
  for (int round = 0; round < 200000; ++round) {
    std::vector<uint8_t> code(random() % kMaxExprBytes);
    for (uint8_t& b : code) b = static_cast<uint8_t>(random() % 4 != 0 ? random() % 18 : random());
    Key k;
    for (int64_t& f : k.features) f = static_cast<int64_t>(static_cast<uint64_t>(random()) << 32 | random());
    const int64_t v = Evaluate(code.data(), static_cast<int>(code.size()), k, 99);
    EXPECT_EQ(v, Evaluate(code.data(), static_cast<int>(code.size()), k, 99));
  }
}

}  // namespace
}  // namespace adze
