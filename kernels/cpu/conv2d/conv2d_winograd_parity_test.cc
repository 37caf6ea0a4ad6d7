// SPDX-License-Identifier: Apache-2.0
// conv2d by Winograd: its reference against the direct sum in double, and the driver with every pair of micro-kernels this CPU runs against
// the reference, between guard pages.
//
// Bound: with S = |At| (sum over c of (|G||g||Gt|) * (|Bt||d||B|)) |A| + |bias| + |residual|, each result rounds at most C + 30 times on its
// way (the weights once, a patch at most 12 times, products C + 1, the way back at most 12, bias, residual), each time by 2^-24 of at most S.
#include <algorithm>

#include "kernels/cpu/conv2d/conv2d.rows.h"
#include "kernels/cpu/gemm/gemm.rows.h"
#include "kernels/testing/pack.h"
#include "kernels/testing/parity.h"
#include "kernels/testing/ukernels.h"
#include "op-registry/ops/conv2d.h"

namespace adze::parity {
namespace {

const float kInf = __builtin_inff();

struct WinogradCase {
  int n = 1, h = 1, w = 1, c = 1, out = 1;
  int top = 1, left = 1, bottom = 1, right = 1;
  bool residual = false;
  float lo = -kInf, hi = kInf;
  int x_gap = 0, y_gap = 0, r_gap = 0;

  std::string Text() const {
    char text[256];
    std::snprintf(text, sizeof(text), "x %dx%dx%dx%d out %d pad %d,%d,%d,%d res %d gaps %d,%d,%d", n, h, w, c, out, top, left, bottom,
                  right, residual, x_gap, y_gap, r_gap);
    return text;
  }
};

// left in left-transposed in double; `sizes`: of magnitudes.
template <int kRows, int kColumns, typename T>
void Sandwich(const T (&left)[kRows][kColumns], const double (&in)[kColumns][kColumns], bool sizes, double (&out)[kRows][kRows]) {
  for (int i = 0; i < kRows; ++i) {
    for (int j = 0; j < kRows; ++j) {
      out[i][j] = 0;
      for (int k = 0; k < kColumns * kColumns; ++k) {
        const double factor = static_cast<double>(left[i][k / kColumns]) * static_cast<double>(left[j][k % kColumns]);
        const double term = factor * in[k / kColumns][k % kColumns];
        out[i][j] += sizes ? std::fabs(term) : term;
      }
    }
  }
}

struct Problem {
  explicit Problem(const WinogradCase& c, float nan_or_zero = 0) : conv(c) {
    params.kernel_h = params.kernel_w = 3, params.channels_out = c.out;
    params.pad_top = c.top, params.pad_left = c.left, params.pad_bottom = c.bottom, params.pad_right = c.right;
    params.clamp = {c.lo, c.hi};
    params.has_residual = c.residual;
    params.packing = Packing::kWinograd4x3;
    ho = c.h + c.top + c.bottom - 2, wo = c.w + c.left + c.right - 2;
    Random random(static_cast<uint32_t>(c.h * 100 + c.w));
    x = RandomFloats(&random, static_cast<size_t>(c.n) * c.h * c.w * c.c);
    if (std::isnan(nan_or_zero)) x[x.size() / 2] = nan_or_zero;
    w = RandomFloats(&random, static_cast<size_t>(c.out) * 9 * c.c);
    bias = RandomFloats(&random, static_cast<size_t>(c.out));
    residual = RandomFloats(&random, static_cast<size_t>(c.n) * ho * wo * c.out);
    want = Run("conv2d_f32__reference_winograd", {}, Guard::kAfter, 1);
    for (int i = 0; i < c.n * ho * wo * c.out; ++i) bound.push_back((c.c + 30) * 0x1p-24 * Size(i));
  }

  double X(int64_t n, int64_t h, int64_t v, int64_t c) const {
    if (h < 0 || h >= conv.h || v < 0 || v >= conv.w) return 0;
    return x[static_cast<size_t>(((n * conv.h + h) * conv.w + v) * conv.c + c)];
  }

  struct At {
    int64_t n, h, w, o;
  };
  At Place(int64_t i) const { return {i / conv.out / wo / ho, i / conv.out / wo % ho, i / conv.out % wo, i % conv.out}; }

  // The direct sum in double, clamped.
  double Exact(int64_t i) const {
    const At at = Place(i);
    double sum = bias[static_cast<size_t>(at.o)] + (conv.residual ? residual[static_cast<size_t>(i)] : 0.0);
    for (int64_t k = 0; k < int64_t{9} * conv.c; ++k) {
      const int64_t s = k / conv.c, c = k % conv.c;
      const double weight = w[static_cast<size_t>((at.o * 9 + s) * conv.c + c)];
      sum += X(at.n, at.h - conv.top + s / 3, at.w - conv.left + s % 3, c) * weight;
    }
    return std::min(std::max(sum, static_cast<double>(conv.lo)), static_cast<double>(conv.hi));
  }

  // S of the bound.
  double Size(int64_t i) const {
    const At at = Place(i);
    double sums[6][6] = {};
    for (int64_t c = 0; c < conv.c; ++c) {
      double d[6][6], g[3][3], v[6][6], u[6][6];
      for (int64_t k = 0; k < 36; ++k) d[k / 6][k % 6] = X(at.n, at.h / 4 * 4 - conv.top + k / 6, at.w / 4 * 4 - conv.left + k % 6, c);
      for (int64_t k = 0; k < 9; ++k) g[k / 3][k % 3] = w[static_cast<size_t>((at.o * 9 + k) * conv.c + c)];
      Sandwich(kWinogradBt, d, true, v);
      Sandwich(kWinogradG, g, true, u);
      for (int k = 0; k < 36; ++k) sums[k / 6][k % 6] += v[k / 6][k % 6] * u[k / 6][k % 6];
    }
    double y[4][4];
    Sandwich(kWinogradAt, sums, true, y);
    return y[at.h % 4][at.w % 4] + 1 + (conv.residual ? 1 : 0);
  }

  std::vector<float> Run(const char* row_name, const std::vector<const void*>& ukernels, Guard guard, size_t parts) const {
    const int panels = static_cast<int>(RoundUp(conv.out, kPanelColumns)) / kPanelColumns;
    TensorBox tx(DType::kF32, {conv.n, conv.h, conv.w, conv.c}, guard, conv.x_gap);
    TensorBox tw(DType::kF32, {kWinogradPositions, panels, conv.c, kPanelColumns}, guard), tb(DType::kF32, {panels * kPanelColumns}, guard);
    TensorBox tr(DType::kF32, {conv.n, ho, wo, conv.out}, guard, conv.r_gap),
        ty(DType::kF32, {conv.n, ho, wo, conv.out}, guard, conv.y_gap);
    std::vector<float> padded_bias = bias;
    padded_bias.resize(static_cast<size_t>(panels) * kPanelColumns, std::nanf(""));  // must not reach any output
    tx.Set(x), tb.Set(padded_bias), tr.Set(residual), tw.Set(PackWinograd4x3(w, conv.out, conv.c));
    std::vector<const Tensor*> in = {tx.ptr(), tw.ptr(), tb.ptr()};
    if (conv.residual) in.push_back(tr.ptr());
    const Key key = KeyOf(OpOf("op_conv2d"), in, {ty.ptr()}, params);
    const KernelRow& row = RowOf(kConv2dRows, row_name);
    EXPECT_EQ(Value(row.when, key, 1), 1) << "the row refuses " << conv.Text();
    RunKernel(KernelOf(row_name), in, {ty.ptr()}, params, ukernels, static_cast<size_t>(Value(row.scratch, key, 0)), parts);
    EXPECT_TRUE(ty.GapsIntact()) << "wrote beside y: " << conv.Text();
    EXPECT_TRUE(tx.GapsIntact() && tr.GapsIntact());
    return ty.Values<float>();
  }

  WinogradCase conv;
  Conv2dParams params;
  int ho, wo;
  std::vector<float> x, w, bias, residual, want;
  std::vector<double> bound;
};

// The products and the transforms of one level.
struct Pair {
  Variant<GemmF32Ukernel> gemm;
  Variant<WinogradF32Ukernel> winograd;
};

std::vector<Pair> Pairs() {
  std::vector<Pair> pairs;
  for (const auto& w : VariantsOf<WinogradF32Ukernel>("winograd_f32")) {
    for (const auto& g : GemmVariants()) {
      if (g.level == w.level) pairs.push_back({g, w});
    }
  }
  return pairs;
}

void CheckDriver(const Problem& problem) {
  std::vector<double> twice;
  for (const double b : problem.bound) twice.push_back(2 * b);
  for (const Pair& pair : Pairs()) {
    const std::string what = std::string(pair.gemm.name) + ": " + problem.conv.Text();
    const std::vector<const void*> ukernels = {pair.gemm.ukernel, pair.winograd.ukernel};
    const std::vector<float> y = problem.Run("conv2d_f32__any_winograd", ukernels, Guard::kAfter, 1);
    ExpectNear(y, problem.want, twice, what);
    for (const size_t parts : {size_t{3}, size_t{7}}) {
      ExpectSame(problem.Run("conv2d_f32__any_winograd", ukernels, Guard::kBefore, parts), y, what + " split in " + std::to_string(parts));
    }
  }
}

std::vector<WinogradCase> Cases() {
  std::vector<WinogradCase> cases;
  for (int size = 1; size <= 13; ++size) {
    WinogradCase c;
    c.h = size, c.w = 14 - size, c.c = 5, c.out = 7;
    cases.push_back(c);
  }
  for (const int channels : {1, 3, 4, 8, 15, 16, 17, 31, 33}) {
    WinogradCase c;
    c.h = 6, c.w = 5, c.c = channels, c.out = 34 - channels;
    cases.push_back(c);
  }
  WinogradCase c;
  c.n = 2, c.h = 7, c.w = 9, c.c = 6, c.out = 18, c.top = 0, c.left = 2, c.bottom = 2, c.right = 0;
  cases.push_back(c);
  c.top = 2, c.left = 0, c.bottom = 0, c.right = 1, c.residual = true, c.lo = -0.5f, c.hi = 2;
  cases.push_back(c);
  c.x_gap = 5, c.y_gap = 3, c.r_gap = 16;
  cases.push_back(c);
  c = WinogradCase();
  c.h = c.w = 3, c.top = c.left = c.bottom = c.right = 0, c.c = 16, c.out = 16;
  cases.push_back(c);  // one output
  c.h = c.w = 1, c.top = c.left = c.bottom = c.right = 9;
  cases.push_back(c);  // whole patches in the padding
  return cases;
}

TEST(Conv2dWinograd, ReferenceAgainstTheDirectSum) {
  for (const WinogradCase& c : Cases()) {
    const Problem problem(c);
    for (size_t i = 0; i < problem.want.size(); ++i) {
      const double exact = problem.Exact(static_cast<int64_t>(i));
      ASSERT_LE(std::fabs(problem.want[i] - exact), problem.bound[i]) << c.Text() << " element " << i << " is " << problem.want[i];
    }
  }
}

TEST(Conv2dWinograd, DriverAgainstTheReference) {
  for (const WinogradCase& c : Cases()) CheckDriver(Problem(c));
}

TEST(Conv2dWinograd, EmptyBatch) {
  WinogradCase c;
  c.n = 0, c.h = c.w = 5;
  CheckDriver(Problem(c));
}

TEST(Conv2dWinograd, SeveralBlocksOfTiles) {
  // 24 x 24 tiles are more than the driver takes at once for these channels.
  WinogradCase c;
  c.n = 2, c.h = 50, c.w = 94, c.c = 40, c.out = 3;
  ASSERT_GT(2 * 13 * 24, WinogradTiles(c.c + c.out));
  CheckDriver(Problem(c));
}

TEST(Conv2dWinograd, NanStaysInItsTilesAndReachesAllThatADirectSumGivesIt) {
  WinogradCase c;
  c.h = 11, c.w = 13, c.c = 3, c.out = 5, c.lo = -1, c.hi = 1;
  const Problem problem(c, std::nanf(""));
  CheckDriver(problem);
  int nans = 0;
  for (size_t i = 0; i < problem.want.size(); ++i) {
    const auto at = problem.Place(static_cast<int64_t>(i));
    bool in_window = false, in_patch = false;
    for (int k = 0; k < 36; ++k) {
      for (int channel = 0; channel < c.c; ++channel) {
        in_patch |= std::isnan(problem.X(0, at.h / 4 * 4 - 1 + k / 6, at.w / 4 * 4 - 1 + k % 6, channel));
        if (k < 9) in_window |= std::isnan(problem.X(0, at.h - 1 + k / 3, at.w - 1 + k % 3, channel));
      }
    }
    const bool is_nan = std::isnan(problem.want[i]);
    EXPECT_TRUE(is_nan || !in_window) << i;
    EXPECT_TRUE(!is_nan || in_patch) << i;
    nans += is_nan;
  }
  EXPECT_GT(nans, 0);
}

// What winograd.h says of the points: the textbook's would give more than 6 times the error of a direct sum.
TEST(Conv2dWinograd, ErrorIsAFewTimesThatOfADirectSum) {
  WinogradCase c;
  c.h = c.w = 16, c.c = 64, c.out = 16;
  const Problem problem(c);
  TensorBox tx(DType::kF32, {1, 16, 16, 64}), tw(DType::kF32, {16, 3, 3, 64}), tb(DType::kF32, {16}), ty(DType::kF32, {1, 16, 16, 16});
  tx.Set(problem.x), tw.Set(problem.w), tb.Set(problem.bias);
  Conv2dParams direct = problem.params;
  direct.packing = Packing::kNone;
  RunKernel(KernelOf("conv2d_f32__reference"), {tx.ptr(), tw.ptr(), tb.ptr()}, {ty.ptr()}, direct);
  const std::vector<float> sums = ty.Values<float>();
  double of_direct = 0, of_winograd = 0;
  for (size_t i = 0; i < sums.size(); ++i) {
    const double exact = problem.Exact(static_cast<int64_t>(i));
    of_direct += (sums[i] - exact) * (sums[i] - exact);
    of_winograd += (problem.want[i] - exact) * (problem.want[i] - exact);
  }
  const double ratio = std::sqrt(of_winograd / of_direct);
  RecordProperty("ratio", std::to_string(ratio));
  std::printf("root mean square error over that of a direct sum: %.2f\n", ratio);
  EXPECT_LT(ratio, 3);
}

}  // namespace
}  // namespace adze::parity
