// SPDX-License-Identifier: Apache-2.0
// resize_nearest against the reference, and against indices written out by hand.
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/resize_nearest.h"

namespace adze::parity {
namespace {

TEST(ResizeNearest, EveryMode) {
  for (const DType t : {DType::kU8, DType::kF16, DType::kF32, DType::kI64}) {
    for (const Coordinate coordinate : {Coordinate::kAsymmetric, Coordinate::kHalfPixel}) {
      for (const NearestRounding rounding : {NearestRounding::kFloor, NearestRounding::kRoundPreferFloor}) {
        for (const auto& [from, to] : {std::pair<int32_t, int32_t>{1, 1}, {4, 8}, {5, 13}, {7, 3}, {8, 4}, {1, 5}, {13, 1}}) {
          ResizeNearestParams p;
          p.coordinate = coordinate;
          p.rounding = rounding;
          CheckNode({"resize_nearest", ParamBytes(p), {{t, {2, from, 3, 5}}}, {t, {2, to, 7, 5}}});
          p.scale_h = p.scale_w = 1.7F;
          CheckNode({"resize_nearest", ParamBytes(p), {{t, {1, 3, from, 1}}}, {t, {1, 5, to, 1}}});
        }
      }
    }
  }
}

std::vector<uint8_t> Indices(Coordinate coordinate, NearestRounding rounding, int32_t from, int32_t to) {
  GuardedTensor x(DType::kU8, {1, 1, from, 1}, Layout::kDense);
  for (int32_t i = 0; i < from; ++i) *x.at(i) = static_cast<uint8_t>(i);
  GuardedTensor y(DType::kU8, {1, 1, to, 1}, Layout::kDense);
  ResizeNearestParams p;
  p.coordinate = coordinate;
  p.rounding = rounding;
  RunNode({"resize_nearest", ParamBytes(p), {}, {}}, {x.view}, y.view, Level::kScalar, 1);
  return {y.view.data, y.view.data + to};
}

TEST(ResizeNearest, IndicesByHand) {
  using Bytes = std::vector<uint8_t>;
  EXPECT_EQ(Indices(Coordinate::kAsymmetric, NearestRounding::kFloor, 3, 6), (Bytes{0, 0, 1, 1, 2, 2}));
  // 0 .5 1 1.5 2 2.5: halves go down, the last is kept inside
  EXPECT_EQ(Indices(Coordinate::kAsymmetric, NearestRounding::kRoundPreferFloor, 3, 6), (Bytes{0, 0, 1, 1, 2, 2}));
  EXPECT_EQ(Indices(Coordinate::kHalfPixel, NearestRounding::kRoundPreferFloor, 3, 6), (Bytes{0, 0, 1, 1, 2, 2}));
  // .5 2.5 under half a pixel: halves go down
  EXPECT_EQ(Indices(Coordinate::kHalfPixel, NearestRounding::kRoundPreferFloor, 4, 2), (Bytes{0, 2}));
  EXPECT_EQ(Indices(Coordinate::kHalfPixel, NearestRounding::kFloor, 6, 2), (Bytes{1, 4}));
}

}  // namespace
}  // namespace adze::parity
