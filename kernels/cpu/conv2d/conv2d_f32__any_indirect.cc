// SPDX-License-Identifier: Apache-2.0
// conv2d as an indirect matrix product: output pixels are rows, output channels columns, and each row reads its input through pointers.
#include "kernels/contract/kernel.h"
#include "kernels/contract/split.h"
#include "kernels/cpu/conv2d/window_walk.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

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
  int64_t group_in, group_out;  // channels of one group
  int64_t pointers;             // per kernel position: 1, or group_in where channels are not adjacent
  int64_t panel_bytes, group_bytes;
  int64_t run, tiles_per_run;  // pixels and tiles of a uniform run
  int64_t tiles, blocks_per_group;

  int64_t area() const { return static_cast<int64_t>(p.kernel_h) * p.kernel_w; }
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
  c.pointers = IsInnerDense(*c.x) ? 1 : c.group_in;
  c.zeros = MakeZeros(c.p, c.x->dim(3), args.scratch);
  c.panel_bytes = c.area() * c.group_in * kPanelColumns * static_cast<int64_t>(sizeof(float));
  c.group_bytes = c.panel_bytes * args.in[1]->dim(1);
  c.run = UniformPixels(*c.y);
  if (c.residual != nullptr) {
    const int64_t other = UniformPixels(*c.residual);
    if (other < c.run) c.run = other;
  }
  const int64_t mr = c.gemm->mr;
  const int64_t pixels = static_cast<int64_t>(c.y->dim(0)) * c.y->dim(1) * c.y->dim(2);
  c.tiles_per_run = (c.run + mr - 1) / mr;
  c.tiles = pixels == 0 ? 0 : pixels / c.run * c.tiles_per_run;
  c.blocks_per_group = (c.group_out + c.gemm->nr - 1) / c.gemm->nr;
  return c;
}

// Row pointers of output pixels first .. first + rows for one group, [ks][mr]; short tiles repeat the last row.
void PointAtRows(const Conv& c, Pixel first, int64_t rows, int64_t group, const float** a) {
  const uint8_t* channel = c.x->data + group * c.group_in * c.x->strides[3];
  const int64_t mr = c.gemm->mr;
  for (int64_t m = 0; m < mr; ++m) {
    PointAtWindow(c.p, *c.x, first, c.pointers, channel, c.zeros, a + m, mr);
    if (m + 1 < rows) Advance(*c.y, &first);
  }
}

// The bias of a block of one group among several: micro-kernels read whole panels, which in the last groups would reach past the tensor.
void CopyBias(const Conv& c, int64_t group, int64_t column, int64_t columns, float* to) {
  for (int64_t i = 0; i < kMaxGemmColumns; ++i) to[i] = i < columns ? c.bias[group * c.group_out + column + i] : 0;
}

// The tiles [t0, t1) times the blocks [b0, b1); a block counts through the groups.
void RunPart(const Conv& c, int64_t t0, int64_t t1, int64_t b0, int64_t b1) {
  const float* a[kMaxPointers];
  float bias[kMaxGemmColumns];
  for (int64_t t = t0; t < t1; ++t) {
    const int64_t in_run = t % c.tiles_per_run * c.gemm->mr;
    const int64_t left = c.run - in_run;
    const int64_t rows = left < c.gemm->mr ? left : c.gemm->mr;
    const Pixel first = PixelAt(*c.y, t / c.tiles_per_run * c.run + in_run);
    int64_t pointed_group = -1;
    for (int64_t b = b0; b < b1; ++b) {
      const int64_t group = b / c.blocks_per_group;
      const int64_t column = b % c.blocks_per_group * c.gemm->nr;
      if (group != pointed_group) PointAtRows(c, first, rows, group, a);
      pointed_group = group;
      GemmF32Tile tile;
      tile.rows = static_cast<size_t>(rows);
      const int64_t columns = c.group_out - column;
      tile.cols = static_cast<size_t>(columns < c.gemm->nr ? columns : c.gemm->nr);
      tile.ks = static_cast<size_t>(c.area() * c.pointers);
      tile.kc = static_cast<size_t>(c.group_in / c.pointers);
      tile.a = a;
      tile.b = reinterpret_cast<const float*>(c.weights + group * c.group_bytes + column / kPanelColumns * c.panel_bytes);
      tile.b_panel_bytes = static_cast<size_t>(c.panel_bytes);
      tile.bias = c.bias + column;
      if (c.p.groups != 1) {
        CopyBias(c, group, column, static_cast<int64_t>(tile.cols), bias);
        tile.bias = bias;
      }
      const int64_t channel = (group * c.group_out + column) * static_cast<int64_t>(sizeof(float));
      tile.c = reinterpret_cast<float*>(AddressOf(*c.y, first) + channel);
      tile.c_row_bytes = static_cast<size_t>(PixelStride(*c.y));
      tile.residual = nullptr;
      tile.residual_row_bytes = 0;
      if (c.residual != nullptr) {
        tile.residual = reinterpret_cast<const float*>(AddressOf(*c.residual, first) + channel);
        tile.residual_row_bytes = static_cast<size_t>(PixelStride(*c.residual));
      }
      tile.lo = c.p.clamp.lo;
      tile.hi = c.p.clamp.hi;
      c.gemm->run(tile);
    }
  }
}

void Run(const KernelArgs& args) {
  const Conv c = MakeConv(args);
  const int64_t blocks = c.blocks_per_group * c.p.groups;
  const int64_t work = c.area() * c.group_in * c.gemm->mr * c.gemm->nr;  // of one tile times one block
  if (c.tiles >= blocks) {
    ParallelFor(args, static_cast<size_t>(c.tiles), GrainOf(work * blocks),
                [&](size_t begin, size_t end) { RunPart(c, static_cast<int64_t>(begin), static_cast<int64_t>(end), 0, blocks); });
    return;
  }
  // Few pixels, many channels: block by block, so that each panel is fetched from memory once and stays in the cache for all tiles.
  ParallelFor(args, static_cast<size_t>(blocks), GrainOf(work * c.tiles), [&](size_t begin, size_t end) {
    for (size_t b = begin; b < end; ++b) RunPart(c, 0, c.tiles, static_cast<int64_t>(b), static_cast<int64_t>(b) + 1);
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_conv2d_f32__any_indirect;
const Kernel adze_conv2d_f32__any_indirect = {Run};
}

}  // namespace adze
