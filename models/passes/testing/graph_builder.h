// SPDX-License-Identifier: Apache-2.0
// Small graphs for tests, one call a node; shapes are inferred as importers do it.
#pragma once

#include <string>
#include <vector>

#include "models/graph/graph.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/fully_connected.h"
#include "op-registry/ops/layer_norm.h"
#include "op-registry/ops/lstm.h"
#include "op-registry/ops/matmul.h"
#include "op-registry/ops/movement.h"
#include "op-registry/ops/pool2d.h"
#include "op-registry/ops/reduce_mean.h"
#include "op-registry/ops/softmax.h"
#include "op-registry/ops/unary.h"

namespace adze::passes {

class GraphBuilder {
 public:
  using Dims = std::vector<int64_t>;

  graph::Graph g;

  int Input(const Dims& dims) {
    const int v = NewValue(dims);
    g.inputs.push_back(v);
    return v;
  }
  void Output(int v) { g.outputs.push_back(v); }

  // Values in [-1, 1), different from constant to constant.
  int Constant(const Dims& dims) {
    int64_t n = 1;
    for (int64_t d : dims) n *= d;
    std::vector<float> f(n);
    for (float& x : f) {
      state_ = state_ * 1664525u + 1013904223u;
      x = static_cast<float>(state_ >> 8) / 8388608.0f - 1.0f;
    }
    return g.AddConstant(NextName(), DType::kF32, dims, f);
  }

  template <typename Params>
  int Node(const std::string& op, const std::vector<int>& inputs, const Params& params, const Dims& dims = {}) {
    graph::Node n;
    n.op = op;
    n.SetParams(params);
    return AddNode(std::move(n), inputs, dims);
  }
  int Node(const std::string& op, const std::vector<int>& inputs, const Dims& dims = {}) {
    graph::Node n;
    n.op = op;
    return AddNode(std::move(n), inputs, dims);
  }

  int Conv(int x, int channels_out, int kernel, int groups = 1, bool bias = true, ClampRange clamp = {}) {
    Conv2dParams p;
    p.kernel_h = p.kernel_w = kernel;
    p.pad_top = p.pad_left = p.pad_bottom = p.pad_right = kernel / 2;
    p.groups = groups;
    p.channels_out = channels_out;
    p.clamp = clamp;
    std::vector<int> inputs = {x, Constant({channels_out, kernel, kernel, g.values[x].dims[3] / groups})};
    if (bias) inputs.push_back(Constant({channels_out}));
    return Node("conv2d", inputs, p);
  }
  int FullyConnected(int x, int channels_out, bool bias = true) {
    FullyConnectedParams p;
    p.channels_out = channels_out;
    std::vector<int> inputs = {x, Constant({channels_out, g.values[x].dims[1]})};
    if (bias) inputs.push_back(Constant({channels_out}));
    return Node("fully_connected", inputs, p);
  }
  int Pool(int x, PoolKind kind, int kernel, int stride = 1, int pad = 0) {
    Pool2dParams p;
    p.kind = kind;
    p.kernel_h = p.kernel_w = kernel;
    p.stride_h = p.stride_w = stride;
    p.pad_top = p.pad_left = p.pad_bottom = p.pad_right = pad;
    return Node("pool2d", {x}, p);
  }
  int Transpose(int x, const std::vector<int>& perm) {
    TransposeParams p;
    for (size_t d = 0; d < perm.size(); ++d) p.perm[d] = perm[d];
    return Node("transpose", {x}, p);
  }
  int ToNhwc(int x) { return Transpose(x, {0, 2, 3, 1}); }
  int ToNchw(int x) { return Transpose(x, {0, 3, 1, 2}); }
  int Add(int a, int b, ClampRange clamp = {}) { return Node("add", {a, b}, BinaryParams{clamp}); }
  int Mul(int a, int b, ClampRange clamp = {}) { return Node("mul", {a, b}, BinaryParams{clamp}); }
  int Sub(int a, int b) { return Node("sub", {a, b}, BinaryParams{}); }
  int Div(int a, int b) { return Node("div", {a, b}, BinaryParams{}); }
  int MatMul(int a, int b) { return Node("matmul", {a, b}, MatMulParams{}); }
  // Over the last dim.
  int Mean(int x) { return Node("reduce_mean", {x}, ReduceMeanParams{uint32_t{1} << (g.values[x].dims.size() - 1)}); }
  int Clamp(int x, float lo, float hi) { return Node("clamp", {x}, ClampParams{{lo, hi}}); }
  int Relu(int x) { return Clamp(x, 0, __builtin_inff()); }
  int Unary(const std::string& op, int x) { return Node(op, {x}); }
  // One number, as a tensor of rank `rank`.
  int Scalar(float number, size_t rank = 0) { return g.AddConstant(NextName(), DType::kF32, Dims(rank, 1), std::vector<float>{number}); }
  int Sigmoid(int x) { return Node("sigmoid", {x}); }
  int Reshape(int x, const Dims& dims) { return Node("reshape", {x}, dims); }
  int Softmax(int x) { return Node("softmax", {x}, SoftmaxParams{}); }
  int Concat(const std::vector<int>& inputs, int axis) { return Node("concat", inputs, ConcatParams{axis}); }
  int Pad(int x, const std::vector<int>& before, const std::vector<int>& after, float value = 0) {
    PadParams p;
    for (size_t d = 0; d < before.size(); ++d) p.before[d] = before[d], p.after[d] = after[d];
    std::memcpy(p.value, &value, sizeof(value));
    return Node("pad", {x}, p);
  }
  int Slice(int x, const std::vector<int>& begin, const Dims& dims) {
    SliceParams p;
    for (size_t d = 0; d < begin.size(); ++d) p.begin[d] = begin[d];
    return Node("slice", {x}, p, dims);
  }

 private:
  std::string NextName() { return "v" + std::to_string(g.values.size()); }
  int NewValue(const Dims& dims) {
    graph::Value v;
    v.name = NextName();
    v.dims = dims;
    return g.AddValue(std::move(v));
  }
  int AddNode(graph::Node n, const std::vector<int>& inputs, const Dims& dims) {
    n.name = n.op + "_" + std::to_string(g.nodes.size());
    n.inputs = inputs;
    n.outputs = {NewValue(dims)};
    graph::InferNode(&g, n);
    g.nodes.push_back(n);
    return n.outputs[0];
  }

  uint32_t state_ = 1;
};

// The ops of the graph in order, joined by blanks: what a pass left.
inline std::string OpsOf(const graph::Graph& g) {
  std::string ops;
  for (const graph::Node& n : g.nodes) ops += (ops.empty() ? "" : " ") + n.op;
  return ops;
}

}  // namespace adze::passes
