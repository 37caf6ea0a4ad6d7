// SPDX-License-Identifier: Apache-2.0
// The steps that importers of all formats share: padding that is negative or repeats what is there.
#include <algorithm>

#include "models/import/lowering.h"

namespace adze::import {

// What stands ahead of and behind an axis is a slice of it, reversed or repeated. Pads beyond one period are added period by period, each
// from what the one before made; only so is their phase right.
int Lowering::PadAxis(PadMode mode, int x, size_t axis, int64_t before, int64_t after) {
  const int64_t d = DimsOf(x)[axis];
  if (d == 0) throw NodeError("an axis without elements cannot be padded by what is there");
  if (d == 1 && mode == PadMode::kReflect) mode = PadMode::kEdge;
  const int64_t period = mode == PadMode::kReflect ? d - 1 : mode == PadMode::kEdge ? INT32_MAX : d;
  const auto part = [&](int from, int64_t begin, int64_t size) {
    Dims dims = DimsOf(from);
    std::vector<int64_t> at(dims.size(), 0);
    at[axis] = begin;
    dims[axis] = size;
    return Slice(from, at, std::vector<int64_t>(dims.size(), 1), dims);
  };
  const auto edge = [&](int from, int64_t begin, int64_t size) {
    Dims dims = DimsOf(from);
    dims[axis] = size;
    return Expand(part(from, begin, 1), dims);
  };
  const uint32_t bit = uint32_t{1} << axis;
  if (before > (int64_t{1} << 20) || after > (int64_t{1} << 20))
    throw NodeError("a padding of more than a million elements is not supported");
  if ((before + after) / period > 1000) throw NodeError("a padding of more than 1000 times the axis is not supported");
  while (before > 0 || after > 0) {
    const int64_t b = std::min(before, period), a = std::min(after, period), n = DimsOf(x)[axis];
    std::vector<int> joined;
    const int64_t skip = mode == PadMode::kReflect ? 1 : 0;
    if (b > 0) {
      joined.push_back(mode == PadMode::kEdge   ? edge(x, 0, b)
                       : mode == PadMode::kWrap ? part(x, d - b, b)
                                                : Reverse(part(x, skip, b), bit));
    }
    joined.push_back(x);
    if (a > 0) {
      joined.push_back(mode == PadMode::kEdge   ? edge(x, n - 1, a)
                       : mode == PadMode::kWrap ? part(x, n - d, a)
                                                : Reverse(part(x, n - skip - a, a), bit));
    }
    x = Concat(joined, static_cast<int>(axis));
    before -= b;
    after -= a;
  }
  return x;
}

int Lowering::PadBy(PadMode mode, int x, std::vector<int64_t> before, std::vector<int64_t> after, const Bytes& element) {
  Dims cut = DimsOf(x);
  std::vector<int64_t> begin(cut.size(), 0);
  for (size_t i = 0; i < cut.size(); ++i) {
    for (const int64_t pad : {before[i], after[i]}) {
      if (pad < -cut[i] || pad > INT32_MAX)
        throw ContradictionError("the paddings " + DimsText(before) + " and " + DimsText(after) + " do not fit the shape " +
                                 DimsText(DimsOf(x)));
    }
    begin[i] = std::max<int64_t>(0, -before[i]);
    cut[i] -= begin[i] + std::max<int64_t>(0, -after[i]);
    if (cut[i] < 0) throw ContradictionError("the paddings cut more than the shape " + DimsText(DimsOf(x)) + " has");
    before[i] = std::max<int64_t>(0, before[i]);
    after[i] = std::max<int64_t>(0, after[i]);
  }
  x = Slice(x, begin, std::vector<int64_t>(cut.size(), 1), cut);
  if (mode == PadMode::kConstant) return Pad(x, before, after, element);
  for (size_t i = 0; i < cut.size(); ++i) x = PadAxis(mode, x, i, before[i], after[i]);
  return x;
}

}  // namespace adze::import
