// SPDX-License-Identifier: Apache-2.0
// conv2d: both drivers with every micro-kernel this CPU runs, against the reference, between guard pages.
//
// Bound: each of the two sums rounds at most K + 2 times (products, bias, residual), each time by 2^-24 of at most the sum of
// magnitudes, so two correct results differ by less than 2 (K + 2) 2^-24 times that sum; the clamp never widens a difference. The scalar
// units round exactly as the reference does and must give its bits.
#include "kernels/cpu/conv2d/conv2d.rows.h"

#include <algorithm>

#include "kernels/cpu/dwconv/dwconv.rows.h"
#include "kernels/testing/pack.h"
#include "kernels/testing/parity.h"
#include "kernels/testing/ukernels.h"
#include "op-registry/ops/conv2d.h"

namespace adze::parity {
namespace {

const float kInf = __builtin_inff();

struct ConvCase {
  int n = 1, h = 1, w = 1, c = 1, out = 1;
  int kh = 1, kw = 1, sh = 1, sw = 1, dh = 1, dw = 1;
  int top = 0, left = 0, bottom = 0, right = 0;
  int groups = 1;
  int residual_missing = 0;  // channels, the last ones
  bool residual = false, nchw = false, nan = false;
  float lo = -kInf, hi = kInf;
  int x_gap = 0, y_gap = 0, r_gap = 0;

  std::string Text() const {
    char text[256];
    std::snprintf(text, sizeof(text),
                  "x %dx%dx%dx%d out %d k %dx%d s %dx%d d %dx%d pad %d,%d,%d,%d groups %d res %d (but %d) nchw %d nan %d gaps %d,%d,%d", n,
                  h, w, c, out, kh, kw, sh, sw, dh, dw, top, left, bottom, right, groups, residual, residual_missing, nchw, nan, x_gap,
                  y_gap, r_gap);
    return text;
  }
};

// A case with its data, and what the reference makes of it.
struct Problem {
  Problem(const ConvCase& c, uint32_t seed) : conv(c) {
    params.kernel_h = c.kh, params.kernel_w = c.kw, params.stride_h = c.sh, params.stride_w = c.sw;
    params.dilation_h = c.dh, params.dilation_w = c.dw, params.groups = c.groups, params.channels_out = c.out;
    params.pad_top = c.top, params.pad_left = c.left, params.pad_bottom = c.bottom, params.pad_right = c.right;
    params.clamp = {c.lo, c.hi};
    params.has_residual = c.residual;
    ho = (c.h + c.top + c.bottom - c.dh * (c.kh - 1) - 1) / c.sh + 1;
    wo = (c.w + c.left + c.right - c.dw * (c.kw - 1) - 1) / c.sw + 1;
    k = c.kh * c.kw * c.c / c.groups;
    Random random(seed);
    x = RandomFloats(&random, static_cast<size_t>(c.n) * c.h * c.w * c.c);
    if (c.nan && !x.empty()) x[x.size() / 2] = std::nanf("");
    w = RandomFloats(&random, static_cast<size_t>(c.out) * k);
    bias = RandomFloats(&random, static_cast<size_t>(c.out));
    residual = RandomFloats(&random, static_cast<size_t>(c.n) * ho * wo * (c.out - c.residual_missing));
    Conv2dParams unclamped = params;
    unclamped.clamp = ClampRange();
    want = Reference(params, x, w, bias, residual);
    for (const float v : Reference(unclamped, Abs(x), Abs(w), Abs(bias), Abs(residual))) bound.push_back(2.0 * (k + 2) * 0x1p-24 * v);
  }

  std::vector<int> XDims() const { return {conv.n, conv.h, conv.w, conv.c}; }
  std::vector<int> YDims() const { return {conv.n, ho, wo, conv.out}; }
  std::vector<int> RDims() const { return {conv.n, ho, wo, conv.out - conv.residual_missing}; }

  static std::vector<float> Abs(std::vector<float> v) {
    for (float& f : v) f = std::fabs(f);
    return v;
  }

  std::vector<float> Reference(const Conv2dParams& p, const std::vector<float>& xs, const std::vector<float>& ws,
                               const std::vector<float>& bs, const std::vector<float>& rs) const {
    TensorBox tx(DType::kF32, XDims()), tw(DType::kF32, {conv.out, conv.kh, conv.kw, conv.c / conv.groups}), tb(DType::kF32, {conv.out});
    TensorBox tr(DType::kF32, RDims()), ty(DType::kF32, YDims());
    tx.Set(xs), tw.Set(ws), tb.Set(bs), tr.Set(rs);
    std::vector<const Tensor*> in = {tx.ptr(), tw.ptr(), tb.ptr()};
    if (conv.residual) in.push_back(tr.ptr());
    RunKernel(KernelOf("conv2d_f32__reference"), in, {ty.ptr()}, p);
    return ty.Values<float>();
  }

  // Runs `kernel` on packed weights and returns y; checks the row's constraint, its scratch and that nothing else was written.
  std::vector<float> Run(const Kernel& kernel, const char* row_name, const void* ukernel, Packing packing, Guard guard,
                         size_t parts) const {
    const std::vector<int> nchw = {0, 3, 1, 2};
    Conv2dParams p = params;
    p.packing = packing;
    const bool depthwise = packing == Packing::kDepthwise16;
    const int out_padded = static_cast<int>(RoundUp(conv.out, kPanelColumns));
    const int panels = static_cast<int>(RoundUp(conv.out / conv.groups, kPanelColumns)) / kPanelColumns;
    TensorBox tx(DType::kF32, XDims(), guard, conv.x_gap, conv.nchw ? nchw : std::vector<int>());
    TensorBox tw(DType::kF32,
                 depthwise ? std::vector<int>{conv.kh * conv.kw, out_padded} : std::vector<int>{conv.groups, panels, k, kPanelColumns},
                 guard);
    TensorBox tb(DType::kF32, {out_padded}, guard);
    TensorBox tr(DType::kF32, RDims(), guard, conv.r_gap), ty(DType::kF32, YDims(), guard, conv.y_gap);
    std::vector<float> padded_bias = bias;
    padded_bias.resize(static_cast<size_t>(out_padded), std::nanf(""));  // must not reach any output
    tx.Set(x), tb.Set(padded_bias), tr.Set(residual);
    if (packing == Packing::kPanels16ByChannel) {
      tw.Set(PackPanels16ByChannel(w, conv.groups, conv.out, conv.kh, conv.kw, conv.c / conv.groups));
    } else {
      tw.Set(depthwise ? PackDepthwise16(w, conv.c, conv.kh * conv.kw) : PackPanels16(w, conv.groups, conv.out, k));
    }
    std::vector<const Tensor*> in = {tx.ptr(), tw.ptr(), tb.ptr()};
    if (conv.residual) in.push_back(tr.ptr());
    const Key key = KeyOf(OpOf("op_conv2d"), in, {ty.ptr()}, p);
    const KernelRow& row = RowOf(kConv2dRows, row_name);
    EXPECT_EQ(Value(row.when, key, 1), 1) << "the row refuses " << conv.Text();
    RunKernel(kernel, in, {ty.ptr()}, p, {ukernel}, static_cast<size_t>(Value(row.scratch, key, 0)), parts);
    EXPECT_TRUE(ty.GapsIntact()) << "wrote beside y: " << conv.Text();
    EXPECT_TRUE(tx.GapsIntact() && tr.GapsIntact());
    return ty.Values<float>();
  }

  ConvCase conv;
  Conv2dParams params;
  int ho, wo, k;
  std::vector<float> x, w, bias, residual, want;
  std::vector<double> bound;
};

template <typename Ukernel>
void Check(const ConvCase& c, const Kernel& kernel, const char* row, const Variant<Ukernel>& v, Packing packing) {
  const Problem problem(c, 17);
  const std::string what = std::string(v.name) + ": " + c.Text();
  const std::vector<float> y = problem.Run(kernel, row, v.ukernel, packing, Guard::kAfter, 1);
  ExpectNear(y, problem.want, problem.bound, what);
  // The sum by channel runs in another order than the reference's over stored weights.
  if (v.level == Level::kScalar && !c.nan && packing != Packing::kPanels16ByChannel)
    ExpectSame(y, problem.want, what + " (rounds as the reference)");
  for (const size_t parts : {size_t{3}, size_t{7}}) {
    ExpectSame(problem.Run(kernel, row, v.ukernel, packing, Guard::kBefore, parts), y, what + " split in " + std::to_string(parts));
  }
}

void CheckIndirect(const ConvCase& c, const Variant<GemmF32Ukernel>& v) {
  const bool channels_apart = c.nchw && c.c > 1;
  if (!channels_apart) Check(c, KernelOf("conv2d_f32__any_indirect"), "conv2d_f32__any_indirect", v, Packing::kPanels16);
  if (c.kh * c.kw * c.c <= 160) Check(c, KernelOf("conv2d_f32__any_indirect"), "conv2d_f32__any_indirect", v, Packing::kPanels16ByChannel);
}

// A micro-kernel that is made for other windows is left out; sizes in a `when` speak of speed, every row computes all.
void CheckDepthwise(const ConvCase& c, const Variant<DwconvF32Ukernel>& v) {
  Key key;
  key[Feature::kKernelW] = c.kw, key[Feature::kStrideW] = c.sw, key[Feature::kDilated] = c.dh > 1 || c.dw > 1;
  key[Feature::kWout] = 1024, key[Feature::kCout] = 15;
  if (Value(RowOf(kDwconvUkernelRows, v.name).when, key, 1) == 0) return;
  Check(c, KernelOf("dwconv2d_f32__any"), "dwconv2d_f32__any", v, Packing::kDepthwise16);
}

ConvCase Pointwise(int pixels, int channels, int out) {
  ConvCase c;
  c.w = pixels, c.c = channels, c.out = out;
  return c;
}

TEST(Conv2dIndirect, TileEdges) {
  for (const auto& v : GemmVariants()) {
    const int mr = v.ukernel->mr;
    for (const int pixels : {1, std::max(1, mr - 1), mr, mr + 1, 2 * mr, 13}) {
      for (const int out : {1, 15, 16, 17, 31, 32, 33, 47}) {
        for (const int channels : {1, 3, 17}) CheckIndirect(Pointwise(pixels, channels, out), v);
      }
    }
  }
}

// Windows, strides, paddings, batches: designed so that each differs between the two directions somewhere.
std::vector<ConvCase> WindowCases() {
  std::vector<ConvCase> cases;
  ConvCase c;
  c.n = 2, c.h = 7, c.w = 5, c.c = 3, c.out = 19, c.kh = 3, c.kw = 3;
  cases.push_back(c);  // no padding
  c.top = c.left = c.bottom = c.right = 1;
  cases.push_back(c);  // same
  c.sh = c.sw = 2, c.top = 0, c.left = 0;
  cases.push_back(c);  // TensorFlow's same with stride 2
  c.kh = 1, c.kw = 5, c.sh = 1, c.sw = 3, c.left = 4, c.right = 2, c.bottom = 0;
  cases.push_back(c);
  c.kh = 5, c.kw = 2, c.top = 4, c.bottom = 3, c.left = 0, c.right = 1, c.sw = 1, c.dh = 2, c.dw = 3;
  cases.push_back(c);  // dilated
  c = ConvCase();
  c.h = 2, c.w = 2, c.c = 2, c.out = 5, c.kh = 3, c.kw = 3, c.top = c.left = c.bottom = c.right = 3;
  cases.push_back(c);  // whole windows in the padding
  c.bottom = 40;
  cases.push_back(c);
  c = ConvCase();
  c.h = 12, c.w = 13, c.c = 1, c.out = 3, c.kh = 12, c.kw = 13;
  cases.push_back(c);  // 156 pointers
  c = ConvCase();
  c.n = 2, c.h = 4, c.w = 40, c.c = 3, c.out = 19, c.kh = 3, c.kw = 5, c.top = 1, c.left = c.right = 2;
  cases.push_back(c);  // several tiles between the edges of a row
  c.sw = 2, c.w = 37;
  cases.push_back(c);  // a whole row of tiles with edges
  c.w = 9, c.c = 160, c.sw = 1;
  cases.push_back(c);  // more channels than are copied at the edges
  return cases;
}

TEST(Conv2dIndirect, Windows) {
  for (const auto& v : GemmVariants()) {
    for (const ConvCase& c : WindowCases()) CheckIndirect(c, v);
  }
}

TEST(Conv2dIndirect, Groups) {
  for (const auto& v : GemmVariants()) {
    for (ConvCase c : WindowCases()) {
      for (const int groups : {2, 5}) {
        c.groups = groups, c.c = 3 * groups, c.out = 3 * groups;
        CheckIndirect(c, v);
        c.out = 17 * groups;
        CheckIndirect(c, v);
        c.c = c.out = groups;  // depthwise through the general driver
        CheckIndirect(c, v);
      }
    }
  }
}

TEST(Conv2dIndirect, NchwView) {
  for (const auto& v : GemmVariants()) {
    for (ConvCase c : WindowCases()) {
      if (c.kh * c.kw * 3 > 160) continue;
      c.c = 3, c.nchw = true;
      CheckIndirect(c, v);
      c.x_gap = 2;
      CheckIndirect(c, v);
      c.c = 4, c.groups = 2, c.out = 6;
      if (c.kh * c.kw * 4 <= 160) CheckIndirect(c, v);
      c.c = 1, c.groups = 1;  // one channel: its stride has no say
      CheckIndirect(c, v);
    }
  }
}

TEST(Conv2dIndirect, ResidualClampStridesAndNan) {
  for (const auto& v : GemmVariants()) {
    for (ConvCase c : WindowCases()) {
      c.residual = true;
      CheckIndirect(c, v);
      c.lo = 0;
      CheckIndirect(c, v);
      c.hi = 0.75f, c.lo = -0.5f;
      CheckIndirect(c, v);
      c.nan = true;
      CheckIndirect(c, v);
      c.x_gap = 5, c.y_gap = 3, c.r_gap = 16;
      CheckIndirect(c, v);
      if (c.out > 17) {
        c.residual_missing = 17;
        CheckIndirect(c, v);
      }
      c.residual_missing = 0, c.residual = false, c.nan = false;
      CheckIndirect(c, v);
    }
  }
}

TEST(Conv2dIndirect, EmptyBatch) {
  for (const auto& v : GemmVariants()) {
    ConvCase c = WindowCases()[1];
    c.n = 0;
    CheckIndirect(c, v);
  }
}

TEST(Conv2dIndirect, OutputRowsAtAnyDistance) {
  // y is a slice of a wider picture: rows of pixels are not uniformly strided, so tiles must end with each row.
  for (const auto& v : GemmVariants()) {
    ConvCase c;
    c.n = 2, c.h = 4, c.w = 3, c.c = 6, c.out = 18, c.residual = true;
    const Problem problem(c, 5);
    TensorBox tx(DType::kF32, problem.XDims()), tw(DType::kF32, {1, 2, 6, 16}), tb(DType::kF32, {32}), wide(DType::kF32, {2, 4, 5, 18});
    TensorBox tr(DType::kF32, problem.YDims());
    std::vector<float> bias = problem.bias;
    bias.resize(32);
    tx.Set(problem.x), tb.Set(bias), tr.Set(problem.residual), tw.Set(PackPanels16(problem.w, 1, 18, 6));
    Tensor slice = wide.tensor();
    slice.shape.dims[2] = 3;
    slice.data += slice.strides[2];
    Conv2dParams p = problem.params;
    p.packing = Packing::kPanels16;
    const std::vector<float> before = wide.Values<float>();
    RunKernel(KernelOf("conv2d_f32__any_indirect"), {tx.ptr(), tw.ptr(), tb.ptr(), tr.ptr()}, {&slice}, p, {v.ukernel}, 0, 2);
    const std::vector<float> after = wide.Values<float>();
    std::vector<float> got;
    for (size_t i = 0; i < after.size(); ++i) {
      const size_t column = i / 18 % 5;
      if (column >= 1 && column <= 3) {
        got.push_back(after[i]);
      } else {
        ASSERT_EQ(std::memcmp(&after[i], &before[i], 4), 0) << "wrote outside the slice";
      }
    }
    ExpectNear(got, problem.want, problem.bound, v.name);
  }
}

TEST(Conv2dIndirect, RandomCases) {
  Random random(2024);
  const auto draw = [&](int lo, int hi) { return std::uniform_int_distribution<int>(lo, hi)(random); };
  const auto variants = GemmVariants();
  for (int i = 0; i < 150; ++i) {
    ConvCase c;
    c.groups = draw(0, 3) == 0 ? draw(2, 4) : 1;
    c.n = draw(1, 3), c.h = draw(1, 11), c.w = draw(1, 11), c.c = draw(1, 9) * c.groups, c.out = draw(1, 37) * c.groups;
    c.kh = draw(1, 4), c.kw = draw(1, 4), c.sh = draw(1, 3), c.sw = draw(1, 3), c.dh = draw(1, 2), c.dw = draw(1, 2);
    c.top = draw(0, 3), c.left = draw(0, 3), c.bottom = draw(0, 3) + c.kh * 2, c.right = draw(0, 3) + c.kw * 2;
    c.residual = draw(0, 1) == 1, c.x_gap = draw(0, 2), c.y_gap = draw(0, 2), c.r_gap = draw(0, 2);
    c.nchw = c.kh * c.kw * c.c <= 160 && draw(0, 1) == 1;
    for (const auto& v : variants) CheckIndirect(c, v);
  }
}

TEST(Conv2dRows, RefuseWhatTheDriversCannotDo) {
  Key key;
  const KernelRow& indirect = RowOf(kConv2dRows, "conv2d_f32__any_indirect");
  const KernelRow& depthwise = RowOf(kConv2dRows, "dwconv2d_f32__any");
  const auto set = [&](Packing packing, int indirection, int inner, int rest, int residual) {
    key[Feature::kPacking] = static_cast<int64_t>(packing);
    key[Feature::kIndirection] = indirection;
    key[Feature::kInnerDense] = inner;
    key[Feature::kRestInnerDense] = rest;
    key[Feature::kResidual] = residual;
  };
  set(Packing::kPanels16ByChannel, 160, 0, 1, 1);
  EXPECT_EQ(Value(indirect.when, key, 1), 1);
  set(Packing::kPanels16ByChannel, 161, 0, 1, 1);
  EXPECT_EQ(Value(indirect.when, key, 1), 0);
  set(Packing::kPanels16, 9, 0, 1, 0);
  EXPECT_EQ(Value(indirect.when, key, 1), 0);
  set(Packing::kPanels16, 160, 1, 1, 1);
  EXPECT_EQ(Value(indirect.when, key, 1), 1);
  set(Packing::kPanels16, 9, 1, 0, 0);
  EXPECT_EQ(Value(indirect.when, key, 1), 0);
  set(Packing::kNone, 9, 1, 1, 0);
  EXPECT_EQ(Value(indirect.when, key, 1), 0);
  EXPECT_EQ(Value(depthwise.when, key, 1), 0);
  set(Packing::kDepthwise16, 9, 1, 1, 0);
  EXPECT_EQ(Value(depthwise.when, key, 1), 1);
  set(Packing::kDepthwise16, 9, 0, 1, 0);
  EXPECT_EQ(Value(depthwise.when, key, 1), 0);
  set(Packing::kDepthwise16, 9, 1, 1, 1);
  EXPECT_EQ(Value(depthwise.when, key, 1), 0);
}

TEST(Conv2dReference, PackedWeightsGiveTheSameBits) {
  for (ConvCase c : WindowCases()) {
    c.residual = true, c.y_gap = 2;
    const Problem general(c, 3);
    ExpectSame(general.Run(KernelOf("conv2d_f32__reference"), "conv2d_f32__reference", nullptr, Packing::kPanels16, Guard::kAfter, 1),
               general.want, "panels " + c.Text());
    ExpectSame(
        general.Run(KernelOf("conv2d_f32__reference"), "conv2d_f32__reference", nullptr, Packing::kPanels16ByChannel, Guard::kAfter, 1),
        general.want, "panels by channel " + c.Text());
    c.groups = c.c = c.out = 18;
    const Problem depthwise(c, 4);
    ExpectSame(depthwise.Run(KernelOf("conv2d_f32__reference"), "conv2d_f32__reference", nullptr, Packing::kDepthwise16, Guard::kAfter, 1),
               depthwise.want, "depthwise " + c.Text());
  }
}

TEST(Conv2dDepthwise, ChannelEdges) {
  for (const auto& v : DwconvVariants()) {
    for (const int channels : {1, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 97}) {
      for (ConvCase c : WindowCases()) {
        c.c = c.out = c.groups = channels;
        CheckDepthwise(c, v);
        c.lo = 0, c.hi = 0.5f, c.x_gap = 3, c.y_gap = 1, c.nan = true;
        if (channels % 2 == 1) CheckDepthwise(c, v);
      }
    }
  }
}

TEST(Conv2dDepthwise, SquareKernelsOfEveryWidthOfPicture) {
  for (const auto& v : DwconvVariants()) {
    for (const int size : {3, 5}) {
      for (const int stride : {1, 2, 3, 5}) {
        for (const int width : {1, 2, 5, 8, 9, 10, 17}) {
          ConvCase c;
          c.h = 6, c.w = width, c.c = c.out = c.groups = 21, c.kh = c.kw = size, c.sh = c.sw = stride;
          c.top = c.left = c.bottom = c.right = size / 2;
          CheckDepthwise(c, v);
          c.sh = 1, c.dh = 2, c.bottom = c.top = size;
          CheckDepthwise(c, v);
        }
      }
    }
  }
}

TEST(Conv2dDepthwise, PicturesLargerThanThePointerBuffer) {
  for (const auto& v : DwconvVariants()) {
    for (const int size : {1, 3, 5, 12}) {
      for (const int stride : {1, 2}) {
        ConvCase c;
        c.n = 2, c.h = 47, c.w = 101, c.c = c.out = c.groups = 5, c.kh = c.kw = size, c.sh = c.sw = stride;
        c.top = c.left = c.right = size / 2;
        CheckDepthwise(c, v);
        c.dw = 3;
        if (size < 12) CheckDepthwise(c, v);
        c.n = 0;
        CheckDepthwise(c, v);
      }
    }
  }
}

}  // namespace
}  // namespace adze::parity
