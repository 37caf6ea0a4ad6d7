// SPDX-License-Identifier: Apache-2.0
// Resizes against the reference, and against what is written out by hand.
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/grid_sample.h"
#include "op-registry/ops/resample.h"
#include "op-registry/ops/resize_linear.h"
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

TEST(ResizeLinear, EveryNumberOfChannels) {
  for (const int32_t c : {1, 3, 4, 8, 9, 16, 21, 33}) {
    for (const ResizeLinearParams& p : {ResizeLinearParams{0.5, -0.25, 0.75, 0}, ResizeLinearParams{2.5, 0.5, -1, 3}}) {
      NodeCase node = {"resize_linear", ParamBytes(p), {{DType::kF32, {2, 3, 5, c}}}, {DType::kF32, {2, 7, 6, c}}};
      node.tolerance = 1e-6F;
      node.inner_dense = true;
      CheckNode(node);
    }
  }
  NodeCase none = {"resize_linear", ParamBytes(ResizeLinearParams()), {{DType::kF32, {1, 3, 1, 2}}}, {DType::kF32, {1, 0, 5, 2}}};
  none.inner_dense = true;
  CheckNode(none);
}

// Indices outside of the picture are those of its edge, whole ones are taken as they are.
TEST(ResizeLinear, ByHand) {
  GuardedTensor x(DType::kF32, {1, 2, 3, 1}, Layout::kDense);
  for (int64_t i = 0; i < 6; ++i) *reinterpret_cast<float*>(x.at(i)) = static_cast<float>(i * i);
  for (const Level level : HostLevels()) {
    GuardedTensor y(DType::kF32, {1, 3, 4, 1}, Layout::kDense);
    RunNode({"resize_linear", ParamBytes(ResizeLinearParams{0.5, 0, 1, -0.5}), {}, {}}, {x.view}, y.view, level, 1);
    const float want[] = {0, 0.5F, 2.5F, 4, 4.5F, 6.5F, 11.5F, 14.5F, 9, 12.5F, 20.5F, 25};
    for (int64_t i = 0; i < 12; ++i) EXPECT_EQ(*reinterpret_cast<float*>(y.at(i)), want[i]) << i;
  }
}

TEST(GridSample, EveryRule) {
  for (const auto interpolation : {GridInterpolation::kNearest, GridInterpolation::kLinear, GridInterpolation::kCubic}) {
    for (const auto padding : {GridPadding::kZeros, GridPadding::kBorder, GridPadding::kReflection}) {
      for (const uint8_t align_corners : {0, 1}) {
        const std::vector<uint8_t> params = ParamBytes(GridSampleParams{interpolation, padding, align_corners, 0});
        const DType t = DType::kF32;
        CheckNode({"grid_sample", params, {{t, {2, 3, 4, 3}}, {t, {2, 5, 6, 2}}}, {t, {2, 5, 6, 3}}, false, 1e-5F});
        CheckNode({"grid_sample", params, {{t, {1, 2, 3, 1, 2}}, {t, {1, 3, 2, 4, 3}}}, {t, {1, 3, 2, 4, 2}}, false, 1e-5F});
      }
    }
  }
}

TEST(Resample, EveryAxis) {
  for (const int32_t axis : {0, 1, 2}) {
    for (const int32_t taps : {1, 2, 4}) {
      std::vector<int32_t> dims = {4, 5, 6};
      NodeCase node = {
          "resample", ParamBytes(ResampleParams{axis}), {{DType::kF32, dims}, {DType::kI32, {7}}, {DType::kF32, {7, taps}}}, {}};
      dims[static_cast<size_t>(axis)] = 7;
      node.out = {DType::kF32, dims};
      node.tolerance = 4e-6F;
      node.index_limit = 4;  // starts before the first and behind the last are clamped
      CheckNode(node);
    }
  }
}

}  // namespace
}  // namespace adze::parity
