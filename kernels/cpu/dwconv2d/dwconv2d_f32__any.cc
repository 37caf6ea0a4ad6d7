// SPDX-License-Identifier: Apache-2.0
// Depthwise conv2d, one filter per channel: rectangles of output pixels that fit the buffer of row pointers.
#include "kernels/contract/dwconv.h"
#include "kernels/contract/kernel.h"
#include "kernels/contract/split.h"
#include "kernels/cpu/conv2d/window_walk.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

// Row pointers of one rectangle of output pixels: 10 KiB of stack. At the limit (kMaxIndirection) still 8 pixels of one row.
constexpr int64_t kMaxPointers = 8 * kMaxIndirection;

// Widest rectangle: three rows of input of 32 channels, 12 KiB, stay in the nearest cache while the kernel moves down.
constexpr int64_t kMaxPixels = 32;

// A depthwise convolution and how its rectangles read.
struct Depthwise {
  Conv2dParams p;
  const Tensor* x;
  const Tensor* y;
  const float* zeros;
  // Neighbouring pixels (rows of pixels) share the pointers to the columns (rows) that both read.
  bool shares_columns, shares_rows;
  int64_t pixel_step, row_step;  // in columns, in rows of pointers
  int64_t max_pixels;            // of a rectangle
};

Depthwise MakeDepthwise(const KernelArgs& args) {
  Depthwise d;
  d.p = ParamsOf<Conv2dParams>(args.params);
  d.x = args.in[0];
  d.y = args.out[0];
  d.zeros = MakeZeros(d.p, d.p.channels_out, args.scratch);
  d.shares_columns = d.p.dilation_w == 1 && d.p.stride_w < d.p.kernel_w;
  d.shares_rows = d.p.dilation_h == 1 && d.p.stride_h < d.p.kernel_h;
  d.pixel_step = d.shares_columns ? d.p.stride_w : d.p.kernel_w;
  d.row_step = d.shares_rows ? d.p.stride_h : d.p.kernel_h;
  d.max_pixels = (kMaxPointers / d.p.kernel_h - d.p.kernel_w) / d.pixel_step + 1;
  if (d.max_pixels > kMaxPixels) d.max_pixels = kMaxPixels;
  return d;
}

// Pointers to the columns that `pixels` pixels of input row `h` from output column `wo` on read.
const float** PointAtRow(const Depthwise& d, int64_t n, int64_t h, int64_t wo, int64_t pixels, const float** to) {
  const Tensor& x = *d.x;
  const bool inside = IsInside(h, x.dim(1));
  const int64_t row = n * x.strides[0] + h * x.strides[1];
  // Shared: one sweep over all columns; else one over each pixel's.
  const int64_t sweeps = d.shares_columns ? 1 : pixels;
  const int64_t columns = d.shares_columns ? (pixels - 1) * d.pixel_step + d.p.kernel_w : d.p.kernel_w;
  for (int64_t i = 0; i < sweeps; ++i) {
    int64_t w = (wo + i) * d.p.stride_w - d.p.pad_left;
    for (int64_t j = 0; j < columns; ++j, w += d.p.dilation_w) {
      *to++ = inside && IsInside(w, x.dim(2)) ? reinterpret_cast<const float*>(x.data + row + w * x.strides[2]) : d.zeros;
    }
  }
  return to;
}

// `rows` output rows of picture n from row `ho` on, in rectangles.
void RunRows(const KernelArgs& args, const Depthwise& d, int64_t n, int64_t ho, int64_t rows) {
  const float* a[kMaxPointers];
  const Tensor& y = *d.y;
  DwconvF32Run run;
  run.channels = static_cast<size_t>(d.p.channels_out);
  run.kernel_h = static_cast<size_t>(d.p.kernel_h);
  run.kernel_w = static_cast<size_t>(d.p.kernel_w);
  run.a = a;
  run.pixel_step = static_cast<size_t>(d.pixel_step);
  run.w = args.in[1]->as<const float>();
  run.bias = args.in[2]->as<const float>();
  run.y_row_bytes = static_cast<size_t>(y.strides[1]);
  run.y_pixel_bytes = static_cast<size_t>(y.strides[2]);
  run.lo = d.p.clamp.lo;
  run.hi = d.p.clamp.hi;
  for (int64_t wo = 0; wo < y.dim(2); wo += static_cast<int64_t>(run.pixels)) {
    const int64_t pixels = y.dim(2) - wo < d.max_pixels ? y.dim(2) - wo : d.max_pixels;
    const int64_t row_pointers = (pixels - 1) * d.pixel_step + d.p.kernel_w;
    run.pixels = static_cast<size_t>(pixels);
    run.row_pointers = static_cast<size_t>(row_pointers);
    run.row_step = static_cast<size_t>(d.row_step * row_pointers);
    const int64_t max_rows = (kMaxPointers / row_pointers - d.p.kernel_h) / d.row_step + 1;
    for (int64_t r = 0; r < rows; r += static_cast<int64_t>(run.rows)) {
      run.rows = static_cast<size_t>(rows - r < max_rows ? rows - r : max_rows);
      const float** to = a;
      const int64_t sweeps = d.shares_rows ? 1 : static_cast<int64_t>(run.rows);
      const int64_t pointer_rows = d.shares_rows ? (static_cast<int64_t>(run.rows) - 1) * d.row_step + d.p.kernel_h : d.p.kernel_h;
      for (int64_t i = 0; i < sweeps; ++i) {
        int64_t h = (ho + r + i) * d.p.stride_h - d.p.pad_top;
        for (int64_t j = 0; j < pointer_rows; ++j, h += d.p.dilation_h) to = PointAtRow(d, n, h, wo, pixels, to);
      }
      run.y = reinterpret_cast<float*>(AddressOf(y, {n, ho + r, wo}));
      static_cast<const DwconvF32Ukernel*>(args.ukernels[0])->run(run);
    }
  }
}

void Run(const KernelArgs& args) {
  const Depthwise d = MakeDepthwise(args);
  const Tensor& y = *d.y;
  const int64_t row_work = static_cast<int64_t>(d.p.kernel_h) * d.p.kernel_w * d.p.channels_out * y.dim(2);
  const auto rows = static_cast<size_t>(static_cast<int64_t>(y.dim(0)) * y.dim(1));
  ParallelFor(args, rows, GrainOf(row_work), [&](size_t begin, size_t end) {
    // A range of rows may cross pictures.
    auto row = static_cast<int64_t>(begin);
    const auto last = static_cast<int64_t>(end);
    while (row < last) {
      const int64_t ho = row % y.dim(1);
      const int64_t count = y.dim(1) - ho < last - row ? y.dim(1) - ho : last - row;
      RunRows(args, d, row / y.dim(1), ho, count);
      row += count;
    }
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_dwconv2d_f32__any;
const Kernel adze_dwconv2d_f32__any = {Run};
}

}  // namespace adze
