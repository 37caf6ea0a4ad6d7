// SPDX-License-Identifier: Apache-2.0
// The walk over rectangles of output pixels.
#include "kernels/cpu/conv2d/rectangles.h"

#include "kernels/contract/split.h"
#include "kernels/cpu/conv2d/window_walk.h"

namespace adze {
namespace {

// Row pointers of one rectangle: 10 KiB of stack. At the limit (kMaxIndirection) still 8 pixels of one row.
constexpr int64_t kMaxPointers = 8 * kMaxIndirection;

// Widest rectangle: three rows of input of 32 channels, 12 KiB, stay in the nearest cache while the kernel moves down.
constexpr int64_t kMaxPixels = 32;

struct Walk {
  Window w;
  const Tensor* x;
  const Tensor* y;
  const float* outside;
  // Neighbouring pixels (rows of pixels) share the pointers to the columns (rows) that both read.
  bool shares_columns, shares_rows;
  int64_t pixel_step, row_step;  // in columns, in rows of pointers
  int64_t max_pixels;            // of a rectangle
  void (*run)(const void* context, const Rectangle& rectangle);
  const void* context;
};

// Pointers to the columns that `pixels` pixels of input row `h` from output column `wo` on read.
const float** PointAtRow(const Walk& d, int64_t n, int64_t h, int64_t wo, int64_t pixels, const float** to) {
  const Tensor& x = *d.x;
  const bool inside = IsInside(h, x.dim(1));
  const int64_t row = n * x.strides[0] + h * x.strides[1];
  // Shared: one sweep over all columns; else one over each pixel's.
  const int64_t sweeps = d.shares_columns ? 1 : pixels;
  const int64_t columns = d.shares_columns ? (pixels - 1) * d.pixel_step + d.w.kernel[1] : d.w.kernel[1];
  for (int64_t i = 0; i < sweeps; ++i) {
    int64_t w = (wo + i) * d.w.stride[1] - d.w.pad_before[1];
    for (int64_t j = 0; j < columns; ++j, w += d.w.dilation[1]) {
      *to++ = inside && IsInside(w, x.dim(2)) ? reinterpret_cast<const float*>(x.data + row + w * x.strides[2]) : d.outside;
    }
  }
  return to;
}

// `rows` output rows of picture n from row `ho` on.
void RunRows(const Walk& d, int64_t n, int64_t ho, int64_t rows) {
  const float* a[kMaxPointers];
  const Tensor& y = *d.y;
  Rectangle r;
  r.a = a;
  r.pixel_step = static_cast<size_t>(d.pixel_step);
  for (int64_t wo = 0; wo < y.dim(2); wo += static_cast<int64_t>(r.pixels)) {
    const int64_t pixels = y.dim(2) - wo < d.max_pixels ? y.dim(2) - wo : d.max_pixels;
    const int64_t row_pointers = (pixels - 1) * d.pixel_step + d.w.kernel[1];
    r.pixels = static_cast<size_t>(pixels);
    r.row_pointers = static_cast<size_t>(row_pointers);
    r.row_step = static_cast<size_t>(d.row_step * row_pointers);
    const int64_t max_rows = (kMaxPointers / row_pointers - d.w.kernel[0]) / d.row_step + 1;
    for (int64_t done = 0; done < rows; done += static_cast<int64_t>(r.rows)) {
      r.rows = static_cast<size_t>(rows - done < max_rows ? rows - done : max_rows);
      const float** to = a;
      const int64_t sweeps = d.shares_rows ? 1 : static_cast<int64_t>(r.rows);
      const int64_t pointer_rows = d.shares_rows ? (static_cast<int64_t>(r.rows) - 1) * d.row_step + d.w.kernel[0] : d.w.kernel[0];
      for (int64_t i = 0; i < sweeps; ++i) {
        int64_t h = (ho + done + i) * d.w.stride[0] - d.w.pad_before[0];
        for (int64_t j = 0; j < pointer_rows; ++j, h += d.w.dilation[0]) to = PointAtRow(d, n, h, wo, pixels, to);
      }
      r.y = reinterpret_cast<float*>(AddressOf(y, {n, ho + done, wo}));
      d.run(d.context, r);
    }
  }
}

}  // namespace

void ForEachRectangle(const KernelArgs& args, const Window& window, const float* outside, int64_t work,
                      void (*run)(const void* context, const Rectangle& rectangle), const void* context) {
  Walk d = {window, args.in[0], args.out[0], outside, false, false, window.kernel[1], window.kernel[0], kMaxPixels, run, context};
  d.shares_columns = window.dilation[1] == 1 && window.stride[1] < window.kernel[1];
  d.shares_rows = window.dilation[0] == 1 && window.stride[0] < window.kernel[0];
  if (d.shares_columns) d.pixel_step = window.stride[1];
  if (d.shares_rows) d.row_step = window.stride[0];
  const int64_t most = (kMaxPointers / window.kernel[0] - window.kernel[1]) / d.pixel_step + 1;
  if (d.max_pixels > most) d.max_pixels = most;
  const Tensor& y = *d.y;
  const auto rows = static_cast<size_t>(static_cast<int64_t>(y.dim(0)) * y.dim(1));
  ParallelFor(args, rows, GrainOf(work * y.dim(2)), [&](size_t begin, size_t end) {
    // A range of rows may cross pictures.
    auto row = static_cast<int64_t>(begin);
    const auto last = static_cast<int64_t>(end);
    while (row < last) {
      const int64_t ho = row % y.dim(1);
      const int64_t count = y.dim(1) - ho < last - row ? y.dim(1) - ho : last - row;
      RunRows(d, row / y.dim(1), ho, count);
      row += count;
    }
  });
}

}  // namespace adze
