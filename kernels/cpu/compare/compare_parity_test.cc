// SPDX-License-Identifier: Apache-2.0
// Comparisons and where against the reference.
#include "kernels/testing/streaming_case.h"

namespace adze::parity {
namespace {

struct Shapes {
  std::vector<int32_t> a, b, y;
};
const Shapes kShapes[] = {
    {{}, {}, {}}, {{0}, {1}, {0}}, {{19}, {19}, {19}}, {{2, 3, 5, 7}, {1, 3, 1, 7}, {2, 3, 5, 7}}, {{7, 1, 3}, {1, 5, 1}, {7, 5, 3}}};

TEST(Compare, EveryDtypeAndLayout) {
  for (const char* op : {"equal", "not_equal", "less", "less_equal"}) {
    for (const DType t : {DType::kF32, DType::kF64, DType::kI32, DType::kI64, DType::kBool}) {
      if (t == DType::kBool && std::string(op).find("less") != std::string::npos) continue;
      for (const Shapes& s : kShapes) CheckNode({op, {}, {{t, s.a}, {t, s.b}}, {DType::kBool, s.y}});
    }
  }
}

TEST(Compare, NumbersThatAreEqual) {
  GuardedTensor a(DType::kF32, {4}, Layout::kDense), b(DType::kF32, {4}, Layout::kDense);
  const float left[] = {0.0F, NAN, INFINITY, 1.0F}, right[] = {-0.0F, NAN, INFINITY, 2.0F};
  std::memcpy(a.view.data, left, sizeof(left));
  std::memcpy(b.view.data, right, sizeof(right));
  const struct {
    const char* op;
    uint8_t want[4];
  } cases[] = {{"equal", {1, 0, 1, 0}}, {"not_equal", {0, 1, 0, 1}}, {"less", {0, 0, 0, 1}}, {"less_equal", {1, 0, 1, 1}}};
  for (const auto& c : cases) {
    for (const Level level : {Level::kScalar, Level::kReference}) {
      GuardedTensor y(DType::kBool, {4}, Layout::kDense);
      RunNode({c.op, {}, {{DType::kF32, {4}}, {DType::kF32, {4}}}, {DType::kBool, {4}}}, {a.view, b.view}, y.view, level, 1);
      EXPECT_EQ(std::memcmp(y.view.data, c.want, 4), 0) << c.op;
    }
  }
}

TEST(Where, EveryDtypeAndLayout) {
  for (const DType t : {DType::kF32, DType::kF16, DType::kI64, DType::kU8}) {
    CheckNode({"where", {}, {{DType::kBool, {2, 3, 17}}, {t, {2, 3, 17}}, {t, {2, 3, 17}}}, {t, {2, 3, 17}}});
    CheckNode({"where", {}, {{DType::kBool, {2, 1, 1}}, {t, {1, 3, 1}}, {t, {1, 1, 17}}}, {t, {2, 3, 17}}});
    CheckNode({"where", {}, {{DType::kBool, {}}, {t, {}}, {t, {}}}, {t, {}}});
    CheckNode({"where", {}, {{DType::kBool, {0}}, {t, {1}}, {t, {1}}}, {t, {0}}});
  }
}

}  // namespace
}  // namespace adze::parity
