// SPDX-License-Identifier: Apache-2.0
// What one foreign node becomes: the steps that importers of all formats share. Constants are moved at once, the rest become nodes.
#pragma once

#include <string>
#include <vector>

#include "models/import/builder.h"
#include "models/import/constant_fold.h"
#include "op-registry/ops/clamp_range.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/fully_connected.h"
#include "op-registry/ops/pool2d.h"

namespace adze::import {

// kReflect leaves the edge out, kSymmetric repeats it.
enum class PadMode : uint8_t { kConstant, kReflect, kSymmetric, kEdge, kWrap };

class Lowering {
 public:
  // `name` is the foreign node's, or empty; `out_name` that of its first output.
  Lowering(GraphBuilder* builder, std::string name, std::string out_name);

  GraphBuilder& builder() { return *builder_; }
  // Copies, because adding values moves them.
  Dims DimsOf(int value) const { return builder_->At(value).dims; }
  int RankOf(int value) const { return static_cast<int>(builder_->At(value).dims.size()); }
  DType TypeOf(int value) const { return builder_->At(value).dtype; }
  bool IsConstant(int value) const { return builder_->At(value).is_constant; }
  const Bytes& DataOf(int value) const { return builder_->At(value).data; }
  // NodeError unless it is a constant; UnknownInput where it comes of a node that failed, and may well have been one.
  void RequireConstant(int value, const std::string& what) const;
  // The elements of a constant float32, int32 or int64 tensor; NodeError with `what` where it is something else.
  std::vector<float> FloatsOf(int value, const std::string& what) const;
  std::vector<int64_t> IntsOf(int value, const std::string& what) const;

  template <typename P>
  int Emit(const char* op, const std::vector<int>& inputs, const P& params) {
    graph::Node node;
    node.SetParams(params);
    return EmitNode(op, inputs, std::move(node), TypeOf(inputs[0]), {});
  }
  template <typename P>
  int EmitShaped(const char* op, const std::vector<int>& inputs, const P& params, const Dims& dims) {
    graph::Node node;
    node.SetParams(params);
    return EmitNode(op, inputs, std::move(node), TypeOf(inputs[0]), dims);
  }
  // Where the output's dtype is not the first input's.
  template <typename P>
  int EmitAs(const char* op, const std::vector<int>& inputs, const P& params, DType dtype, const Dims& dims) {
    graph::Node node;
    node.SetParams(params);
    return EmitNode(op, inputs, std::move(node), dtype, dims);
  }
  int EmitPlain(const char* op, int input, DType dtype, const Dims& dims) { return EmitNode(op, {input}, graph::Node(), dtype, dims); }

  int Constant(const std::string& suffix, DType dtype, const Dims& dims, Bytes data);
  // A constant of `dims`, each element these bytes.
  int Filled(const Bytes& element, DType dtype, const Dims& dims);
  int FloatConstant(const std::string& suffix, const Dims& dims, const std::vector<float>& data);

  int Transpose(int x, const std::vector<int>& perm);
  int Reshape(int x, const Dims& dims);
  // Always a node: for an output that must not share its value with another name.
  int CopyOf(int x);
  int Clamp(int x, const ClampRange& range);  // x itself where the range is unbounded
  // step >= 1; every index inside x.
  int Slice(int x, const std::vector<int64_t>& begin, const std::vector<int64_t>& step, const Dims& dims);
  // The same where steps may be negative: begin is then the last element's place plus what the steps go back.
  int Cut(int x, const std::vector<int64_t>& begin, const std::vector<int64_t>& step, const Dims& dims);
  int Reverse(int x, uint32_t axes);    // bit d: dim d
  int Expand(int x, const Dims& dims);  // dims of x aligned at the end, those of 1 repeat
  int Tile(int x, const std::vector<int64_t>& repeats);
  std::vector<int> Split(int x, int axis, const std::vector<int64_t>& sizes);
  int Stack(const std::vector<int>& inputs, int axis);
  int Range(int start, int limit, int delta);  // constants: start, start + delta, ... short of limit
  int DropDim(int x, int axis);                // a dim of 1
  // reshape, transpose, reshape: blocks of pixels to and from channels or batches.
  int Rearrange(int x, const Dims& split, const std::vector<int>& perm, const Dims& joined);
  // y[b..., o..., i..., n...] = x[b..., o..., indices[b..., i...], n...]; a slice where the indices are constants and stand in a row.
  int Gather(int x, int indices, int axis, int batch_dims);
  int Concat(const std::vector<int>& inputs, int axis);
  int Pad(int x, const std::vector<int64_t>& before, const std::vector<int64_t>& after, const Bytes& element);
  // Negative pads cut. Modes other than kConstant repeat what is there.
  int PadBy(PadMode mode, int x, std::vector<int64_t> before, std::vector<int64_t> after, const Bytes& element);
  int SoftmaxOver(int x, int axis, float beta);
  int LogSoftmaxOver(int x, int axis);
  // NodeError unless float32, float64, int32 or int64, which have arithmetic of their own.
  void RequireNumber(int value) const;
  // One number as a constant of rank 0.
  int Number(DType dtype, double value);
  // An op of one input without params: y of x's dtype and shape.
  int Map(const char* op, int x);
  int CastTo(int x, DType to);  // x itself where it has that dtype; in steps where no kernel casts at once
  // float64 as float32, for ops that have no other floats, and back; nothing is computed where the other is known.
  int AsFloat(int x);
  int AsDouble(int x);
  // uint64 as int64 in the same order, and back.
  int OrderedBits(int x);
  int FromOrderedBits(int x);
  // Of uint64: cut quotients and rests, 0 by 0, and bits moved towards the lowest (none left from 64 on).
  int DivideUnsigned(int a, int b);
  int RestUnsigned(int a, int b);
  int ShiftRightUnsigned(int x, int shift);
  // An op of two inputs without params, dims aligned at the end as everywhere.
  int Pair(const char* op, int a, int b);
  int Compare(const char* op, int a, int b);  // to bool
  int Not(int x);
  int Where(int condition, int a, int b);
  int Extreme(bool largest, int a, int b);  // max or min
  int Elu(int x, float alpha);
  int Times(int x, float factor);
  int Rsqrt(int x);
  // An op with BinaryParams: "add", "mul"..., dims aligned at the end as everywhere.
  int Binary(const char* op, int a, int b, const ClampRange& clamp);
  int Subtract(int a, int b, const ClampRange& clamp);
  int Divide(int a, int b, const ClampRange& clamp);
  // a [..., M, K] times b [..., K, N], both computed; leading dims repeat as everywhere.
  int BatchedProduct(int a, int b);
  // "reduce_sum", "reduce_max"... over dims, all where there are none; they stay as dims of 1 where asked.
  int Reduce(const char* op, int x, const std::vector<int64_t>& axes, bool keep_dims);
  // The mean over dims; they stay as dims of 1 where asked.
  int Mean(int x, const std::vector<int64_t>& axes, bool keep_dims);
  // Over the dims from `axis` on; gamma and beta of their shape, -1: ones, zeros.
  int LayerNorm(int x, int axis, int gamma, int beta, float epsilon);
  // x [..., K] times constant weights [N, K]; the leading dims stay.
  int MatrixProduct(int x, int weights, int bias, FullyConnectedParams params);  // bias -1: none

  // Where the nodes stand, to give them names when all are known.
  void NameNodes();
  // All values made here: constants too, for they may hold an assumed shape.
  void AssumeMade() { builder_->AssumeFrom(first_value_); }
  // True if `value` was made here and has no foreign name yet.
  bool Made(int value) const { return value >= first_value_; }
  const std::string& name() const { return name_; }

 private:
  int PadAxis(PadMode mode, int x, size_t axis, int64_t before, int64_t after);
  int ConstantConcat(const std::vector<int>& inputs, size_t axis);
  std::vector<int> AlignRanks(const std::vector<int>& operands);
  int EmitPair(const char* op, int a, int b) { return EmitNode(op, {a, b}, graph::Node(), TypeOf(a), {}); }
  int EmitWhere(const std::vector<int>& inputs, DType dtype) { return EmitNode("where", inputs, graph::Node(), dtype, {}); }
  int ClampIntegers(int x, const ClampRange& range);
  int EmitNode(const char* op, const std::vector<int>& inputs, graph::Node node, DType dtype, const Dims& dims);

  GraphBuilder* builder_;
  std::string name_, out_name_;
  size_t first_node_;
  int first_value_;
};

// Runs `lower` on a node. Of an assumed input only the file's word is known, and converters leave placeholders in the shapes behind ops that
// they do not know: that such a shape fits nothing says nothing of the file, and what is made of it is assumed as well.
template <typename Node>
void LowerNode(Node& node, void (*lower)(Node&)) {
  try {
    lower(node);
  } catch (const ContradictionError&) {
    if (node.ReadsAssumed()) throw UnknownInput();
    throw;
  }
  if (node.ReadsAssumed()) node.AssumeMade();
}

// A dim or axis counted from the end where negative; ContradictionError outside [-rank, rank).
int NormalAxis(int64_t axis, int rank);
// One axis of `d` elements as ONNX cuts it: negative numbers count from the end, and everything is clamped into the dim.
struct AxisCut {
  int64_t begin, step, size;
};
AxisCut CutAxis(int64_t d, int64_t start, int64_t end, int64_t step);
// float16 and bfloat16 are float32 inside the graph, and only its inputs and outputs are theirs.
DType InsideDType(DType t);
// The dtype in whose arithmetic a narrower or unsigned one is computed, so that its own low bits come out; itself for the others, and for uint64, in
// which order and quotients differ.
DType ArithmeticDType(DType t);

// What shapes a and b give where dims aligned at the end repeat; ContradictionError where they do not fit.
Dims BroadcastDims(const Dims& a, const Dims& b);
// The product of dims[from, to).
int64_t ProductOf(const Dims& dims, size_t from, size_t to);
// The shape that a reshape asks for, with at most one -1 resolved; ContradictionError where the counts differ.
Dims ResolveShape(const Dims& wanted, int64_t elements);

}  // namespace adze::import
