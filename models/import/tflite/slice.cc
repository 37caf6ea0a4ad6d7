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

// A strided slice spelled out: one entry for each dim of the input, and what becomes of it.
struct StridedDims {
  std::vector<int64_t> begin, step;
  Dims size, kept;
};

// `spec` entries are dims of the input in order but for new axes, which the output has more, and an ellipsis, which stands for as many whole
// dims as are missing.
class StridedReader {
 public:
  StridedReader(TfliteNode& node, int x) : o_(node.Options<tflite::StridedSliceOptions>()), dims_(node.DimsOf(x)) {
    begin_ = node.IntsInput(1, "begin");
    end_ = node.IntsInput(2, "end");
    step_ = node.IntsInput(3, "strides");
    if (begin_.size() != end_.size() || begin_.size() != step_.size() || begin_.size() > 32)
      throw ContradictionError("begin, end and strides must have equal lengths");
  }

  StridedDims Read() {
    size_t named = 0;  // dims of the input that entries name
    bool ellipsis = false;
    for (size_t i = 0; i < begin_.size(); ++i) {
      if (Bit(o_.ellipsis_mask(), i) && ellipsis) throw ContradictionError("it has two ellipses");
      ellipsis = ellipsis || Bit(o_.ellipsis_mask(), i);
      named += !Bit(o_.ellipsis_mask(), i) && !Bit(o_.new_axis_mask(), i) ? 1 : 0;
    }
    if (named > dims_.size())
      throw ContradictionError("begin, end and strides name " + std::to_string(named) + " dims of shape " + DimsText(dims_));
    for (size_t i = 0; i < begin_.size(); ++i) {
      if (Bit(o_.ellipsis_mask(), i)) {
        for (size_t n = dims_.size() - named; n > 0; --n) Whole();
      } else if (Bit(o_.new_axis_mask(), i)) {
        cut_.kept.push_back(1);
      } else {
        Part(i);
      }
    }
    while (cut_.size.size() < dims_.size()) Whole();
    return cut_;
  }

 private:
  void Add(const AxisCut& c, bool shrink) {
    cut_.begin.push_back(c.begin);
    cut_.step.push_back(c.step);
    cut_.size.push_back(c.size);
    if (!shrink) cut_.kept.push_back(c.size);
  }
  void Whole() { Add({0, 1, dims_[cut_.size.size()]}, false); }
  void Part(size_t i) {
    const int64_t d = dims_[cut_.size.size()];
    const bool back = step_[i] < 0;
    if (Bit(o_.shrink_axis_mask(), i)) {
      const int64_t at = begin_[i] < 0 ? begin_[i] + d : begin_[i];
      if (at < 0 || at >= d) throw ContradictionError("begin " + DimsText(begin_) + " lies outside the shape " + DimsText(dims_));
      return Add({at, 1, 1}, true);
    }
    const int64_t begin = Bit(o_.begin_mask(), i) ? (back ? INT32_MAX : 0) : begin_[i];
    // With `offset`, end counts from begin. No dim is longer than 2^31, so a larger end says no more.
    int64_t end = std::clamp<int64_t>(end_[i], -(int64_t{1} << 32), int64_t{1} << 32);
    if (o_.offset()) end += begin < 0 ? begin + d : begin;
    if (Bit(o_.end_mask(), i)) end = back ? -(int64_t{1} << 32) : INT32_MAX;
    // A start before the first element stays there where the stride is negative: nothing is left.
    if (back && begin + d < 0) return Add({0, 1, 0}, false);
    Add(CutAxis(d, begin, end, step_[i]), false);
  }

  const tflite::StridedSliceOptions& o_;
  const Dims dims_;
  std::vector<int64_t> begin_, end_, step_;
  StridedDims cut_;
};

void StridedSlice(TfliteNode& node) {
  const int x = node.MovedInput(0);
  const StridedDims cut = StridedReader(node, x).Read();
  node.SetOutput(node.Reshape(node.Cut(x, cut.begin, cut.step, cut.size), cut.kept));
}

Bytes PadElement(TfliteNode& node, int x) {
  const DType dtype = node.TypeOf(x);
  if (node.HasInput(2)) {
    const int value = node.ConstantInput(2, "the padding value");
    if (node.TypeOf(value) != dtype || node.DataOf(value).size() != DTypeBytes(dtype))
      throw ContradictionError("the padding value must be one element");
    return node.DataOf(value);
  }
  return node.ZeroElement(x);
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
