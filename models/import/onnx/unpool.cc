// SPDX-License-Identifier: Apache-2.0
// ONNX MaxPool's indices, and what puts windows back in their places: MaxUnpool, Col2Im. From gathers and scatters: few models hold them.
#include "models/import/onnx/unpool.h"

#include <algorithm>
#include <cmath>

#include "op-registry/ops/indexed.h"
#include "op-registry/ops/reduce.h"

namespace adze::import {
namespace {

// x along `axis`, the elements of each window side by side; padding is minus infinity.
int WindowsSideBySide(OnnxNode& node, int x, size_t axis, const WindowDim& w) {
  std::vector<int64_t> before(node.DimsOf(x).size(), 0), after = before;
  before[axis] = w.pad_before;
  after[axis] = w.pad_after;
  const int padded = node.Pad(x, before, after, BytesOf(std::vector<float>{-INFINITY}));
  CheckedElements({PositionsOf(w), w.kernel}, DType::kI64);
  node.builder().Charge(PositionsOf(w) * w.kernel * static_cast<int64_t>(sizeof(int64_t)));  // before the indices are there
  std::vector<int64_t> at;
  for (int64_t o = 0; o < PositionsOf(w); ++o) {
    for (int64_t k = 0; k < w.kernel; ++k) at.push_back(o * w.stride + k * w.dilation);
  }
  const int indices = node.Constant("windows", DType::kI64, {PositionsOf(w), w.kernel}, BytesOf(at));
  return node.Gather(padded, indices, static_cast<int>(axis), 0);
}

// The place in a picture of element `k` of window `o`, for all pairs; 0 for padding, which is never the maximum.
std::vector<int64_t> PlacesOf(const Windows& w, bool by_column) {
  std::vector<int64_t> places;
  const auto inside = [](const WindowDim& d, int64_t at) { return std::clamp<int64_t>(at - d.pad_before, 0, d.size - 1); };
  for (int64_t h = 0; h < PositionsOf(w[0]); ++h) {
    for (int64_t v = 0; v < PositionsOf(w[1]); ++v) {
      for (int64_t i = 0; i < w[0].kernel; ++i) {
        for (int64_t j = 0; j < w[1].kernel; ++j) {
          const int64_t row = inside(w[0], h * w[0].stride + i * w[0].dilation), column = inside(w[1], v * w[1].stride + j * w[1].dilation);
          places.push_back(by_column ? column * w[0].size + row : row * w[1].size + column);
        }
      }
    }
  }
  return places;
}

std::vector<int64_t> Multiples(int64_t count, int64_t of) {
  std::vector<int64_t> v;
  for (int64_t i = 0; i < count; ++i) v.push_back(i * of);
  return v;
}

// Zeros that a scatter writes into.
int Zeros(OnnxNode& node, DType dtype, const Dims& dims) { return node.Expand(node.Number(dtype, 0), dims); }

// x [N, C, pooled...] and the indices of its elements in [N, C, out...], which a larger output_shape then surrounds at the end.
void MaxUnpool(OnnxNode& node) {
  const std::vector<int64_t> kernel = node.IntsAttribute("kernel_shape");
  std::vector<int64_t> strides = node.IntsAttribute("strides"), pads = node.IntsAttribute("pads");
  const int x = node.FloatInput(0), indices = node.Input(1);
  const Dims dx = node.DimsOf(x);
  const size_t spatial = kernel.size();
  if (strides.empty()) strides.assign(spatial, 1);
  if (pads.empty()) pads.assign(2 * spatial, 0);
  if (dx.size() != spatial + 2 || strides.size() != spatial || pads.size() != 2 * spatial || node.DimsOf(indices) != dx)
    throw ContradictionError("kernel_shape, strides, pads and indices do not fit an input of shape " + DimsText(dx));
  Dims out = {dx[0], dx[1]};
  for (size_t i = 0; i < spatial; ++i) out.push_back((dx[2 + i] - 1) * strides[i] + kernel[i] - pads[i] - pads[spatial + i]);
  const int64_t count = CheckedElements(out, DType::kF32), given = ProductOf(dx, 0, dx.size());
  const int scattered =
      node.Emit("scatter_elements", {Zeros(node, DType::kF32, {count}), node.Reshape(indices, {given}), node.Reshape(x, {given})},
                ScatterElementsParams{});
  int y = node.Reshape(scattered, out);
  if (node.HasInput(2)) {
    const std::vector<int64_t> shape = node.IntsInput(2, "the output's shape");
    if (shape.size() != out.size()) throw ContradictionError("the output's shape " + DimsText(shape) + " does not fit the input");
    std::vector<int64_t> after;
    for (size_t i = 0; i < out.size(); ++i) after.push_back(shape[i] - out[i]);
    y = node.PadBy(PadMode::kConstant, y, std::vector<int64_t>(out.size(), 0), after, Bytes(sizeof(float), 0));
  }
  node.SetOutput(y);
}

// [N, C * block, windows] summed into [N, C, image...]: element k of window o adds to where the window reads it.
void Col2Im(OnnxNode& node) {
  std::vector<int64_t> dilations = node.IntsAttribute("dilations"), pads = node.IntsAttribute("pads"),
                       strides = node.IntsAttribute("strides");
  const int x = node.FloatInput(0);
  const std::vector<int64_t> image = node.IntsInput(1, "the image's shape"), block = node.IntsInput(2, "the block's shape");
  const size_t spatial = image.size();
  if (dilations.empty()) dilations.assign(spatial, 1);
  if (strides.empty()) strides.assign(spatial, 1);
  if (pads.empty()) pads.assign(2 * spatial, 0);
  const Dims dx = node.DimsOf(x);
  if (dx.size() != 3 || spatial == 0 || block.size() != spatial || dilations.size() != spatial || strides.size() != spatial ||
      pads.size() != 2 * spatial)
    throw ContradictionError("image_shape, block_shape and attributes do not fit an input of shape " + DimsText(dx));
  Windows w;
  int64_t volume = 1, windows = 1, padded = 1;
  Dims padded_dims;
  for (size_t i = 0; i < spatial; ++i) {
    w.push_back({image[i], block[i], strides[i], dilations[i], pads[i], pads[spatial + i]});
    CheckWindow(w[i]);
    padded_dims.push_back(image[i] + pads[i] + pads[spatial + i]);
    volume = ProductOf({volume, block[i]}, 0, 2);
    windows = ProductOf({windows, PositionsOf(w[i])}, 0, 2);
    padded = ProductOf({padded, padded_dims[i]}, 0, 2);
  }
  if (dx[2] != windows || dx[1] % volume != 0)
    throw ContradictionError("an input of shape " + DimsText(dx) + " does not hold " + std::to_string(windows) + " windows of " +
                             std::to_string(volume) + " elements");
  const int64_t channels = dx[1] / volume;
  node.builder().Charge(CheckedElements({volume, windows}, DType::kI64) * static_cast<int64_t>(sizeof(int64_t)));  // before they are there
  std::vector<int64_t> places;
  for (int64_t k = 0; k < volume; ++k) {
    for (int64_t o = 0; o < windows; ++o) {
      int64_t rest_k = k, rest_o = o, place = 0, step = 1;
      for (size_t i = spatial; i-- > 0;) {
        const int64_t position = PositionsOf(w[i]);
        place += (rest_o % position * strides[i] + rest_k % block[i] * dilations[i]) * step;
        rest_k /= block[i];
        rest_o /= position;
        step *= padded_dims[i];
      }
      places.push_back(place);
    }
  }
  const int indices = node.Constant("places", DType::kI64, {volume * windows, 1}, BytesOf(places));
  const int updates = node.Rearrange(x, {dx[0] * channels, volume, windows}, {1, 2, 0}, {volume * windows, dx[0] * channels});
  const int sums = node.Emit("scatter_nd", {Zeros(node, DType::kF32, {padded, dx[0] * channels}), indices, updates},
                             ScatterNdParams{ScatterReduction::kAdd});
  Dims all = {dx[0], channels}, cut = all;
  all.insert(all.end(), padded_dims.begin(), padded_dims.end());
  cut.insert(cut.end(), image.begin(), image.end());
  std::vector<int64_t> begin(2, 0);
  begin.insert(begin.end(), pads.begin(), pads.begin() + static_cast<std::ptrdiff_t>(spatial));
  node.SetOutput(node.Slice(node.Reshape(node.Transpose(sums, {1, 0}), all), begin, std::vector<int64_t>(all.size(), 1), cut));
}

}  // namespace

int MaxIndices(OnnxNode& node, int x, const Windows& w, bool by_column, size_t spatial) {
  if (w.size() != 2) throw NodeError("its output Indices is used, which is supported for one and two spatial dims only");
  const Dims d = node.DimsOf(x);
  const int64_t high = PositionsOf(w[0]), wide = PositionsOf(w[1]), area = w[0].kernel * w[1].kernel;
  const int rows = WindowsSideBySide(node, x, 1, w[0]);        // [N, Ho, KH, W, C]
  const int windows = WindowsSideBySide(node, rows, 3, w[1]);  // [N, Ho, KH, Wo, KW, C]
  const int turned = node.Reshape(node.Transpose(windows, {0, 1, 3, 5, 2, 4}), {d[0], high, wide, d[3], area});
  ArgMaxParams p;
  p.axis = 4;
  const int which = node.DropDim(node.EmitAs("arg_max", {turned}, p, DType::kI64, {}), 4);
  node.builder().Charge(CheckedElements({high, wide, area}, DType::kI64) * static_cast<int64_t>(sizeof(int64_t)));
  const int places = node.Constant("places", DType::kI64, {high * wide * area}, BytesOf(PlacesOf(w, by_column)));
  const int first = node.Constant("first", DType::kI64, {1, high, wide, 1}, BytesOf(Multiples(high * wide, area)));
  const int in_picture = node.Gather(places, node.Binary("add", which, first, {}), 0, 0);
  std::vector<int64_t> starts;
  for (int64_t n = 0; n < d[0]; ++n) {
    for (int64_t c = 0; c < d[3]; ++c) starts.push_back((n * d[3] + c) * w[0].size * w[1].size);
  }
  const int pictures = node.Constant("pictures", DType::kI64, {d[0], 1, 1, d[3]}, BytesOf(starts));
  return ChannelsSecond(node, node.Binary("add", in_picture, pictures, {}), spatial);
}

std::vector<OnnxOp> OnnxUnpoolOps() { return {{"MaxUnpool", MaxUnpool}, {"Col2Im", Col2Im}}; }

}  // namespace adze::import
