// SPDX-License-Identifier: Apache-2.0
// ONNX GridSample and AffineGrid.
#include "models/import/onnx/context.h"
#include "op-registry/ops/grid_sample.h"

namespace adze::import {
namespace {

GridSampleParams ReadGridParams(OnnxNode& node) {
  GridSampleParams p;
  const std::string mode = node.StringAttribute("mode", "linear"), padding = node.StringAttribute("padding_mode", "zeros");
  p.align_corners = node.IntAttribute("align_corners", 0) != 0 ? 1 : 0;
  if (mode == "nearest") {
    p.interpolation = GridInterpolation::kNearest;
  } else if (mode == "cubic" || mode == "bicubic") {
    p.interpolation = GridInterpolation::kCubic;
  } else if (mode != "linear" && mode != "bilinear") {  // names changed with opset 20
    throw NodeError("attribute mode has the value " + Quoted(mode) + "; use nearest, linear or cubic");
  }
  if (padding == "border") {
    p.padding = GridPadding::kBorder;
  } else if (padding == "reflection") {
    p.padding = GridPadding::kReflection;
  } else if (padding != "zeros") {
    throw NodeError("attribute padding_mode has the value " + Quoted(padding) + "; use zeros, border or reflection");
  }
  return p;
}

void GridSample(OnnxNode& node) {
  const GridSampleParams p = ReadGridParams(node);
  const int x = node.FloatInput(0), grid = node.FloatInput(1);
  const int rank = node.RankOf(x);
  if (rank != 4 && rank != 5) throw NodeError("the input has shape " + DimsText(node.DimsOf(x)) + "; it must have rank 4 or 5");
  const Dims dims = node.DimsOf(x), where = node.DimsOf(grid);
  if (static_cast<int>(where.size()) != rank || where[0] != dims[0] || where.back() != rank - 2)
    throw ContradictionError("a grid of shape " + DimsText(where) + " does not fit " + DimsText(dims));
  std::vector<int> last = {0}, first = {0, rank - 1};
  for (int d = 2; d < rank; ++d) last.push_back(d);
  for (int d = 1; d + 1 < rank; ++d) first.push_back(d);
  last.push_back(1);
  node.SetOutput(node.Transpose(node.Emit("grid_sample", {node.Transpose(x, last), grid}, p), first));
}

// The places of `n` elements in -1 .. 1: the centres of as many pixels, or with align_corners from end to end.
std::vector<float> Places(int64_t n, bool align_corners) {
  std::vector<float> places;
  for (int64_t i = 0; i < n; ++i) {
    const double at = align_corners ? (n == 1 ? -1 : 2.0 * static_cast<double>(i) / static_cast<double>(n - 1) - 1)
                                    : (2.0 * static_cast<double>(i) + 1) / static_cast<double>(n) - 1;
    places.push_back(static_cast<float>(at));
  }
  return places;
}

// A product of all points with theta: the points, innermost axis first and then 1, are a constant.
void AffineGrid(OnnxNode& node) {
  const bool align_corners = node.IntAttribute("align_corners", 0) != 0;
  const int theta = node.FloatInput(0);
  const std::vector<int64_t> size = node.IntsInput(1, "the size");
  const auto axes = static_cast<int64_t>(size.size()) - 2;
  if (axes < 2 || axes > 3) throw ContradictionError("the size " + DimsText(size) + " must have four or five elements");
  const Dims dims = node.DimsOf(theta);
  if (dims != Dims{size[0], axes, axes + 1})
    throw ContradictionError("theta of shape " + DimsText(dims) + " does not fit the size " + DimsText(size));
  Dims out = {size[0]};
  out.insert(out.end(), size.begin() + 2, size.end());
  const int64_t points = ProductOf(size, 2, size.size());
  node.builder().Charge(CheckedElements({points, axes + 1}, DType::kF32) * 4);  // before the bytes are there
  std::vector<float> base(static_cast<size_t>(points * (axes + 1)), 1.0f);
  int64_t inner = 1;
  for (int64_t k = 0; k < axes; ++k) {
    const int64_t n = size[static_cast<size_t>(axes + 1 - k)];
    const std::vector<float> places = Places(n, align_corners);
    for (int64_t i = 0; i < points; ++i) base[static_cast<size_t>(i * (axes + 1) + k)] = places[static_cast<size_t>(i / inner % n)];
    inner *= n;
  }
  out.push_back(axes);
  const int product = node.BatchedProduct(node.FloatConstant("points", {1, points, axes + 1}, base), node.Transpose(theta, {0, 2, 1}));
  node.SetOutput(node.Reshape(product, out));
}

}  // namespace

std::vector<OnnxOp> OnnxGridOps() { return {{"GridSample", GridSample}, {"AffineGrid", AffineGrid}}; }

}  // namespace adze::import
