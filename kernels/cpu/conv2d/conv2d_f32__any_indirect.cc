// SPDX-License-Identifier: Apache-2.0
// conv2d as an indirect matrix product: output pixels are rows, output channels columns, and each row reads its input through pointers.
#include "kernels/contract/gemm.h"
#include "kernels/contract/kernel.h"
#include "kernels/contract/split.h"
#include "kernels/cpu/conv2d/row_pointers.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

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
  Picture picture;
  const Tensor* y;
  const Tensor* residual;  // null: none
  const uint8_t* weights;
  const float* bias;
  const GemmF32Ukernel* gemm;
  int64_t group_in, group_out;  // channels of one group
  int64_t panel_bytes, group_bytes;
  int64_t run, tiles_per_run;  // pixels and tiles of a uniform run
  int64_t tiles, blocks_per_group, chunk_blocks;
};

Conv MakeConv(const KernelArgs& args) {
  Conv c;
  c.p = ParamsOf<Conv2dParams>(args.params);
  const Tensor& x = *args.in[0];
  c.y = args.out[0];
  c.residual = c.p.has_residual != 0 ? args.in[args.n_in - 1] : nullptr;
  c.weights = args.in[1]->data;
  c.bias = args.in[2]->as<const float>();
  c.gemm = static_cast<const GemmF32Ukernel*>(args.ukernels[0]);
  c.group_in = x.dim(3) / c.p.groups;
  c.group_out = c.p.channels_out / c.p.groups;
  c.picture = MakePicture(c.p, x, *c.y, MakeZeros(c.p, c.group_in * c.p.kernel_w, args.scratch), c.gemm->mr);
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

// The bias of a block of one group among several: micro-kernels read whole panels, which in the last groups would reach past the tensor.
void CopyBias(const Conv& c, int64_t channel, int64_t columns, float* to) {
  for (int64_t i = 0; i < kMaxGemmColumns; ++i) to[i] = i < columns ? c.bias[channel + i] : 0;
}

// The tiles [t0, t1) times `columns` columns of a group, from column `column` on.
void RunChunk(const Conv& c, int64_t t0, int64_t t1, int64_t group, int64_t column, int64_t columns) {
  const float* a[kMaxPointers];
  float strip[kStripFloats];
  float bias[kMaxGemmColumns];
  GemmF32Tile tile;
  tile.a = a;
  tile.cols = static_cast<size_t>(columns);
  const uint8_t* const b = c.weights + group * c.group_bytes + column / kPanelColumns * c.panel_bytes;
  tile.b_panel_bytes = static_cast<size_t>(c.panel_bytes);
  const int64_t channel = group * c.group_out + column;
  tile.bias = c.bias + channel;
  if (c.p.groups != 1) {
    CopyBias(c, channel, columns, bias);
    tile.bias = bias;
  }
  tile.c_row_bytes = static_cast<size_t>(PixelStride(*c.y));
  tile.residual = nullptr;
  // Channels without a residual come last.
  const int64_t with_residual = c.residual != nullptr ? c.residual->dim(3) - channel : 0;
  tile.residual_cols = static_cast<size_t>(with_residual < columns ? with_residual : columns);
  tile.residual_row_bytes = c.residual != nullptr ? static_cast<size_t>(PixelStride(*c.residual)) : 0;
  tile.lo = c.p.clamp.lo;
  tile.hi = c.p.clamp.hi;
  const int64_t mr = c.gemm->mr;
  const int64_t first_channel = group * c.group_in * c.picture.x->strides[3];
  const int64_t kernel_row_bytes = c.p.kernel_w * c.group_in * kPanelColumns * static_cast<int64_t>(sizeof(float));
  int64_t in_run = t0 % c.tiles_per_run * mr;
  Pixel pixel = PixelAt(*c.y, t0 / c.tiles_per_run * c.run + in_run);
  const int64_t chunk_bytes = (columns + kPanelColumns - 1) / kPanelColumns * c.panel_bytes;
  tile.ahead_step = AheadStep(t1 - t0);
  for (int64_t t = t0; t < t1;) {
    const int64_t left = c.run - in_run;
    const int64_t most = left < (t1 - t) * mr ? left : (t1 - t) * mr;
    const Reach reach = Point(c.picture, pixel, left < mr ? left : mr, most, first_channel, a, strip);
    tile.rows = static_cast<size_t>(reach.pixels);
    tile.ks = static_cast<size_t>(reach.ks);
    tile.kc = static_cast<size_t>(reach.kc);
    tile.a_step_bytes = static_cast<size_t>(reach.step);
    tile.b = reinterpret_cast<const float*>(b + reach.first_row * kernel_row_bytes);
    tile.ahead = b + chunk_bytes + chunk_bytes * (t - t0) / (t1 - t0);
    tile.c = reinterpret_cast<float*>(AddressOf(*c.y, pixel)) + channel;
    if (with_residual > 0) tile.residual = reinterpret_cast<float*>(AddressOf(*c.residual, pixel)) + channel;
    c.gemm->run(tile);
    t += (reach.pixels + mr - 1) / mr;
    in_run = reach.pixels == left ? 0 : in_run + reach.pixels;
    for (pixel.wo += reach.pixels; pixel.wo >= c.y->dim(2);) {
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
