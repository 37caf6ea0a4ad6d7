// SPDX-License-Identifier: Apache-2.0
// winograd_f32 on its own: channels around the vectors, parts of tiles, every buffer exactly as large as the contract says. Sums of six
// terms each way against double: at most 12 roundings, each of 2^-24 of at most the sum of magnitudes.
#include "kernels/contract/winograd.h"

#include <memory>

#include "kernels/testing/parity.h"
#include "kernels/testing/ukernels.h"
#include "op-registry/core/winograd.h"

namespace adze::parity {
namespace {

// (left in left-transposed)[i][j] of a matrix whose element (k, l) is at(k, l), and the sum of magnitudes.
template <int kRows, typename Fn>
void Expect(const float (&left)[kRows][6], int i, int j, const Fn& at, double* sum, double* size) {
  *sum = *size = 0;
  for (int k = 0; k < 6; ++k) {
    for (int l = 0; l < 6; ++l) {
      const double term = static_cast<double>(left[i][k]) * static_cast<double>(left[j][l]) * static_cast<double>(at(k, l));
      *sum += term, *size += std::fabs(term);
    }
  }
}

TEST(WinogradF32, Input) {
  for (const auto& v : VariantsOf<WinogradF32Ukernel>("winograd_f32")) {
    for (const size_t channels : {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 50}) {
      for (const Guard guard : {Guard::kAfter, Guard::kBefore}) {
        const size_t row = (channels + 15) / 16 * 16, position = 3 * row;
        Random random(static_cast<uint32_t>(channels));
        std::vector<std::unique_ptr<GuardedBuffer>> pixels;
        const float* x[36];
        for (const float*& pixel : x) {
          pixels.push_back(std::make_unique<GuardedBuffer>(channels * sizeof(float), guard));
          std::memcpy(pixels.back()->data(), RandomFloats(&random, channels).data(), channels * sizeof(float));
          pixel = pixels.back()->as<float>();
        }
        GuardedBuffer out((35 * position + row) * sizeof(float), guard);
        v.ukernel->input({x, channels, out.as<float>(), position * sizeof(float)});
        std::vector<float> got, want;
        std::vector<double> bound;
        for (size_t i = 0; i < 36 * channels; ++i) {
          const size_t p = i / channels, c = i % channels;
          double sum, size;
          Expect(
              kWinogradBt, static_cast<int>(p / 6), static_cast<int>(p % 6), [&](int k, int l) { return x[k * 6 + l][c]; }, &sum, &size);
          want.push_back(static_cast<float>(sum)), bound.push_back(12 * 0x1p-24 * size), got.push_back(out.as<float>()[p * position + c]);
        }
        ExpectNear(got, want, bound, std::string(v.name) + " input, channels " + std::to_string(channels));
        EXPECT_TRUE(out.Intact());
      }
    }
  }
}

void CheckOutput(const Variant<WinogradF32Ukernel>& v, size_t channels, size_t rows, size_t pixels, bool has_residual, Guard guard) {
  const size_t row = (channels + 15) / 16 * 16, position = 3 * row, pitch = channels + 3, row_pitch = 5 * pitch;
  Random random(static_cast<uint32_t>(channels * 100 + rows * 10 + pixels));
  GuardedBuffer m((35 * position + row) * sizeof(float), guard), bias(row * sizeof(float), guard);
  GuardedBuffer y(((rows - 1) * row_pitch + (pixels - 1) * pitch + channels) * sizeof(float), guard), residual(y.size(), guard);
  const std::vector<float> start(y.size() / sizeof(float), 42.0f), added = RandomFloats(&random, start.size());
  std::memcpy(m.data(), RandomFloats(&random, m.size() / sizeof(float)).data(), m.size());
  std::memcpy(bias.data(), RandomFloats(&random, row).data(), bias.size());
  std::memcpy(y.data(), start.data(), y.size());
  std::memcpy(residual.data(), added.data(), residual.size());
  WinogradF32Output o;
  o.m = m.as<float>(), o.position_bytes = position * sizeof(float), o.channels = channels, o.bias = bias.as<float>();
  o.rows = rows, o.pixels = pixels, o.y = y.as<float>();
  o.y_row_bytes = o.residual_row_bytes = row_pitch * sizeof(float), o.y_pixel_bytes = o.residual_pixel_bytes = pitch * sizeof(float);
  o.residual = has_residual ? residual.as<float>() : nullptr;
  o.lo = -4, o.hi = 5;
  v.ukernel->output(o);
  std::vector<float> want = start, got(start.size());
  std::vector<double> bound(start.size(), 0.0);
  std::memcpy(got.data(), y.data(), y.size());
  for (size_t i = 0; i < rows * pixels * channels; ++i) {
    const size_t r = i / channels / pixels, p = i / channels % pixels, c = i % channels, to = r * row_pitch + p * pitch + c;
    double sum, size;
    const auto at = [&](int k, int l) { return m.as<float>()[static_cast<size_t>(k * 6 + l) * position + c]; };
    Expect(kWinogradAt, static_cast<int>(r), static_cast<int>(p), at, &sum, &size);
    sum += o.bias[c] + (has_residual ? added[to] : 0.0f);
    want[to] = static_cast<float>(sum < o.lo ? o.lo : sum > o.hi ? o.hi : sum);
    bound[to] = 14 * 0x1p-24 * (size + 2);
  }
  ExpectNear(got, want, bound, std::string(v.name) + " output, channels " + std::to_string(channels));
  EXPECT_TRUE(y.Intact());
}

TEST(WinogradF32, Output) {
  for (const auto& v : VariantsOf<WinogradF32Ukernel>("winograd_f32")) {
    for (const size_t channels : {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 50}) {
      for (size_t rows = 1; rows <= 4; ++rows) {
        for (size_t pixels = 1; pixels <= 4; ++pixels) {
          CheckOutput(v, channels, rows, pixels, false, Guard::kAfter);
          CheckOutput(v, channels, rows, pixels, true, Guard::kBefore);
        }
      }
    }
  }
}

}  // namespace
}  // namespace adze::parity
