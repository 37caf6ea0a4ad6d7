// SPDX-License-Identifier: Apache-2.0
// conv2d 3 x 3 of stride 1 by Winograd's F(4 x 4, 3 x 3): patches of a block of tiles are transformed, multiplied as 36 matrix products
// [tiles x Cin] x [Cin x Cout], and transformed back.
//
// Threads share each step of a block, so that scratch is that of one block whatever their number, and each fetches its part of the weights.
// Every output is computed from the same operations in the same order wherever a range begins.
#include "kernels/contract/gemm.h"
#include "kernels/contract/kernel.h"
#include "kernels/contract/split.h"
#include "kernels/contract/winograd.h"
#include "kernels/cpu/conv2d/conv2d.rows.h"
#include "kernels/cpu/conv2d/window_walk.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

constexpr float kInfinity = __builtin_inff();
constexpr int64_t kLineFloats = 16;

// Floats from one position to the next: an odd number of cache lines, for 36 of them at a power of two would share a few sets of the cache.
int64_t PositionFloats(int64_t tiles, int64_t row) { return (tiles * row / kLineFloats | 1) * kLineFloats; }

struct Winograd {
  Conv2dParams p;
  const Tensor* x;
  const Tensor* y;
  const Tensor* residual;  // null: none
  const float* weights;
  const float* bias;
  const GemmF32Ukernel* gemm;
  const WinogradF32Ukernel* transform;
  int64_t c_in, c_out, in_row, out_row;  // rows of v and m are whole cache lines
  int64_t tile_rows, tile_columns, tiles, block;
  int64_t in_position, out_position;
  const float* zeros;
  float* v;  // [36][block][in_row]
  float* m;  // [36][block][out_row]
};

Winograd MakeWinograd(const KernelArgs& args) {
  Winograd w;
  w.p = ParamsOf<Conv2dParams>(args.params);
  w.x = args.in[0];
  w.y = args.out[0];
  w.residual = w.p.has_residual != 0 ? args.in[args.n_in - 1] : nullptr;
  w.weights = args.in[1]->as<const float>();
  w.bias = args.in[2]->as<const float>();
  w.gemm = static_cast<const GemmF32Ukernel*>(args.ukernels[0]);
  w.transform = static_cast<const WinogradF32Ukernel*>(args.ukernels[1]);
  w.c_in = w.x->dim(3);
  w.c_out = w.p.channels_out;
  w.in_row = RoundUp(w.c_in, kLineFloats);
  w.out_row = RoundUp(w.c_out, kLineFloats);
  w.tile_rows = (w.y->dim(1) + kWinogradOut - 1) / kWinogradOut;
  w.tile_columns = (w.y->dim(2) + kWinogradOut - 1) / kWinogradOut;
  w.tiles = w.y->dim(0) * w.tile_rows * w.tile_columns;
  // Blocks of about equal size, of whole tiles of the products where there is room.
  const int64_t most = WinogradTiles(w.c_in + w.c_out);
  const int64_t blocks = (w.tiles + most - 1) / most;
  w.block = blocks == 0 ? 0 : (w.tiles + blocks - 1) / blocks;
  const int64_t whole = RoundUp(w.block, w.gemm->mr);
  if (whole <= most) w.block = whole;
  w.in_position = PositionFloats(w.block, w.in_row);
  w.out_position = PositionFloats(w.block, w.out_row);
  auto* scratch = reinterpret_cast<float*>(args.scratch);
  const int64_t zeros = w.in_row > w.out_row ? w.in_row : w.out_row;
  std::memset(scratch, 0, static_cast<size_t>(zeros) * sizeof(float));
  w.zeros = scratch;
  w.v = scratch + zeros;
  w.m = w.v + kWinogradPositions * w.in_position;
  return w;
}

// The first output pixel of a tile.
Pixel CornerOf(const Winograd& w, int64_t tile) {
  const int64_t row = tile / w.tile_columns;
  return {row / w.tile_rows, row % w.tile_rows * kWinogradOut, tile % w.tile_columns * kWinogradOut};
}

void TransformInput(const Winograd& w, int64_t first, int64_t i) {
  const Pixel corner = CornerOf(w, first + i);
  const float* x[kWinogradPositions];
  const float** to = x;
  for (int64_t kh = 0; kh < kWinogradIn; ++kh) {
    const int64_t h = corner.ho - w.p.pad_top + kh;
    const bool row_inside = IsInside(h, w.x->dim(1));
    for (int64_t kw = 0; kw < kWinogradIn; ++kw) {
      const int64_t v = corner.wo - w.p.pad_left + kw;
      const bool inside = row_inside && IsInside(v, w.x->dim(2));
      *to++ = inside ? reinterpret_cast<const float*>(AddressOf(*w.x, {corner.n, h, v})) : w.zeros;
    }
  }
  w.transform->input({x, static_cast<size_t>(w.c_in), w.v + i * w.in_row, static_cast<size_t>(w.in_position) * sizeof(float)});
}

// Item `i` of [0, 36 * row_tiles): mr rows of one position.
void Multiply(const Winograd& w, int64_t rows_of_block, int64_t row_tiles, int64_t i) {
  const int64_t mr = w.gemm->mr;
  const int64_t position = i / row_tiles;
  const int64_t first = i % row_tiles * mr;
  const int64_t rows = rows_of_block - first < mr ? rows_of_block - first : mr;
  const float* a[kMaxGemmRows];
  const float* from = w.v + position * w.in_position + first * w.in_row;
  for (int64_t r = 0; r < mr; ++r) a[r] = from + (r < rows ? r : rows - 1) * w.in_row;
  GemmF32Tile tile;
  tile.rows = static_cast<size_t>(rows);
  tile.cols = static_cast<size_t>(w.c_out);
  tile.ks = 1;
  tile.kc = static_cast<size_t>(w.c_in);
  tile.a = a;
  tile.a_step_bytes = 0;
  const int64_t weights = w.out_row * w.c_in;
  tile.b = w.weights + position * weights;
  tile.ahead = tile.b + weights + weights * (i % row_tiles) / row_tiles;
  tile.ahead_step = AheadStep(row_tiles);
  tile.b_panel_bytes = static_cast<size_t>(w.c_in) * kPanelColumns * sizeof(float);
  tile.bias = w.zeros;
  tile.c = w.m + position * w.out_position + first * w.out_row;
  tile.c_row_bytes = static_cast<size_t>(w.out_row) * sizeof(float);
  tile.residual = nullptr;
  tile.residual_cols = 0;
  tile.residual_row_bytes = 0;
  tile.lo = -kInfinity;
  tile.hi = kInfinity;
  w.gemm->run(tile);
}

void TransformOutput(const Winograd& w, int64_t first, int64_t i) {
  const Pixel corner = CornerOf(w, first + i);
  const int64_t rows = w.y->dim(1) - corner.ho;
  const int64_t pixels = w.y->dim(2) - corner.wo;
  WinogradF32Output tile;
  tile.m = w.m + i * w.out_row;
  tile.position_bytes = static_cast<size_t>(w.out_position) * sizeof(float);
  tile.channels = static_cast<size_t>(w.c_out);
  tile.bias = w.bias;
  tile.rows = static_cast<size_t>(rows < kWinogradOut ? rows : kWinogradOut);
  tile.pixels = static_cast<size_t>(pixels < kWinogradOut ? pixels : kWinogradOut);
  tile.y = reinterpret_cast<float*>(AddressOf(*w.y, corner));
  tile.y_row_bytes = static_cast<size_t>(w.y->strides[1]);
  tile.y_pixel_bytes = static_cast<size_t>(w.y->strides[2]);
  const Tensor& r = w.residual != nullptr ? *w.residual : *w.y;
  tile.residual = w.residual != nullptr ? reinterpret_cast<const float*>(AddressOf(r, corner)) : nullptr;
  tile.residual_row_bytes = static_cast<size_t>(r.strides[1]);
  tile.residual_pixel_bytes = static_cast<size_t>(r.strides[2]);
  tile.lo = w.p.clamp.lo;
  tile.hi = w.p.clamp.hi;
  w.transform->output(tile);
}

template <typename Fn>
void ForEach(const KernelArgs& args, int64_t n, int64_t work, const Fn& f) {
  ParallelFor(args, static_cast<size_t>(n), GrainOf(work), [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) f(static_cast<int64_t>(i));
  });
}

void Run(const KernelArgs& args) {
  const Winograd w = MakeWinograd(args);
  // Of one tile, in multiply-adds that take as long.
  const int64_t transform_work = kWinogradPositions * 16;
  for (int64_t first = 0; first < w.tiles; first += w.block) {
    const int64_t tiles = w.tiles - first < w.block ? w.tiles - first : w.block;
    const int64_t row_tiles = (tiles + w.gemm->mr - 1) / w.gemm->mr;
    ForEach(args, tiles, transform_work * w.c_in, [&](int64_t i) { TransformInput(w, first, i); });
    ForEach(args, kWinogradPositions * row_tiles, w.c_in * w.c_out * w.gemm->mr, [&](int64_t i) { Multiply(w, tiles, row_tiles, i); });
    ForEach(args, tiles, transform_work * w.c_out, [&](int64_t i) { TransformOutput(w, first, i); });
  }
}

}  // namespace

extern "C" {
extern const Kernel adze_conv2d_f32__any_winograd;
const Kernel adze_conv2d_f32__any_winograd = {Run};
}

}  // namespace adze
