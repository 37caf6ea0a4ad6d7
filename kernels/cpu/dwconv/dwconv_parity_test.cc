// SPDX-License-Identifier: Apache-2.0
// dwconv_f32 on its own: pixels, channels and kernel positions around the blocks, every buffer exactly as large as the contract says.
// Bound as in conv2d_parity_test.cc.
#include "kernels/cpu/dwconv/dwconv.rows.h"

#include <memory>

#include "kernels/testing/parity.h"
#include "kernels/testing/ukernels.h"

namespace adze::parity {
namespace {

void Check(const Variant<DwconvF32Ukernel>& v, size_t pixels, size_t channels, size_t ks, Guard guard) {
  const size_t padded = (channels + 15) / 16 * 16;
  const size_t pitch = channels + 3;
  Random random(static_cast<uint32_t>(pixels * 1000 + channels * 10 + ks));
  GuardedBuffer w(ks * padded * sizeof(float), guard), bias(padded * sizeof(float), guard);
  const std::vector<float> w_values = RandomFloats(&random, ks * padded), bias_values = RandomFloats(&random, padded);
  if (ks != 0) std::memcpy(w.data(), w_values.data(), w.size());
  std::memcpy(bias.data(), bias_values.data(), bias.size());
  std::vector<std::unique_ptr<GuardedBuffer>> rows;
  std::vector<const float*> a;
  for (size_t i = 0; i < pixels * ks; ++i) {
    rows.push_back(std::make_unique<GuardedBuffer>(channels * sizeof(float), guard));
    const std::vector<float> values = RandomFloats(&random, channels);
    std::memcpy(rows.back()->data(), values.data(), channels * sizeof(float));
    a.push_back(rows.back()->as<float>());
  }
  GuardedBuffer y(((pixels - 1) * pitch + channels) * sizeof(float), guard);
  const std::vector<float> start(y.size() / sizeof(float), 42.0f);
  std::memcpy(y.data(), start.data(), y.size());

  DwconvF32Run r;
  r.pixels = pixels, r.channels = channels, r.ks = ks;
  r.a = a.data(), r.w = w.as<float>(), r.bias = bias.as<float>();
  r.y = y.as<float>(), r.y_pixel_bytes = pitch * sizeof(float);
  r.lo = -0.8f, r.hi = 0.9f;
  v.ukernel->run(r);

  std::vector<float> want = start, got(start.size());
  std::vector<double> bound(start.size(), 0.0);
  std::memcpy(got.data(), y.data(), y.size());
  for (size_t p = 0; p < pixels; ++p) {
    for (size_t c = 0; c < channels; ++c) {
      double sum = bias_values[c], size = std::fabs(sum);
      for (size_t s = 0; s < ks; ++s) {
        const double product = static_cast<double>(a[p * ks + s][c]) * w_values[s * padded + c];
        sum += product, size += std::fabs(product);
      }
      want[p * pitch + c] = static_cast<float>(sum < r.lo ? r.lo : sum > r.hi ? r.hi : sum);
      bound[p * pitch + c] = static_cast<double>(ks + 2) * 0x1p-24 * size;
    }
  }
  char what[120];
  std::snprintf(what, sizeof(what), "%s pixels %zu channels %zu ks %zu", v.name, pixels, channels, ks);
  ExpectNear(got, want, bound, what);
  EXPECT_TRUE(y.Intact()) << what;
}

TEST(DwconvF32, ChannelsPixelsPositions) {
  for (const auto& v : DwconvVariants()) {
    for (size_t channels = 1; channels <= 131; channels += channels < 70 ? 1 : 13) {
      Check(v, 2, channels, 3, Guard::kAfter);
      Check(v, 1, channels, 1, Guard::kBefore);
    }
    for (const size_t ks : {0, 1, 2, 9, 25, 160}) Check(v, 3, 37, ks, Guard::kAfter);
    for (const size_t pixels : {1, 2, 5, 13}) Check(v, pixels, 17, 9, Guard::kBefore);
  }
}

}  // namespace
}  // namespace adze::parity
