// SPDX-License-Identifier: Apache-2.0
// Where the rows of gemm_f32 find the input of a convolution: pointers for one tile of output pixels, and for the tiles behind it that read
// the same places further on.
//
// Where a whole row of the kernel lies inside the picture and adjacent in memory, it is one pointer. Tiles at the left and right edge get
// the same from a copy with zeros around it, where that is small; else they take a pointer for every position of the kernel. Rows of the
// kernel above and below the picture are left out. The order of the sum is always the same, so are the bits.
#pragma once

#include "kernels/contract/gemm.h"
#include "kernels/cpu/conv2d/window_walk.h"

namespace adze {
namespace {

// Of one tile: at the limit 10 KiB of stack.
constexpr int64_t kMaxPointers = kMaxIndirection * kMaxGemmRows;

// Room for the copies of one call: three rows of 9 pixels of 64 channels.
constexpr int64_t kStripFloats = 2048;

// Tiles of one output row whose edges are copied as one: with more, most of the copy would be of what lies inside.
constexpr int64_t kStripTiles = 4;

struct Picture {
  Conv2dParams p;
  const Tensor* x;
  const Tensor* y;
  const float* zeros;
  int64_t mr;
  int64_t pointer_channels;        // channels with pointers of their own: 1, or all of a group where k = (kh, cin, kw)
  int64_t adjacent_channels;       // channels behind one pointer
  bool joins;                      // the columns of a kernel row are adjacent in memory
  bool is_linear;                  // all windows lie inside, and rows of pixels follow each other like pixels of a row
  int64_t inner_begin, inner_end;  // output columns whose windows lie inside from left to right
};

Picture MakePicture(const Conv2dParams& p, const Tensor& x, const Tensor& y, const float* zeros, int64_t mr) {
  const int64_t group_in = x.dim(3) / p.groups;
  const bool by_channel = p.packing == Packing::kPanels16ByChannel;
  Picture c = {p, &x, &y, zeros, mr, by_channel ? group_in : 1, by_channel ? 1 : group_in, false, false, 0, 0};
  c.joins = p.dilation_w == 1 && x.strides[2] == c.adjacent_channels * static_cast<int64_t>(sizeof(float));
  c.inner_begin = (p.pad_left + p.stride_w - 1) / p.stride_w;
  const int64_t last = x.dim(2) + p.pad_left - static_cast<int64_t>(p.dilation_w) * (p.kernel_w - 1) - 1;
  c.inner_end = last < 0 ? 0 : last / p.stride_w + 1;
  c.is_linear = p.kernel_h == 1 && p.pad_top == 0 && p.pad_bottom == 0 && y.dim(0) == 1 && c.inner_begin == 0 && c.inner_end >= y.dim(2) &&
                p.stride_h * x.strides[1] == y.dim(2) * p.stride_w * x.strides[2];
  return c;
}

// What a call of the micro-kernel takes. The pointers are [ks][mr]; short tiles repeat the last row.
struct Reach {
  int64_t pixels;             // those of one tile, or several times mr
  int64_t step;               // bytes from one tile's pointers to the next's
  int64_t first_row, ks, kc;  // the first kernel row that counts, pointers per row of a tile, floats behind each
};

// The kernel rows of output row `ho` inside the picture, [*first, *last), join those that are there.
void JoinRowsInside(const Picture& c, int64_t ho, int64_t* first, int64_t* last) {
  const int64_t top = ho * c.p.stride_h - c.p.pad_top;
  for (int64_t kh = 0; kh < c.p.kernel_h; ++kh) {
    if (!IsInside(top + kh * c.p.dilation_h, c.x->dim(1))) continue;
    if (kh < *first) *first = kh;
    if (kh >= *last) *last = kh + 1;
  }
}

// Pixels of one output row: where the first finds kernel position (0, 0), in bytes behind `data`, and the bytes to what is next to it.
struct Segment {
  const uint8_t* data;
  int64_t at, row_step, channel_step, column_step, pixel_step;
};

// Copies what `pixels` pixels read in the kernel rows [first, last), zeros for what lies left and right of the picture.
Segment CopyStrip(const Picture& c, const Pixel& pixel, int64_t pixels, int64_t channel, int64_t first, int64_t last, uint8_t* to) {
  const Tensor& x = *c.x;
  const int64_t position = x.strides[2];
  const int64_t columns = (pixels - 1) * c.p.stride_w + c.p.kernel_w;
  const int64_t w0 = pixel.wo * c.p.stride_w - c.p.pad_left;
  const int64_t left = w0 < 0 ? (-w0 < columns ? -w0 : columns) : 0;
  int64_t inside = x.dim(2) - (w0 + left);
  if (inside > columns - left) inside = columns - left;
  if (inside < 0) inside = 0;
  const Segment copy = {to,
                        -first * c.pointer_channels * columns * position,
                        c.pointer_channels * columns * position,
                        columns * position,
                        position,
                        c.p.stride_w * position};
  for (int64_t kh = first; kh < last; ++kh) {
    const int64_t h = pixel.ho * c.p.stride_h - c.p.pad_top + kh * c.p.dilation_h;
    for (int64_t i = 0; i < c.pointer_channels; ++i, to += columns * position) {
      if (!IsInside(h, x.dim(1))) continue;
      std::memset(to, 0, static_cast<size_t>(left * position));
      const int64_t from = channel + pixel.n * x.strides[0] + h * x.strides[1] + i * x.strides[3] + (w0 + left) * position;
      if (inside != 0) std::memcpy(to + left * position, x.data + from, static_cast<size_t>(inside * position));
      std::memset(to + (left + inside) * position, 0, static_cast<size_t>((columns - left - inside) * position));
    }
  }
  return copy;
}

Segment SegmentAt(const Picture& c, const Pixel& pixel, int64_t channel) {
  const Tensor& x = *c.x;
  const int64_t h0 = pixel.ho * c.p.stride_h - c.p.pad_top, w0 = pixel.wo * c.p.stride_w - c.p.pad_left;
  return {x.data,
          channel + pixel.n * x.strides[0] + h0 * x.strides[1] + w0 * x.strides[2],
          c.p.dilation_h * x.strides[1],
          x.strides[3],
          c.p.dilation_w * x.strides[2],
          c.p.stride_w * x.strides[2]};
}

// The pointers of tile rows [m0, m1), pixels of one output row, in kernel rows [first, last); the rest of the tile repeats the last. `columns`
// is 1 where one pointer stands for a kernel row; `any_columns`: some of them lie outside.
void PointAt(const Picture& c, const Segment& s, const Pixel& pixel, int64_t m0, int64_t m1, int64_t first, int64_t last, int64_t columns,
             bool any_columns, const float** to) {
  const int64_t h0 = pixel.ho * c.p.stride_h - c.p.pad_top, w0 = pixel.wo * c.p.stride_w - c.p.pad_left;
  for (int64_t kh = first; kh < last; ++kh) {
    const bool row_inside = IsInside(h0 + kh * c.p.dilation_h, c.x->dim(1));
    for (int64_t i = 0; i < c.pointer_channels; ++i) {
      for (int64_t kw = 0; kw < columns; ++kw, to += c.mr) {
        // Offsets, not pointers: those outside the picture are never formed.
        int64_t at = s.at + kh * s.row_step + i * s.channel_step + kw * s.column_step;
        int64_t w = w0 + kw * c.p.dilation_w;
        int64_t m = m0;
        for (; m < m1; ++m, at += s.pixel_step, w += c.p.stride_w) {
          const bool inside = row_inside && (!any_columns || IsInside(w, c.x->dim(2)));
          to[m] = inside ? reinterpret_cast<const float*>(s.data + at) : c.zeros;
        }
        for (; m < c.mr; ++m) to[m] = to[m - 1];
      }
    }
  }
}

// Pointers for a tile of `rows` pixels, and for tiles of mr behind it among the next `most` pixels.
Reach Point(const Picture& c, Pixel pixel, int64_t rows, int64_t most, int64_t channel, const float** a, float* strip) {
  const Conv2dParams& p = c.p;
  const int64_t width = c.y->dim(2);
  const int64_t in_row = c.is_linear || width - pixel.wo > most ? most : width - pixel.wo;
  int64_t inner = c.is_linear ? most : pixel.wo < c.inner_begin ? 0 : c.inner_end - pixel.wo;
  if (inner > in_row) inner = in_row;
  Reach r = {rows, 0, p.kernel_h, 0, 0};
  int64_t last = 0;
  const int64_t next_rows = c.is_linear ? 0 : (pixel.wo + rows - 1) / width;
  for (int64_t i = 0; i <= next_rows; ++i) JoinRowsInside(c, (pixel.ho + i) % c.y->dim(1), &r.first_row, &last);
  if (last == 0) r.first_row = 0;
  const auto fits = [&](int64_t pixels) {
    return (last - r.first_row) * c.pointer_channels * (pixels * p.stride_w + (next_rows + 1) * p.kernel_w) * c.adjacent_channels <=
           kStripFloats;
  };
  const bool is_inner = inner >= rows || (c.inner_begin == 0 && c.inner_end >= width);
  bool joins = c.joins;
  bool copies = false;
  if (is_inner) {
    if (inner > c.mr) r.pixels = inner / c.mr * c.mr;
  } else if (joins) {
    const int64_t whole = in_row / c.mr * c.mr;
    if (whole > rows && whole <= kStripTiles * c.mr && fits(whole)) r.pixels = whole;
    copies = joins = fits(r.pixels);
  }
  const int64_t columns = joins ? 1 : p.kernel_w;
  r.ks = (last - r.first_row) * c.pointer_channels * columns;
  r.kc = c.adjacent_channels * (joins ? p.kernel_w : 1);
  auto* to = reinterpret_cast<uint8_t*>(strip);
  for (int64_t done = 0; done < r.pixels;) {
    int64_t pixels = r.pixels - done;
    if (!c.is_linear && pixels > width - pixel.wo) pixels = width - pixel.wo;
    const Segment s = copies ? CopyStrip(c, pixel, pixels, channel, r.first_row, last, to) : SegmentAt(c, pixel, channel);
    if (copies) to += (last - r.first_row) * s.row_step;
    r.step = c.mr * s.pixel_step;
    PointAt(c, s, pixel, done, done + pixels < c.mr ? done + pixels : c.mr, r.first_row, last, columns, !is_inner && !joins, a);
    done += pixels;
    pixel.wo = 0;
    if (++pixel.ho == c.y->dim(1)) pixel.ho = 0, ++pixel.n;
  }
  return r;
}

}  // namespace
}  // namespace adze
