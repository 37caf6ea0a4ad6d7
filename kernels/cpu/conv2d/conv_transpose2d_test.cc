// SPDX-License-Identifier: Apache-2.0
// The reference of conv_transpose2d, which reads what reaches each output, against the other way to say it: each input adds to what it reaches.
#include "op-registry/ops/conv_transpose2d.h"

#include "kernels/testing/streaming_case.h"

namespace adze::parity {
namespace {

float At(const GuardedTensor& t, int64_t i) { return *reinterpret_cast<float*>(t.at(i)); }

void Check(ConvTranspose2dParams p, int32_t h, int32_t w, int32_t c_in) {
  const int32_t group_in = c_in / p.groups, group_out = p.channels_out / p.groups;
  NodeCase node = {
      "conv_transpose2d",
      ParamBytes(p),
      {{DType::kF32, {2, h, w, c_in}}, {DType::kF32, {p.channels_out, p.kernel_h, p.kernel_w, group_in}}, {DType::kF32, {p.channels_out}}},
      {DType::kF32, {2, p.out_h, p.out_w, p.channels_out}}};
  GuardedTensor x(DType::kF32, {2, h, w, c_in}, Layout::kReversed);
  GuardedTensor weights(DType::kF32, {p.channels_out, p.kernel_h, p.kernel_w, group_in}, Layout::kDense);
  GuardedTensor bias(DType::kF32, {p.channels_out}, Layout::kDense);
  GuardedTensor y(DType::kF32, {2, p.out_h, p.out_w, p.channels_out}, Layout::kRowGaps);
  // Small whole numbers: sums are exact in any order.
  int32_t state = 7;
  for (const GuardedTensor* t : {&x, &weights, &bias}) {
    for (int64_t i = 0; i < t->count(); ++i) *reinterpret_cast<float*>(t->at(i)) = static_cast<float>((state = state * 37 % 101) % 7 - 3);
  }
  RunNode(node, {x.view, weights.view, bias.view}, y.view, Level::kReference, 1);
  std::vector<float> want(static_cast<size_t>(y.count()));
  for (size_t i = 0; i < want.size(); ++i) want[i] = At(bias, static_cast<int64_t>(i) % p.channels_out);
  int64_t from = 0;
  for (int32_t n = 0; n < 2; ++n) {
    for (int32_t i = 0; i < h * w * c_in; ++i, ++from) {
      const int32_t row = i / c_in / w, column = i / c_in % w, c = i % c_in;
      for (int32_t o = c / group_in * group_out; o < (c / group_in + 1) * group_out; ++o) {
        for (int32_t k = 0; k < p.kernel_h * p.kernel_w; ++k) {
          const int32_t kh = k / p.kernel_w, kw = k % p.kernel_w;
          const int32_t ho = row * p.stride_h + kh * p.dilation_h - p.pad_top, wo = column * p.stride_w + kw * p.dilation_w - p.pad_left;
          if (ho < 0 || ho >= p.out_h || wo < 0 || wo >= p.out_w) continue;
          const int64_t weight = ((int64_t{o} * p.kernel_h + kh) * p.kernel_w + kw) * group_in + c % group_in;
          want[static_cast<size_t>(((int64_t{n} * p.out_h + ho) * p.out_w + wo) * p.channels_out + o)] += At(x, from) * At(weights, weight);
        }
      }
    }
  }
  for (int64_t i = 0; i < y.count(); ++i) {
    const float v = want[static_cast<size_t>(i)];
    EXPECT_EQ(At(y, i), v < p.clamp.lo ? p.clamp.lo : v > p.clamp.hi ? p.clamp.hi : v) << "element " << i;
  }
  EXPECT_TRUE(y.GapsUntouched());
}

TEST(ConvTranspose2d, GathersWhatScattersToIt) {
  Check({2, 2, 2, 2, 1, 1, 0, 0, 6, 8, 1, 3, {}}, 3, 4, 2);
  Check({4, 3, 2, 3, 1, 1, 1, 2, 7, 9, 1, 2, {-4, 5}}, 3, 4, 3);
  Check({3, 2, 1, 2, 2, 3, 1, 0, 9, 12, 2, 4, {}}, 4, 3, 4);
  Check({1, 2, 3, 3, 1, 1, 0, 0, 10, 9, 4, 4, {0, 3}}, 3, 3, 4);  // outputs that nothing reaches
}

}  // namespace
}  // namespace adze::parity
