// SPDX-License-Identifier: Apache-2.0
// TFLite ops that add or drop elements: SLICE, STRIDED_SLICE, PAD, PADV2.
#include <algorithm>

#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

void CheckCount(const std::vector<int64_t>& v, int rank, const char* what) {
  if (static_cast<int>(v.size()) != rank) {
    throw ContradictionError(std::string(what) + " has " + std::to_string(v.size()) + " elements but the input has rank " +
                             std::to_string(rank));
  }
}

void Slice(TfliteNode& node) {
  const int x = node.MovedInput(0);
  const Dims dims = node.DimsOf(x);
  const std::vector<int64_t> begin = node.IntsInput(1, "begin");
  Dims size = node.IntsInput(2, "size");
  CheckCount(begin, node.RankOf(x), "begin");
  CheckCount(size, node.RankOf(x), "size");
  for (size_t i = 0; i < dims.size(); ++i) {
    if (begin[i] < 0 || begin[i] > dims[i])
      throw ContradictionError("begin " + DimsText(begin) + " lies outside the shape " + DimsText(dims));
    if (size[i] == -1) size[i] = dims[i] - begin[i];
    if (size[i] < 0 || size[i] > dims[i] - begin[i])
      throw ContradictionError("size " + DimsText(size) + " lies outside the shape " + DimsText(dims));
  }
  node.SetOutput(node.Slice(x, begin, std::vector<int64_t>(dims.size(), 1), size));
}

bool Bit(int32_t mask, size_t i) { return (static_cast<uint32_t>(mask) >> i & 1) != 0; }

void StridedSlice(TfliteNode& node) {
  const auto& o = node.Options<tflite::StridedSliceOptions>();
  if (o.ellipsis_mask() != 0 || o.new_axis_mask() != 0) throw NodeError("an ellipsis or new axis is not supported; write all axes out");
  const int x = node.MovedInput(0);
  const Dims dims = node.DimsOf(x);
  std::vector<int64_t> begin = node.IntsInput(1, "begin"), end = node.IntsInput(2, "end"), step = node.IntsInput(3, "strides");
  if (begin.size() != end.size() || begin.size() != step.size() || begin.size() > dims.size()) {
    throw ContradictionError("begin, end and strides must have equal lengths of at most the input's rank " + std::to_string(dims.size()));
  }
  const size_t given = begin.size();
  begin.resize(dims.size(), 0);
  step.resize(dims.size(), 1);
  Dims size = dims, kept;
  for (size_t i = 0; i < dims.size(); ++i) {
    if (step[i] < 1) throw NodeError("the stride " + std::to_string(step[i]) + " is not supported; strides must be at least 1");
    if (i >= given) {
      kept.push_back(size[i]);
      continue;
    }
    const int64_t d = dims[i];
    const bool shrink = Bit(o.shrink_axis_mask(), i);
    if (Bit(o.begin_mask(), i) && !shrink) begin[i] = 0;
    if (begin[i] < 0) begin[i] += d;
    if (shrink && (begin[i] < 0 || begin[i] >= d))
      throw ContradictionError("begin " + DimsText(begin) + " lies outside the shape " + DimsText(dims));
    begin[i] = std::clamp<int64_t>(begin[i], 0, d);
    // With `offset`, end counts from begin. No dim is longer than 2^31, so a larger end says no more.
    end[i] = std::clamp<int64_t>(end[i], -(int64_t{1} << 32), int64_t{1} << 32);
    int64_t last = o.offset() ? begin[i] + end[i] : end[i] < 0 ? end[i] + d : end[i];
    if (Bit(o.end_mask(), i)) last = d;
    if (shrink) last = begin[i] + 1;
    last = std::clamp<int64_t>(last, 0, d);
    size[i] = last <= begin[i] ? 0 : (last - begin[i] - 1) / step[i] + 1;
    if (!shrink) kept.push_back(size[i]);
  }
  node.SetOutput(node.Reshape(node.Slice(x, begin, step, size), kept));
}

Bytes PadElement(TfliteNode& node, int x) {
  const DType dtype = node.TypeOf(x);
  Bytes element(DTypeBytes(dtype), 0);
  if (node.HasInput(2)) {
    const int value = node.ConstantInput(2, "the padding value");
    if (node.TypeOf(value) != dtype || node.DataOf(value).size() != element.size())
      throw ContradictionError("the padding value must be one element");
    return node.DataOf(value);
  }
  const graph::Quantization& q = node.builder().At(x).quantization;
  const bool quantized = (dtype == DType::kI8 || dtype == DType::kU8) && !q.zero_point.empty();
  if (quantized) element[0] = static_cast<uint8_t>(q.zero_point[0]);  // a real 0
  return element;
}

void Pad(TfliteNode& node) {
  const int x = node.MovedInput(0);
  const Dims shape = node.DimsOf(node.ConstantInput(1, "the paddings"));
  const std::vector<int64_t> paddings = node.IntsInput(1, "the paddings");
  if (shape != Dims{node.RankOf(x), 2}) throw ContradictionError("paddings of shape " + DimsText(shape) + "; it must be [rank, 2]");
  std::vector<int64_t> before, after;
  for (size_t i = 0; i < paddings.size(); i += 2) {
    before.push_back(paddings[i]);
    after.push_back(paddings[i + 1]);
  }
  node.SetOutput(node.Pad(x, before, after, PadElement(node, x)));
}

}  // namespace

std::vector<TfliteOp> TfliteSliceOps() {
  return {{65, "SLICE", Slice}, {45, "STRIDED_SLICE", StridedSlice}, {34, "PAD", Pad}, {60, "PADV2", Pad}};
}

}  // namespace adze::import
