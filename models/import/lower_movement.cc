// SPDX-License-Identifier: Apache-2.0
// The steps that importers of all formats share: elements repeated, reversed, cut, split and gathered.
#include <algorithm>
#include <cmath>

#include "models/import/lowering.h"
#include "op-registry/ops/indexed.h"
#include "op-registry/ops/movement.h"

namespace adze::import {

AxisCut CutAxis(int64_t d, int64_t start, int64_t end, int64_t step) {
  if (step == 0) throw DamageError("a step is 0");
  const int64_t lowest = step > 0 ? 0 : -1, highest = step > 0 ? d : d - 1;
  if (start < 0) start += d;
  if (end < 0) end += d;
  start = std::clamp(start, step > 0 ? lowest : std::min<int64_t>(0, highest), highest);
  end = std::clamp(end, lowest, highest);
  const int64_t span = step > 0 ? end - start : start - end;
  // |step| of INT64_MIN does not exist; every step past the span keeps one element.
  const int64_t stride = step < -span ? span + 1 : step < 0 ? -step : step;
  return {start, std::clamp<int64_t>(step, -INT32_MAX, INT32_MAX), span <= 0 ? 0 : (span - 1) / stride + 1};
}

Dims BroadcastDims(const Dims& a, const Dims& b) {
  Dims out(std::max(a.size(), b.size()), 1);
  for (size_t i = 0; i < out.size(); ++i) {
    const int64_t da = i < out.size() - a.size() ? 1 : a[i - (out.size() - a.size())];
    const int64_t db = i < out.size() - b.size() ? 1 : b[i - (out.size() - b.size())];
    if (da != db && da != 1 && db != 1) throw ContradictionError("shapes " + DimsText(a) + " and " + DimsText(b) + " do not fit together");
    out[i] = da == 1 ? db : da;
  }
  return out;
}

int Lowering::Cut(int x, const std::vector<int64_t>& begin, const std::vector<int64_t>& step, const Dims& dims) {
  std::vector<int64_t> first = begin, stride = step;
  uint32_t backwards = 0;
  for (size_t i = 0; i < dims.size(); ++i) {
    if (step[i] > 0 || dims[i] <= 1) continue;
    backwards |= uint32_t{1} << i;
    first[i] = begin[i] + (dims[i] - 1) * step[i];
    stride[i] = -step[i];
  }
  return Reverse(Slice(x, first, stride, dims), backwards);
}

int Lowering::Reverse(int x, uint32_t axes) {
  const Dims dims = DimsOf(x);
  for (size_t i = 0; i < dims.size(); ++i) {
    if (dims[i] <= 1) axes &= ~(uint32_t{1} << i);
  }
  return axes == 0 ? x : Emit("reverse", {x}, ReverseParams{axes});
}

int Lowering::Expand(int x, const Dims& dims) {
  const Dims from = DimsOf(x);
  if (from.size() > dims.size()) throw ContradictionError("shape " + DimsText(from) + " cannot be expanded to " + DimsText(dims));
  Dims wide(dims.size() - from.size(), 1);
  wide.insert(wide.end(), from.begin(), from.end());
  for (size_t i = 0; i < dims.size(); ++i) {
    if (wide[i] != dims[i] && wide[i] != 1)
      throw ContradictionError("shape " + DimsText(from) + " cannot be expanded to " + DimsText(dims));
  }
  CheckedElements(dims, TypeOf(x));
  const int same_rank = Reshape(x, wide);
  return wide == dims ? same_rank : EmitPlain("expand", same_rank, TypeOf(x), dims);
}

// Each dim that repeats is expanded behind a new dim ahead of it, one after another where there is no room for all at once.
int Lowering::Tile(int x, const std::vector<int64_t>& repeats) {
  const Dims dims = DimsOf(x);
  if (repeats.size() != dims.size())
    throw ContradictionError("there are " + std::to_string(repeats.size()) + " repeats for shape " + DimsText(dims));
  for (size_t i = dims.size(); i-- > 0;) {
    if (repeats[i] < 0) throw ContradictionError("a repeat is " + std::to_string(repeats[i]));
    if (repeats[i] == 1) continue;
    const Dims now = DimsOf(x);
    const int64_t outer = ProductOf(now, 0, i), inner = ProductOf(now, i, now.size());
    const int wide = Expand(Reshape(x, {outer, 1, inner}), {outer, repeats[i], inner});
    Dims out = now;
    if (repeats[i] > INT32_MAX || out[i] * repeats[i] > INT32_MAX)
      throw NodeError("a repeat of " + std::to_string(repeats[i]) + " is too large");
    out[i] *= repeats[i];
    x = Reshape(wide, out);
  }
  return x;
}

std::vector<int> Lowering::Split(int x, int axis, const std::vector<int64_t>& sizes) {
  const Dims dims = DimsOf(x);
  const auto at = static_cast<size_t>(axis);
  int64_t total = 0;
  for (const int64_t n : sizes) {
    if (n < 0 || n > dims[at] - total)
      throw ContradictionError("the parts " + DimsText(sizes) + " do not fit axis " + std::to_string(axis) + " of shape " + DimsText(dims));
    total += n;
  }
  if (total != dims[at])
    throw ContradictionError("the parts " + DimsText(sizes) + " do not fill axis " + std::to_string(axis) + " of shape " + DimsText(dims));
  std::vector<int> parts;
  std::vector<int64_t> begin(dims.size(), 0);
  for (const int64_t n : sizes) {
    Dims part = dims;
    part[at] = n;
    parts.push_back(Slice(x, begin, std::vector<int64_t>(dims.size(), 1), part));
    begin[at] += n;
  }
  return parts;
}

int Lowering::Stack(const std::vector<int>& inputs, int axis) {
  std::vector<int> wide;
  for (const int x : inputs) {
    Dims dims = DimsOf(x);
    if (dims != DimsOf(inputs[0]))
      throw ContradictionError("shapes " + DimsText(DimsOf(inputs[0])) + " and " + DimsText(dims) + " cannot be stacked");
    dims.insert(dims.begin() + axis, 1);
    wide.push_back(Reshape(x, dims));
  }
  return Concat(wide, axis);
}

namespace {

template <typename T>
Bytes Steps(const graph::Value& start, const graph::Value& limit, const graph::Value& delta) {
  const T from = start.As<T>().at(0), to = limit.As<T>().at(0), step = delta.As<T>().at(0);
  if (step == 0) throw ContradictionError("the step of a range is 0");
  const double count = std::ceil((static_cast<double>(to) - static_cast<double>(from)) / static_cast<double>(step));
  if (!(count <= 1 << 20)) throw NodeError("a range of more than a million numbers is not supported");
  std::vector<T> v;
  for (int64_t i = 0; i < static_cast<int64_t>(count); ++i) v.push_back(static_cast<T>(from + static_cast<T>(i) * step));
  return BytesOf(v);
}

}  // namespace

int Lowering::Range(int start, int limit, int delta) {
  const DType dtype = TypeOf(start);
  for (const int end : {start, limit, delta}) {
    RequireConstant(end, "the ends and the step of a range");
    if (builder_->At(end).Elements() != 1 || TypeOf(end) != dtype)
      throw ContradictionError("the ends and the step of a range are one number each, of one dtype");
  }
  const graph::Value &a = builder_->At(start), &b = builder_->At(limit), &c = builder_->At(delta);
  Bytes data;
  if (dtype == DType::kF32) {
    data = Steps<float>(a, b, c);
  } else if (dtype == DType::kI32) {
    data = Steps<int32_t>(a, b, c);
  } else if (dtype == DType::kI64) {
    data = Steps<int64_t>(a, b, c);
  } else {
    throw NodeError(std::string("a range of ") + DTypeName(dtype) + " is not supported; use float32, int32 or int64");
  }
  const auto n = static_cast<int64_t>(data.size() / DTypeBytes(dtype));
  return Constant("range", dtype, {n}, std::move(data));
}

int Lowering::DropDim(int x, int axis) {
  Dims dims = DimsOf(x);
  dims.erase(dims.begin() + axis);
  return Reshape(x, dims);
}

int Lowering::Rearrange(int x, const Dims& split, const std::vector<int>& perm, const Dims& joined) {
  return Reshape(Transpose(Reshape(x, split), perm), joined);
}

namespace {

// Do the indices, counted from the start, step evenly? Then a slice does.
bool StandInARow(const std::vector<int64_t>& indices) {
  const int64_t step = indices.size() < 2 ? 1 : indices[1] - indices[0];
  for (size_t i = 1; i < indices.size(); ++i) {
    if (step == 0 || indices[i] - indices[i - 1] != step) return false;
  }
  return !indices.empty();
}

}  // namespace

int Lowering::Gather(int x, int indices, int axis, int batch_dims) {
  const Dims dims = DimsOf(x), which = DimsOf(indices);
  const auto at = static_cast<size_t>(axis);
  if (TypeOf(indices) != DType::kI32 && TypeOf(indices) != DType::kI64)
    throw NodeError(std::string("indices of dtype ") + DTypeName(TypeOf(indices)) + " are not supported; use int32 or int64");
  if (IsConstant(indices)) {
    std::vector<int64_t> places = IntsOf(indices, "indices");
    for (int64_t& i : places) {
      if (i < -dims[at] || i >= dims[at])
        throw ContradictionError("the index " + std::to_string(i) + " lies outside axis " + std::to_string(axis) + " of shape " +
                                 DimsText(dims));
      if (i < 0) i += dims[at];
    }
    if (batch_dims == 0 && StandInARow(places)) {
      std::vector<int64_t> begin(dims.size(), 0), step(dims.size(), 1);
      begin[at] = places[0];
      step[at] = places.size() < 2 ? 1 : places[1] - places[0];
      Dims cut = dims, out = dims;
      cut[at] = static_cast<int64_t>(places.size());
      out.erase(out.begin() + axis);
      out.insert(out.begin() + axis, which.begin(), which.end());
      return Reshape(Cut(x, begin, step, cut), out);
    }
  }
  return Emit("gather", {x, indices}, GatherParams{axis, batch_dims});
}

}  // namespace adze::import
