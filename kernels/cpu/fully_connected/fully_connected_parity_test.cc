// SPDX-License-Identifier: Apache-2.0
// fully_connected: both drivers with every micro-kernel this CPU runs, against the references. float32 within the bound of
// conv2d_parity_test.cc, int8 bit for bit.
#include "op-registry/ops/fully_connected.h"

#include "kernels/contract/rescale.h"
#include "kernels/cpu/fully_connected/fully_connected.rows.h"
#include "kernels/testing/pack.h"
#include "kernels/testing/parity.h"
#include "kernels/testing/ukernels.h"

namespace adze::parity {
namespace {

struct FloatCase {
  int m, k, n;
  bool nan = false;
  int x_gap = 0, y_gap = 0;
};

std::vector<float> FloatReference(const FloatCase& c, FullyConnectedParams p, const std::vector<float>& x, const std::vector<float>& w,
                                  const std::vector<float>& bias) {
  p.packing = Packing::kNone;
  TensorBox tx(DType::kF32, {c.m, c.k}), tw(DType::kF32, {c.n, c.k}), tb(DType::kF32, {c.n}), ty(DType::kF32, {c.m, c.n});
  tx.Set(x), tw.Set(w), tb.Set(bias);
  RunKernel(KernelOf("fully_connected_f32__reference"), {tx.ptr(), tw.ptr(), tb.ptr()}, {ty.ptr()}, p);
  return ty.Values<float>();
}

std::vector<float> RunFloat(const Kernel& kernel, const char* row_name, const FloatCase& c, const FullyConnectedParams& p,
                            const std::vector<float>& x, const std::vector<float>& w, std::vector<float> bias, const void* ukernel,
                            Guard guard, size_t parts) {
  const int padded = static_cast<int>(RoundUp(c.n, kPanelColumns));
  TensorBox tx(DType::kF32, {c.m, c.k}, guard, c.x_gap), tw(DType::kF32, {1, padded / kPanelColumns, c.k, kPanelColumns}, guard);
  TensorBox tb(DType::kF32, {padded}, guard), ty(DType::kF32, {c.m, c.n}, guard, c.y_gap);
  bias.resize(static_cast<size_t>(padded), std::nanf(""));
  tx.Set(x), tw.Set(PackPanels16(w, 1, c.n, c.k)), tb.Set(bias);
  const Key key = KeyOf(OpOf("op_fully_connected"), {tx.ptr(), tw.ptr(), tb.ptr()}, {ty.ptr()}, p);
  EXPECT_EQ(Value(RowOf(kFullyConnectedRows, row_name).when, key, 1), 1);
  RunKernel(kernel, {tx.ptr(), tw.ptr(), tb.ptr()}, {ty.ptr()}, p, {ukernel}, 0, parts);
  EXPECT_TRUE(ty.GapsIntact());
  return ty.Values<float>();
}

TEST(FullyConnectedF32, AgainstReference) {
  Random random(7);
  for (const auto& v : GemmVariants()) {
    const int mr = v.ukernel->mr;
    for (const int m : {0, 1, mr - 1, mr, mr + 1, 13}) {
      for (const int n : {1, 15, 16, 17, 31, 32, 33, 101}) {
        for (const int k : {0, 1, 5, 64}) {
          const FloatCase c{m, k, n, m == 13, k == 5 ? 3 : 0, k == 64 ? 2 : 0};
          FullyConnectedParams p;
          p.channels_out = n;
          p.packing = Packing::kPanels16;
          if (n == 17) p.clamp = {0, 0.5f};
          std::vector<float> x = RandomFloats(&random, static_cast<size_t>(m) * k);
          const std::vector<float> w = RandomFloats(&random, static_cast<size_t>(n) * k), bias = RandomFloats(&random, n);
          if (c.nan && !x.empty()) x[x.size() / 2] = std::nanf("");
          const std::vector<float> want = FloatReference(c, p, x, w, bias);
          FullyConnectedParams unclamped = p;
          unclamped.clamp = ClampRange();
          const auto magnitude = [](std::vector<float> values) {
            for (float& f : values) f = std::fabs(f);
            return values;
          };
          std::vector<double> bound;
          for (const float f : FloatReference(c, unclamped, magnitude(x), magnitude(w), magnitude(bias)))
            bound.push_back(2.0 * (k + 2) * 0x1p-24 * f);
          const std::string what = std::string(v.name) + " m " + std::to_string(m) + " k " + std::to_string(k) + " n " + std::to_string(n);
          const auto y = RunFloat(KernelOf("fully_connected_f32__any_gemm"), "fully_connected_f32__any_gemm", c, p, x, w, bias, v.ukernel,
                                  Guard::kAfter, 1);
          ExpectNear(y, want, bound, what);
          ExpectSame(RunFloat(KernelOf("fully_connected_f32__any_gemm"), "fully_connected_f32__any_gemm", c, p, x, w, bias, v.ukernel,
                              Guard::kBefore, 3),
                     y, what + " in 3 parts");
          ExpectSame(RunFloat(KernelOf("fully_connected_f32__reference"), "fully_connected_f32__reference", c, p, x, w, bias, nullptr,
                              Guard::kAfter, 1),
                     want, what + " reference, packed");
        }
      }
    }
  }
}

std::vector<int8_t> RunInt8(const Kernel& kernel, const char* row_name, const FullyConnectedParams& p, int m, int k,
                            const std::vector<int8_t>& x, const std::vector<int8_t>& w, const std::vector<int32_t>& bias,
                            const void* ukernel, Guard guard, size_t parts) {
  const int n = p.channels_out;
  TensorBox tx(DType::kI8, {m, k}, guard, 3), tw(DType::kI8, {n, k}, guard), tb(DType::kI32, {n}, guard), ty(DType::kI8, {m, n}, guard, 1);
  tx.Set(x), tw.Set(w), tb.Set(bias);
  std::vector<const Tensor*> in = {tx.ptr(), tw.ptr()};
  if (!bias.empty()) in.push_back(tb.ptr());
  const Key key = KeyOf(OpOf("op_fully_connected"), in, {ty.ptr()}, p);
  EXPECT_EQ(Value(RowOf(kFullyConnectedRows, row_name).when, key, 1), 1);
  RunKernel(kernel, in, {ty.ptr()}, p, {ukernel}, 0, parts);
  EXPECT_TRUE(ty.GapsIntact());
  return ty.Values<int8_t>();
}

TEST(FullyConnectedQs8, AgainstReference) {
  Random random(8);
  for (const auto& v : DotVariants()) {
    for (const int m : {0, 1, 2, 7}) {
      for (const int n : {1, 2, 17, 128}) {
        for (const int k : {0, 1, 7, 8, 15, 16, 17, 31, 33, 640}) {
          FullyConnectedParams p;
          p.channels_out = n;
          p.rescale = RescaleMode::kF64Away;
          p.x_zero_point = 89, p.w_zero_point = k % 2 == 0 ? 0 : -5, p.y_zero_point = -128 + n;
          p.q_lo = n == 17 ? -100 : -128, p.q_hi = n == 17 ? 90 : 127;
          p.x_scale = 0.39f, p.w_scale = 0.0038f, p.y_scale = 0.05f * static_cast<float>(k + 1);
          const auto x = RandomInt8(&random, static_cast<size_t>(m) * k), w = RandomInt8(&random, static_cast<size_t>(n) * k);
          std::vector<int32_t> bias;
          for (int i = 0; i < n && m != 2; ++i) bias.push_back(static_cast<int32_t>(random() % 20001) - 10000);
          const auto want = RunInt8(KernelOf("fully_connected_qs8__reference"), "fully_connected_qs8__reference", p, m, k, x, w, bias,
                                    nullptr, Guard::kAfter, 1);
          const std::string what = std::string(v.name) + " m " + std::to_string(m) + " k " + std::to_string(k) + " n " + std::to_string(n);
          for (const size_t parts : {size_t{1}, size_t{3}}) {
            ExpectSame(RunInt8(KernelOf("fully_connected_qs8__any_dot"), "fully_connected_qs8__any_dot", p, m, k, x, w, bias, v.ukernel,
                               parts == 1 ? Guard::kAfter : Guard::kBefore, parts),
                       want, what);
          }
        }
      }
    }
  }
}

// What TFLite's reference kernels were seen to do: halves away from zero on both sides, saturation, products in double.
TEST(RescaleF64Away, HalvesBoundsAndPrecision) {
  FullyConnectedParams p;
  p.y_zero_point = 0;
  const auto rescale = [&](int32_t acc, double multiplier) { return static_cast<int>(RescaleF64Away(acc, multiplier, p)); };
  EXPECT_EQ(rescale(1, 0.5), 1);
  EXPECT_EQ(rescale(-1, 0.5), -1);
  EXPECT_EQ(rescale(3, 0.5), 2);
  EXPECT_EQ(rescale(-5, 0.5), -3);
  EXPECT_EQ(rescale(1, 0.49999999999), 0);
  EXPECT_EQ(rescale(0, 1e30), 0);
  EXPECT_EQ(rescale(INT32_MAX, 1e30), 127);
  EXPECT_EQ(rescale(INT32_MIN, 1e30), -128);
  EXPECT_EQ(rescale(INT32_MIN, 1e-30), 0);
  // 16777217 is not a float: in single precision this is 0.5 and rounds to 1.
  EXPECT_EQ(rescale(16777217, 0.5 / 16777218.0), 0);
  p.y_zero_point = -128;
  EXPECT_EQ(rescale(300, 1.0), 127);
  EXPECT_EQ(rescale(200, 1.0), 72);
  p.y_zero_point = 127;
  EXPECT_EQ(rescale(-255, 1.0), -128);
  p.q_lo = 0, p.q_hi = 6;
  EXPECT_EQ(rescale(-255, 1.0), 0);
  EXPECT_EQ(rescale(0, 1.0), 6);
}

// A layer's worth of ties through both kernels: power-of-two scales make half of the products end in .5.
TEST(FullyConnectedQs8, Ties) {
  FullyConnectedParams p;
  p.channels_out = 256;
  p.rescale = RescaleMode::kF64Away;
  p.x_scale = 0.25f, p.w_scale = 0.5f, p.y_scale = 0.25f;
  std::vector<int8_t> w;
  std::vector<int8_t> want;
  for (int i = -128; i < 128; ++i) {
    w.push_back(static_cast<int8_t>(i));
    want.push_back(static_cast<int8_t>(i >= 0 ? (i + 1) / 2 : -((1 - i) / 2)));
  }
  for (const auto& v : DotVariants()) {
    ExpectSame(
        RunInt8(KernelOf("fully_connected_qs8__any_dot"), "fully_connected_qs8__any_dot", p, 1, 1, {1}, w, {}, v.ukernel, Guard::kAfter, 1),
        want, v.name);
  }
  ExpectSame(
      RunInt8(KernelOf("fully_connected_qs8__reference"), "fully_connected_qs8__reference", p, 1, 1, {1}, w, {}, nullptr, Guard::kAfter, 1),
      want, "reference");
}

}  // namespace
}  // namespace adze::parity
