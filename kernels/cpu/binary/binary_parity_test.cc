// SPDX-License-Identifier: Apache-2.0
// add, div, mul and sub against the reference: vector tails, broadcasting, strides, NaNs, the clamp, in place.
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/binary.h"

namespace adze::parity {
namespace {

NodeCase Binary(const std::string& op, const ClampRange& clamp, const std::vector<int32_t>& a, const std::vector<int32_t>& b,
                const std::vector<int32_t>& y) {
  BinaryParams p;
  p.clamp = clamp;
  return {op, ParamBytes(p), {{DType::kF32, a}, {DType::kF32, b}}, {DType::kF32, y}};
}

constexpr ClampRange kRanges[] = {{}, {0, 6}, {-1.5F, INFINITY}, {2, 2}};

TEST(Binary, EveryLengthAroundTheVectors) {
  for (const char* op : {"add", "div", "mul", "sub"}) {
    for (const int32_t n : {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 101, 131}) {
      for (const ClampRange& clamp : kRanges) {
        NodeCase node = Binary(op, clamp, {n}, {n}, {n});
        node.in_place = true;
        CheckNode(node);
      }
    }
  }
}

TEST(Binary, Broadcasts) {
  struct Case {
    std::vector<int32_t> a, b, y;
  };
  const Case cases[] = {
      {{}, {}, {}},
      {{1}, {37}, {37}},
      {{2, 3, 5, 17}, {1, 1, 1, 17}, {2, 3, 5, 17}},
      {{1, 1, 1, 17}, {2, 3, 5, 17}, {2, 3, 5, 17}},
      {{2, 3, 5, 17}, {2, 3, 5, 1}, {2, 3, 5, 17}},
      {{2, 17, 3, 5}, {1, 17, 1, 1}, {2, 17, 3, 5}},
      {{7, 1, 33}, {1, 5, 1}, {7, 5, 33}},
      {{1, 1}, {1, 1}, {1, 1}},
      {{3, 0, 5}, {3, 1, 5}, {3, 0, 5}},
      {{2, 1, 2, 1, 3, 1}, {1, 3, 1, 2, 1, 5}, {2, 3, 2, 2, 3, 5}},
  };
  for (const char* op : {"add", "div", "mul", "sub"}) {
    for (const Case& c : cases) CheckNode(Binary(op, {-3, 3}, c.a, c.b, c.y));
  }
}

TEST(Binary, SplitsLargeTensors) { CheckNode(Binary("add", {}, {1, 23, 29, 67}, {1, 23, 29, 67}, {1, 23, 29, 67})); }

TEST(Binary, OneTensorAsBothInputs) {
  GuardedTensor x(DType::kF32, {37}, Layout::kDense);
  Noise noise;
  FillFloats(&x, &noise, true);
  for (const Level level : HostLevels()) {
    GuardedTensor y(DType::kF32, {37}, Layout::kDense);
    RunNode(Binary("mul", {}, {37}, {37}, {37}), {x.view, x.view}, y.view, level, 1);
    for (int64_t i = 0; i < 37; ++i) {
      const float v = *reinterpret_cast<float*>(x.at(i));
      const float square = v * v;
      EXPECT_TRUE(SameValue(DType::kF32, y.at(i), reinterpret_cast<const uint8_t*>(&square), 0)) << v;
    }
  }
}

}  // namespace
}  // namespace adze::parity
