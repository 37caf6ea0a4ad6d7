// SPDX-License-Identifier: Apache-2.0
// conv2d as an indirect matrix product: output pixels are rows, output channels columns, and each row reads its input through pointers.
//
// Where a whole row of the kernel lies inside the picture and adjacent in memory, it is one pointer; a tile of pixels with any of them at
// an edge takes a pointer for every kernel position. The order of the sum is the same, so are the bits.
#include "kernels/contract/gemm.h"
#include "kernels/contract/kernel.h"
#include "kernels/contract/split.h"
#include "kernels/cpu/conv2d/window_walk.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

// Row pointers of one tile: at the limit 10 KiB of stack.
constexpr int64_t kMaxPointers = kMaxIndirection * kMaxGemmRows;

// Weights that pass through the cache together: half of the second-level cache of a small core.
constexpr int64_t kChunkBytes = 256 << 10;

// Distance between neighbouring output pixels, along the first dim that has neighbours.
int64_t PixelStride(const Tensor& t) {
  for (int d = 2; d > 0; --d) {
    if (t.dim(d) != 1) return t.strides[d];
  }
  return t.strides[0];
}

// How many output pixels in a row lie at one constant distance: Wo, Ho * Wo or all.
int64_t UniformPixels(const Tensor& t) {
  int64_t count = 1;
  const int64_t stride = PixelStride(t);
  for (int d = 2; d >= 0 && (t.dim(d) == 1 || t.strides[d] == count * stride); --d) count *= t.dim(d);
  return count;
}

// One convolution. Tiles of up to mr output pixels never cross the end of a uniform run; blocks are nr columns of one group.
struct Conv {
  Conv2dParams p;
  const Tensor* x;
  const Tensor* y;
  const Tensor* residual;  // null: none
  const uint8_t* weights;
  const float* bias;
  const float* zeros;
  const GemmF32Ukernel* gemm;
  int64_t group_in, group_out;     // channels of one group
  int64_t pointer_channels;        // channels with pointers of their own: 1, or all of a group where k = (kh, cin, kw)
  int64_t adjacent_channels;       // channels behind one pointer
  bool joins;                      // the columns of a kernel row are adjacent in memory
  bool is_linear;                  // the last pixel of a row and the first of the next are as far apart as neighbours in a row
  int64_t inner_begin, inner_end;  // output columns whose windows lie inside from left to right
  int64_t panel_bytes, group_bytes;
  int64_t run, tiles_per_run;  // pixels and tiles of a uniform run
  int64_t tiles, blocks_per_group, chunk_blocks;
};

Conv MakeConv(const KernelArgs& args) {
  Conv c;
  c.p = ParamsOf<Conv2dParams>(args.params);
  c.x = args.in[0];
  c.y = args.out[0];
  c.residual = c.p.has_residual != 0 ? args.in[args.n_in - 1] : nullptr;
  c.weights = args.in[1]->data;
  c.bias = args.in[2]->as<const float>();
  c.gemm = static_cast<const GemmF32Ukernel*>(args.ukernels[0]);
  c.group_in = c.x->dim(3) / c.p.groups;
  c.group_out = c.p.channels_out / c.p.groups;
  const bool by_channel = c.p.packing == Packing::kPanels16ByChannel;
  c.pointer_channels = by_channel ? c.group_in : 1;
  c.adjacent_channels = by_channel ? 1 : c.group_in;
  c.joins = c.p.dilation_w == 1 && c.x->strides[2] == c.adjacent_channels * static_cast<int64_t>(sizeof(float));
  // Rows of pixels follow each other only where no row of the kernel may lie outside.
  const int64_t row_step = c.p.stride_h * c.x->strides[1];
  c.is_linear = c.p.kernel_h == 1 && c.p.pad_top == 0 && c.p.pad_bottom == 0 && c.y->dim(0) == 1 &&
                row_step == c.y->dim(2) * c.p.stride_w * c.x->strides[2];
  c.inner_begin = (c.p.pad_left + c.p.stride_w - 1) / c.p.stride_w;
  const int64_t last = c.x->dim(2) + c.p.pad_left - static_cast<int64_t>(c.p.dilation_w) * (c.p.kernel_w - 1) - 1;
  c.inner_end = last < 0 ? 0 : last / c.p.stride_w + 1;
  c.zeros = MakeZeros(c.p, c.group_in * c.p.kernel_w, args.scratch);
  const int64_t k = static_cast<int64_t>(c.p.kernel_h) * c.p.kernel_w * c.group_in;
  c.panel_bytes = k * kPanelColumns * static_cast<int64_t>(sizeof(float));
  c.group_bytes = c.panel_bytes * args.in[1]->dim(1);
  c.run = UniformPixels(*c.y);
  if (c.residual != nullptr) {
    const int64_t other = UniformPixels(*c.residual);
    if (other < c.run) c.run = other;
  }
  const int64_t mr = c.gemm->mr;
  const int64_t nr = c.gemm->nr;
  const int64_t pixels = static_cast<int64_t>(c.y->dim(0)) * c.y->dim(1) * c.y->dim(2);
  c.tiles_per_run = (c.run + mr - 1) / mr;
  c.tiles = pixels == 0 ? 0 : pixels / c.run * c.tiles_per_run;
  c.blocks_per_group = (c.group_out + nr - 1) / nr;
  c.chunk_blocks = c.p.groups != 1 ? 1 : kChunkBytes / (c.panel_bytes * (nr / kPanelColumns) + 1) + 1;
  return c;
}

// Do the windows of these pixels lie inside from left to right?
bool IsInner(const Conv& c, const Pixel& first, int64_t rows) {
  if (c.inner_begin == 0 && c.inner_end >= c.y->dim(2)) return c.is_linear || first.wo + rows <= c.y->dim(2);
  return first.wo >= c.inner_begin && first.wo + rows <= c.inner_end;
}

// How many pointers a row of a tile has, and how many floats lie behind each. The pointers are [ks][mr]; short tiles repeat the last row.
struct Reach {
  int64_t ks, kc;
};

// Pixels whose windows lie inside from left to right, at one distance from each other.
Reach PointAtInner(const Conv& c, const Pixel& first, int64_t rows, int64_t channel, const float** a) {
  const Conv2dParams& p = c.p;
  const Tensor& x = *c.x;
  const int64_t columns = c.joins ? 1 : p.kernel_w;
  const float** to = a;
  for (int64_t kh = 0; kh < p.kernel_h; ++kh) {
    const int64_t h = first.ho * p.stride_h - p.pad_top + kh * p.dilation_h;
    const bool inside = IsInside(h, x.dim(1));
    const int64_t row = channel + first.n * x.strides[0] + h * x.strides[1] + (first.wo * p.stride_w - p.pad_left) * x.strides[2];
    const int64_t step = inside ? p.stride_w * x.strides[2] : 0;
    for (int64_t i = 0; i < c.pointer_channels; ++i) {
      for (int64_t kw = 0; kw < columns; ++kw) {
        const int64_t at = row + i * x.strides[3] + kw * p.dilation_w * x.strides[2];
        const uint8_t* from = inside ? x.data + at : reinterpret_cast<const uint8_t*>(c.zeros);
        for (int64_t m = 1; m < rows; ++m, from += step) *to++ = reinterpret_cast<const float*>(from);
        for (int64_t m = rows - 1; m < c.gemm->mr; ++m) *to++ = reinterpret_cast<const float*>(from);
      }
    }
  }
  return {p.kernel_h * c.pointer_channels * columns, c.adjacent_channels * (c.joins ? p.kernel_w : 1)};
}

// Any pixels: a pointer for every kernel position.
Reach PointAtAny(const Conv& c, Pixel pixel, int64_t rows, int64_t channel, const float** a) {
  const Conv2dParams& p = c.p;
  const Tensor& x = *c.x;
  const int64_t mr = c.gemm->mr;
  const int64_t ks = p.kernel_h * c.pointer_channels * p.kernel_w;
  for (int64_t m = 0; m < mr; ++m) {
    const float** to = a + m;
    if (m >= rows) {
      for (int64_t s = 0; s < ks; ++s, to += mr) *to = to[-1];
      continue;
    }
    const int64_t w0 = pixel.wo * p.stride_w - p.pad_left;
    for (int64_t kh = 0; kh < p.kernel_h; ++kh) {
      const int64_t h = pixel.ho * p.stride_h - p.pad_top + kh * p.dilation_h;
      const bool row_inside = IsInside(h, x.dim(1));
      // Offsets, not pointers: those outside the picture are never formed.
      const int64_t row = channel + pixel.n * x.strides[0] + h * x.strides[1];
      for (int64_t i = 0; i < c.pointer_channels; ++i) {
        for (int64_t kw = 0; kw < p.kernel_w; ++kw, to += mr) {
          const int64_t w = w0 + kw * p.dilation_w;
          const bool inside = row_inside && IsInside(w, x.dim(2));
          *to = inside ? reinterpret_cast<const float*>(x.data + row + i * x.strides[3] + w * x.strides[2]) : c.zeros;
        }
      }
    }
    Advance(*c.y, &pixel);
  }
  return {ks, c.adjacent_channels};
}

// The bias of a block of one group among several: micro-kernels read whole panels, which in the last groups would reach past the tensor.
void CopyBias(const Conv& c, int64_t channel, int64_t columns, float* to) {
  for (int64_t i = 0; i < kMaxGemmColumns; ++i) to[i] = i < columns ? c.bias[channel + i] : 0;
}

// The tiles [t0, t1) times `columns` columns of a group, from column `column` on.
void RunChunk(const Conv& c, int64_t t0, int64_t t1, int64_t group, int64_t column, int64_t columns) {
  const float* a[kMaxPointers];
  float bias[kMaxGemmColumns];
  GemmF32Tile tile;
  tile.a = a;
  tile.cols = static_cast<size_t>(columns);
  tile.b = reinterpret_cast<const float*>(c.weights + group * c.group_bytes + column / kPanelColumns * c.panel_bytes);
  tile.b_panel_bytes = static_cast<size_t>(c.panel_bytes);
  const int64_t channel = group * c.group_out + column;
  tile.bias = c.bias + channel;
  if (c.p.groups != 1) {
    CopyBias(c, channel, columns, bias);
    tile.bias = bias;
  }
  tile.c_row_bytes = static_cast<size_t>(PixelStride(*c.y));
  tile.residual = nullptr;
  tile.residual_row_bytes = c.residual != nullptr ? static_cast<size_t>(PixelStride(*c.residual)) : 0;
  tile.lo = c.p.clamp.lo;
  tile.hi = c.p.clamp.hi;
  const int64_t mr = c.gemm->mr;
  const int64_t first_channel = group * c.group_in * c.x->strides[3];
  int64_t in_run = t0 % c.tiles_per_run * mr;
  Pixel pixel = PixelAt(*c.y, t0 / c.tiles_per_run * c.run + in_run);
  for (int64_t t = t0; t < t1; ++t) {
    const int64_t rows = c.run - in_run < mr ? c.run - in_run : mr;
    in_run = in_run + rows == c.run ? 0 : in_run + rows;
    tile.rows = static_cast<size_t>(rows);
    tile.c = reinterpret_cast<float*>(AddressOf(*c.y, pixel)) + channel;
    if (c.residual != nullptr) tile.residual = reinterpret_cast<float*>(AddressOf(*c.residual, pixel)) + channel;
    const Reach reach =
        IsInner(c, pixel, rows) ? PointAtInner(c, pixel, rows, first_channel, a) : PointAtAny(c, pixel, rows, first_channel, a);
    tile.ks = static_cast<size_t>(reach.ks);
    tile.kc = static_cast<size_t>(reach.kc);
    c.gemm->run(tile);
    for (pixel.wo += rows; pixel.wo >= c.y->dim(2);) {
      pixel.wo -= c.y->dim(2);
      if (++pixel.ho == c.y->dim(1)) pixel.ho = 0, ++pixel.n;
    }
  }
}

// The tiles [t0, t1) times the blocks [b0, b1); a block counts through the groups. Chunks of weights outermost: each is fetched once.
void RunPart(const Conv& c, int64_t t0, int64_t t1, int64_t b0, int64_t b1) {
  for (int64_t b = b0; b < b1;) {
    const int64_t group = b / c.blocks_per_group;
    const int64_t in_group = b % c.blocks_per_group;
    int64_t blocks = c.blocks_per_group - in_group;
    if (blocks > b1 - b) blocks = b1 - b;
    if (blocks > c.chunk_blocks) blocks = c.chunk_blocks;
    const int64_t column = in_group * c.gemm->nr;
    const int64_t columns = blocks * c.gemm->nr < c.group_out - column ? blocks * c.gemm->nr : c.group_out - column;
    RunChunk(c, t0, t1, group, column, columns);
    b += blocks;
  }
}

void Run(const KernelArgs& args) {
  const Conv c = MakeConv(args);
  if (c.tiles == 0) return;
  const int64_t blocks = c.blocks_per_group * c.p.groups;
  const int64_t work = c.panel_bytes / static_cast<int64_t>(sizeof(float)) * c.gemm->mr;  // of one tile times one panel
  if (c.tiles >= blocks) {
    ParallelFor(args, static_cast<size_t>(c.tiles), GrainOf(work * blocks),
                [&](size_t begin, size_t end) { RunPart(c, static_cast<int64_t>(begin), static_cast<int64_t>(end), 0, blocks); });
  } else {
    ParallelFor(args, static_cast<size_t>(blocks), GrainOf(work * c.tiles),
                [&](size_t begin, size_t end) { RunPart(c, 0, c.tiles, static_cast<int64_t>(begin), static_cast<int64_t>(end)); });
  }
}

}  // namespace

extern "C" {
extern const Kernel adze_conv2d_f32__any_indirect;
const Kernel adze_conv2d_f32__any_indirect = {Run};
}

}  // namespace adze
