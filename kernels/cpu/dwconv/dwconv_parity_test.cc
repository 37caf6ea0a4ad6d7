// SPDX-License-Identifier: Apache-2.0
// dwconv_f32 on its own: pixels, channels and windows around the blocks, every buffer exactly as large as the contract says.
// Bound as in conv2d_parity_test.cc.
#include "kernels/cpu/dwconv/dwconv.rows.h"

#include <memory>

#include "kernels/testing/parity.h"
#include "kernels/testing/ukernels.h"

namespace adze::parity {
namespace {

struct WindowCase {
  size_t rows, pixels, channels, kernel_h, kernel_w;
  size_t row_step, pixel_step;  // in rows and columns of pointers
};

// True if a row of the family may be chosen for kernels of this width at this distance. Sizes in a `when` speak of speed: every row computes all.
bool Serves(const char* name, const WindowCase& c) {
  Key key;
  key[Feature::kKernelW] = static_cast<int64_t>(c.kernel_w);
  key[Feature::kStrideW] = static_cast<int64_t>(c.pixel_step);
  key[Feature::kWout] = 1024, key[Feature::kCout] = 15;
  return Value(RowOf(kDwconvUkernelRows, name).when, key, 1) != 0;
}

// Every pointer leads to a buffer of its own, between guard pages.
void Check(const Variant<DwconvF32Ukernel>& v, const WindowCase& c, Guard guard) {
  const size_t padded = (c.channels + 15) / 16 * 16, ks = c.kernel_h * c.kernel_w;
  const size_t pitch = c.channels + 3, row_pitch = c.pixels * pitch + 5;
  const size_t row_pointers = (c.pixels - 1) * c.pixel_step + c.kernel_w, pointer_rows = (c.rows - 1) * c.row_step + c.kernel_h;
  Random random(static_cast<uint32_t>(c.pixels * 1000 + c.channels * 10 + ks));
  GuardedBuffer w(ks * padded * sizeof(float), guard), bias(padded * sizeof(float), guard);
  const std::vector<float> w_values = RandomFloats(&random, ks * padded), bias_values = RandomFloats(&random, padded);
  if (ks != 0) std::memcpy(w.data(), w_values.data(), w.size());
  std::memcpy(bias.data(), bias_values.data(), bias.size());
  std::vector<std::unique_ptr<GuardedBuffer>> inputs;
  std::vector<const float*> a;
  for (size_t i = 0; i < pointer_rows * row_pointers; ++i) {
    inputs.push_back(std::make_unique<GuardedBuffer>(c.channels * sizeof(float), guard));
    const std::vector<float> values = RandomFloats(&random, c.channels);
    std::memcpy(inputs.back()->data(), values.data(), c.channels * sizeof(float));
    a.push_back(inputs.back()->as<float>());
  }
  GuardedBuffer y(((c.rows - 1) * row_pitch + (c.pixels - 1) * pitch + c.channels) * sizeof(float), guard);
  const std::vector<float> start(y.size() / sizeof(float), 42.0f);
  std::memcpy(y.data(), start.data(), y.size());

  DwconvF32Run r;
  r.rectangle.rows = c.rows, r.rectangle.pixels = c.pixels, r.channels = c.channels, r.kernel_h = c.kernel_h, r.kernel_w = c.kernel_w;
  r.rectangle.a = a.data(), r.rectangle.row_pointers = row_pointers, r.rectangle.row_step = c.row_step * row_pointers,
  r.rectangle.pixel_step = c.pixel_step;
  r.w = w.as<float>(), r.bias = bias.as<float>();
  r.rectangle.y = y.as<float>(), r.y_row_bytes = row_pitch * sizeof(float), r.y_pixel_bytes = pitch * sizeof(float);
  r.lo = -0.8f, r.hi = 0.9f;
  v.ukernel->run(r);

  std::vector<float> want = start, got(start.size());
  std::vector<double> bound(start.size(), 0.0);
  std::memcpy(got.data(), y.data(), y.size());
  for (size_t at = 0; at < c.rows * c.pixels * c.channels; ++at) {
    const size_t row = at / c.channels / c.pixels, p = at / c.channels % c.pixels, channel = at % c.channels;
    double sum = bias_values[channel], size = std::fabs(sum);
    for (size_t s = 0; s < ks; ++s) {
      const float* x = a[(row * c.row_step + s / c.kernel_w) * row_pointers + p * c.pixel_step + s % c.kernel_w];
      const double product = static_cast<double>(x[channel]) * w_values[s * padded + channel];
      sum += product, size += std::fabs(product);
    }
    const size_t to = row * row_pitch + p * pitch + channel;
    want[to] = static_cast<float>(sum < r.lo ? r.lo : sum > r.hi ? r.hi : sum);
    bound[to] = static_cast<double>(ks + 2) * 0x1p-24 * size;
  }
  char what[160];
  std::snprintf(what, sizeof(what), "%s rows %zu pixels %zu channels %zu kernel %zux%zu steps %zu,%zu", v.name, c.rows, c.pixels,
                c.channels, c.kernel_h, c.kernel_w, c.row_step, c.pixel_step);
  ExpectNear(got, want, bound, what);
  EXPECT_TRUE(y.Intact()) << what;
}

TEST(DwconvF32, ChannelsPixelsWindows) {
  for (const auto& v : DwconvVariants()) {
    int windows = 0;
    for (const size_t kernel_w : {1, 2, 3, 4, 5, 7}) {
      for (const size_t step : {1, 2, 3}) {
        if (!Serves(v.name, {1, 1, 1, 1, kernel_w, 1, step})) continue;
        ++windows;
        for (size_t channels = 1; channels <= 67; channels += channels < 34 ? 1 : 11) {
          Check(v, {1, 5, channels, 1, kernel_w, 1, step}, Guard::kAfter);
        }
        for (const size_t pixels : {1, 2, 3, 4, 5, 7, 8, 9, 13}) {
          Check(v, {2, pixels, 17, 3, kernel_w, 1, step}, Guard::kBefore);
          Check(v, {3, pixels, 9, 2, kernel_w, 2, step}, Guard::kAfter);
        }
        for (const size_t kernel_h : {0, 1, 5, 20}) Check(v, {2, 6, 33, kernel_h, kernel_w, 3, step}, Guard::kAfter);
      }
    }
    EXPECT_GT(windows, 0) << v.name;
  }
}

}  // namespace
}  // namespace adze::parity
