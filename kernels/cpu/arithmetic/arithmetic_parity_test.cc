// SPDX-License-Identifier: Apache-2.0
// Operations of two elements against the reference, and the cases that C++ leaves open against their definition.
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/binary.h"

namespace adze::parity {
namespace {

struct Shapes {
  std::vector<int32_t> a, b, y;
};
const Shapes kShapes[] = {{{}, {}, {}},
                          {{0}, {1}, {0}},
                          {{19}, {19}, {19}},
                          {{1}, {37}, {37}},
                          {{2, 3, 5, 7}, {1, 3, 1, 7}, {2, 3, 5, 7}},
                          {{2, 1, 2, 1, 3, 1}, {1, 3, 1, 2, 1, 5}, {2, 3, 2, 2, 3, 5}}};

NodeCase Pair(const std::string& op, DType t, const Shapes& s) {
  const bool clamped = op == "add" || op == "sub" || op == "mul" || op == "div" || op == "max" || op == "min";
  NodeCase node{op, {}, {{t, s.a}, {t, s.b}}, {t, s.y}};
  if (clamped) node.params = ParamBytes(BinaryParams());
  return node;
}

TEST(Arithmetic, IntegersOfEveryLayout) {
  for (const char* op : {"add", "sub", "mul", "div", "max", "min", "mod", "fmod", "floor_div", "pow"}) {
    for (const DType t : {DType::kI32, DType::kI64}) {
      for (const Shapes& s : kShapes) CheckNode(Pair(op, t, s));
    }
  }
}

TEST(Arithmetic, DoublesOfEveryLayout) {
  for (const char* op : {"add", "sub", "mul", "div", "max", "min"}) {
    for (const Shapes& s : kShapes) CheckNode(Pair(op, DType::kF64, s));
  }
}

TEST(Arithmetic, FloatsOfEveryLayout) {
  for (const char* op : {"max", "min", "mod", "fmod", "prelu"}) {
    for (const Shapes& s : kShapes) CheckNode(Pair(op, DType::kF32, s));
  }
  for (const Shapes& s : kShapes) {
    NodeCase pow = Pair("pow", DType::kF32, s);
    pow.tolerance = 1e-6F;
    CheckNode(pow);
  }
}

TEST(Arithmetic, BitsOfEveryDtype) {
  for (const char* op : {"bitwise_and", "bitwise_or", "bitwise_xor"}) {
    for (const DType t : {DType::kBool, DType::kU8, DType::kF16, DType::kI32, DType::kI64}) {
      for (const Shapes& s : kShapes) CheckNode(Pair(op, t, s));
    }
  }
}

template <typename T>
T At(const std::string& op, DType t, T a, T b, Level level) {
  GuardedTensor x(t, {1}, Layout::kDense), y(t, {1}, Layout::kDense), z(t, {1}, Layout::kDense);
  std::memcpy(x.view.data, &a, sizeof(T));
  std::memcpy(y.view.data, &b, sizeof(T));
  RunNode(Pair(op, t, {{1}, {1}, {1}}), {x.view, y.view}, z.view, level, 1);
  T result;
  std::memcpy(&result, z.view.data, sizeof(T));
  return result;
}

TEST(Arithmetic, IntegersByDefinition) {
  for (const Level level : {Level::kScalar, Level::kReference}) {
    const auto at = [&](const char* op, int32_t a, int32_t b) { return At<int32_t>(op, DType::kI32, a, b, level); };
    EXPECT_EQ(at("div", -7, 2), -3);
    EXPECT_EQ(at("div", 7, 0), 0);
    EXPECT_EQ(at("div", INT32_MIN, -1), INT32_MIN);
    EXPECT_EQ(at("floor_div", -7, 2), -4);
    EXPECT_EQ(at("floor_div", 7, -2), -4);
    EXPECT_EQ(at("floor_div", -8, 2), -4);
    EXPECT_EQ(at("floor_div", 5, 0), 0);
    EXPECT_EQ(at("floor_div", INT32_MIN, -1), INT32_MIN);
    EXPECT_EQ(at("fmod", -7, 3), -1);
    EXPECT_EQ(at("fmod", 7, -3), 1);
    EXPECT_EQ(at("mod", -7, 3), 2);
    EXPECT_EQ(at("mod", 7, -3), -2);
    EXPECT_EQ(at("mod", INT32_MIN, -1), 0);
    EXPECT_EQ(at("mod", 4, 0), 0);
    EXPECT_EQ(at("add", INT32_MAX, 1), INT32_MIN);
    EXPECT_EQ(at("mul", 1 << 20, 1 << 13), 0);
    EXPECT_EQ(at("pow", -3, 5), -243);
    EXPECT_EQ(at("pow", 2, -1), 0);
    EXPECT_EQ(at("pow", -1, -3), -1);
    EXPECT_EQ(at("pow", 0, 0), 1);
    EXPECT_EQ(at("pow", 0, -1), 0);
    EXPECT_EQ(At<int64_t>("pow", DType::kI64, 3, 39, level), 4052555153018976267);
  }
}

// Against the C library, signs of zeros and NaN included.
TEST(Arithmetic, FloatsByDefinition) {
  const float edges[] = {0.0F,   -0.0F,   1.0F,   -1.0F,  0.5F,     -2.0F,     3.0F, -3.5F,
                         1e-45F, 3.4e38F, -1e30F, 7e-39F, INFINITY, -INFINITY, NAN,  16777217.0F};
  for (const float a : edges) {
    for (const float b : edges) {
      for (const Level level : {Level::kScalar, Level::kReference}) {
        const float rest = At<float>("fmod", DType::kF32, a, b, level), want = std::fmod(a, b);
        EXPECT_TRUE(std::isnan(want) ? std::isnan(rest) : rest == want && std::signbit(rest) == std::signbit(want))
            << a << " fmod " << b << " " << rest;
        const float power = At<float>("pow", DType::kF32, a, b, level);
        const auto exact = static_cast<float>(std::pow(static_cast<double>(a), static_cast<double>(b)));
        EXPECT_TRUE(std::isnan(exact) ? std::isnan(power)
                                      : std::signbit(power) == std::signbit(exact) &&
                                            (power == exact || std::fabs(power - exact) < 1e-6F * std::fabs(exact)))
            << a << " ^ " << b << " is " << power << " at " << LevelName(level);
      }
    }
  }
}

}  // namespace
}  // namespace adze::parity
