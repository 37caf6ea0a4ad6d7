// SPDX-License-Identifier: Apache-2.0
// conv2d on weights packed for Winograd, as op-registry/core/winograd.h defines it: plain float sums over its matrices, zeros left out.
#include "kernels/contract/kernel.h"
#include "op-registry/core/op.h"
#include "op-registry/core/winograd.h"
#include "op-registry/ops/conv2d.h"

namespace adze {
namespace {

const float* At(const Tensor& t, int64_t n, int64_t h, int64_t w, int64_t c) {
  return reinterpret_cast<const float*>(t.data + n * t.strides[0] + h * t.strides[1] + w * t.strides[2] + c * t.strides[3]);
}

// out = left in left-transposed, for a matrix `left` [rows][6] and `in` [6][6].
template <int kRows>
void Sandwich(const float (&left)[kRows][6], const float (&in)[6][6], float (&out)[kRows][kRows]) {
  float half[kRows][6] = {};
  for (int i = 0; i < kRows; ++i) {
    for (int j = 0; j < 6; ++j) {
      for (int k = 0; k < 6; ++k) half[i][j] += left[i][k] != 0 ? left[i][k] * in[k][j] : 0;
    }
  }
  for (int i = 0; i < kRows; ++i) {
    for (int j = 0; j < kRows; ++j) {
      out[i][j] = 0;
      for (int k = 0; k < 6; ++k) out[i][j] += left[j][k] != 0 ? half[i][k] * left[j][k] : 0;
    }
  }
}

// v [Cin][6][6]: the transformed patches behind the outputs from (h0, w0) on.
void TransformPatch(const Conv2dParams& p, const Tensor& x, int64_t n, int64_t h0, int64_t w0, float (*v)[6][6]) {
  for (int64_t c = 0; c < x.dim(3); ++c) {
    float d[6][6];
    for (int i = 0; i < 6; ++i) {
      for (int j = 0; j < 6; ++j) {
        const int64_t h = h0 - p.pad_top + i, w = w0 - p.pad_left + j;
        d[i][j] = h >= 0 && h < x.dim(1) && w >= 0 && w < x.dim(2) ? *At(x, n, h, w, c) : 0;
      }
    }
    Sandwich(kWinogradBt, d, v[c]);
  }
}

// The tile of output channel `o` before bias, residual and clamp.
void MakeTile(const Tensor& weights, const float (*v)[6][6], int64_t o, float (&tile)[4][4]) {
  const int64_t panels = weights.dim(1), c_in = weights.dim(2);
  float m[6][6] = {};
  for (int64_t c = 0; c < c_in; ++c) {
    for (int64_t s = 0; s < kWinogradPositions; ++s) {
      const int64_t at = ((s * panels + o / kPanelColumns) * c_in + c) * kPanelColumns + o % kPanelColumns;
      m[s / 6][s % 6] += v[c][s / 6][s % 6] * weights.as<const float>()[at];
    }
  }
  Sandwich(kWinogradAt, m, tile);
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<Conv2dParams>(args.params);
  const Tensor& y = *args.out[0];
  auto* v = reinterpret_cast<float(*)[6][6]>(args.scratch);
  const int64_t tile_rows = (y.dim(1) + 3) / 4, tile_columns = (y.dim(2) + 3) / 4;
  for (int64_t t = 0; t < y.dim(0) * tile_rows * tile_columns; ++t) {
    const int64_t n = t / tile_columns / tile_rows, h0 = t / tile_columns % tile_rows * 4, w0 = t % tile_columns * 4;
    TransformPatch(p, *args.in[0], n, h0, w0, v);
    for (int64_t o = 0; o < y.dim(3); ++o) {
      float tile[4][4];
      MakeTile(*args.in[1], v, o, tile);
      for (int64_t h = h0; h < y.dim(1) && h < h0 + 4; ++h) {
        for (int64_t w = w0; w < y.dim(2) && w < w0 + 4; ++w) {
          float sum = tile[h - h0][w - w0] + args.in[2]->as<const float>()[o];
          if (p.has_residual != 0) sum += *At(*args.in[args.n_in - 1], n, h, w, o);
          sum = sum < p.clamp.lo ? p.clamp.lo : sum > p.clamp.hi ? p.clamp.hi : sum;
          *const_cast<float*>(At(y, n, h, w, o)) = sum;
        }
      }
    }
  }
}

}  // namespace

extern "C" {
extern const Kernel adze_conv2d_f32__reference_winograd;
const Kernel adze_conv2d_f32__reference_winograd = {Run};
}

}  // namespace adze
