// SPDX-License-Identifier: Apache-2.0
// Pools against the reference: windows, strides, paddings, channel counts around the vectors, NaNs.
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/pool2d.h"

namespace adze::parity {
namespace {

struct Window {
  int32_t kernel_h, kernel_w, stride_h, stride_w, top, left, bottom, right;
};

NodeCase Pool(PoolKind kind, const Window& w, bool include_pad, const ClampRange& clamp, const std::vector<int32_t>& x) {
  Pool2dParams p;
  p.kernel_h = w.kernel_h;
  p.kernel_w = w.kernel_w;
  p.stride_h = w.stride_h;
  p.stride_w = w.stride_w;
  p.pad_top = w.top;
  p.pad_left = w.left;
  p.pad_bottom = w.bottom;
  p.pad_right = w.right;
  p.kind = kind;
  p.count_include_pad = include_pad ? 1 : 0;
  p.clamp = clamp;
  const int32_t h = (x[1] + w.top + w.bottom - w.kernel_h) / w.stride_h + 1;
  const int32_t v = (x[2] + w.left + w.right - w.kernel_w) / w.stride_w + 1;
  NodeCase node = {"pool2d", ParamBytes(p), {{DType::kF32, x}}, {DType::kF32, {x[0], h, v, x[3]}}};
  // A float32 sum of up to 49 values below 4, against one in float64.
  node.tolerance = kind == PoolKind::kAverage ? 2e-6F : 0;
  return node;
}

TEST(Pool2d, EveryWindow) {
  const Window windows[] = {{1, 1, 1, 1, 0, 0, 0, 0}, {2, 2, 2, 2, 0, 0, 0, 0}, {3, 3, 2, 2, 0, 0, 1, 1},
                            {3, 3, 1, 1, 1, 1, 1, 1}, {3, 2, 1, 3, 2, 0, 0, 1}, {7, 7, 1, 1, 0, 0, 0, 0}};
  for (const PoolKind kind : {PoolKind::kMax, PoolKind::kAverage}) {
    for (const Window& w : windows) {
      for (const int32_t c : {1, 3, 4, 5, 8, 15, 16, 17, 33}) {
        CheckNode(Pool(kind, w, false, {}, {2, 7, 9, c}));
        CheckNode(Pool(kind, w, true, {-1, 1.5F}, {1, 8, 7, c}));
      }
    }
  }
}

TEST(Pool2d, EmptyBatch) { CheckNode(Pool(PoolKind::kMax, {2, 2, 2, 2, 0, 0, 0, 0}, false, {}, {0, 4, 4, 3})); }

TEST(Pool2d, GlobalAverageOfManyChannels) {
  for (const int32_t c : {255, 256, 257, 512, 771}) CheckNode(Pool(PoolKind::kAverage, {7, 7, 1, 1, 0, 0, 0, 0}, false, {}, {1, 7, 7, c}));
  CheckNode(Pool(PoolKind::kMax, {5, 5, 1, 1, 0, 0, 0, 0}, false, {0, 6}, {1, 5, 5, 257}));
}

TEST(Pool2d, NanInTheWindowGivesNan) {
  for (const Level level : HostLevels()) {
    for (int64_t bad = 0; bad < 4; ++bad) {
      GuardedTensor x(DType::kF32, {1, 2, 2, 17}, Layout::kDense);
      for (int64_t i = 0; i < x.count(); ++i) *reinterpret_cast<float*>(x.at(i)) = i / 17 == bad ? NAN : 1.0F;
      GuardedTensor y(DType::kF32, {1, 1, 1, 17}, Layout::kDense);
      RunNode(Pool(PoolKind::kMax, {2, 2, 1, 1, 0, 0, 0, 0}, false, {0, 6}, {1, 2, 2, 17}), {x.view}, y.view, level, 1);
      for (int64_t i = 0; i < 17; ++i) EXPECT_TRUE(std::isnan(*reinterpret_cast<float*>(y.at(i)))) << LevelName(level) << " tap " << bad;
    }
  }
}

}  // namespace
}  // namespace adze::parity
