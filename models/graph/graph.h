// SPDX-License-Identifier: Apache-2.0
// The in-memory graph of the build machine: what importers make, passes rewrite and the writer stores. Host code: exceptions and the
// standard library are welcome here.
#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "op-registry/core/op.h"

namespace adze::graph {

// Everything wrong with an input, told at once. what() is the whole report, one finding a line:
// "<file>: node 12 'conv1' (Conv): attribute auto_pad has the value 'X'; use NOTSET, VALID, SAME_UPPER or SAME_LOWER".
class ImportError : public std::runtime_error {
 public:
  // kDamaged: no whole model is there, or it contradicts itself. kUnsupported: a sound model that asks for what Adze does not do. A report
  // that holds both is kDamaged.
  enum class Kind : uint8_t { kDamaged, kUnsupported };
  explicit ImportError(const std::string& report, Kind kind = Kind::kDamaged) : std::runtime_error(report), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

// Affine quantization of a tensor as the foreign model states it: real = scale * (q - zero_point). Empty: none.
struct Quantization {
  std::vector<float> scale;
  std::vector<int64_t> zero_point;
  int axis = 0;
};

// Where a value's bytes come from. A view shows elements of another value through strides, at no cost.
struct View {
  int root = -1;  // value index; never itself a view
  int64_t offset_bytes = 0;
  std::vector<int64_t> strides;  // bytes
};

struct Value {
  std::string name;
  DType dtype = DType::kF32;
  std::vector<int64_t> dims;
  bool is_constant = false;
  std::vector<uint8_t> data;  // constants only: row-major, dense
  Quantization quantization;
  View view;                  // root >= 0: this value is a view
  int64_t arena_offset = -1;  // set by the memory planner

  int64_t Elements() const {
    int64_t n = 1;
    for (int64_t d : dims) n *= d;
    return n;
  }
  int64_t Bytes() const { return Elements() * static_cast<int64_t>(DTypeBytes(dtype)); }
  template <typename T>
  std::vector<T> As() const {
    std::vector<T> v(data.size() / sizeof(T));
    if (!v.empty()) std::memcpy(v.data(), data.data(), v.size() * sizeof(T));
    return v;
  }
  template <typename T>
  void Set(const std::vector<T>& v) {
    is_constant = true;
    const auto* bytes = reinterpret_cast<const uint8_t*>(v.data());
    data.assign(bytes, bytes + v.size() * sizeof(T));
  }
};

struct Node {
  std::string op;    // an Adze op (op-registry/ops)
  std::string name;  // the foreign node's name, or "<op>_<index>"
  std::vector<int> inputs, outputs;
  std::vector<uint8_t> params;
  int64_t scratch_bytes = 0;  // set by the memory planner
  int64_t scratch_offset = 0;

  template <typename T>
  T Params() const {
    if (params.size() != sizeof(T)) throw std::logic_error("node '" + name + "' (" + op + "): params of another op");
    T p;
    std::memcpy(&p, params.data(), sizeof(T));
    return p;
  }
  template <typename T>
  void SetParams(const T& p) {
    params.resize(sizeof(T));
    std::memcpy(params.data(), &p, sizeof(T));
  }
};

struct Graph {
  std::string name;
  std::string source;  // path of the foreign model, for messages
  std::vector<Value> values;
  std::vector<Node> nodes;  // in execution order
  std::vector<int> inputs, outputs;
  int64_t arena_bytes = 0;      // set by the memory planner
  int64_t live_bytes_peak = 0;  // the largest set of simultaneously live bytes, set by the memory planner

  int AddValue(Value v) {
    values.push_back(std::move(v));
    return static_cast<int>(values.size()) - 1;
  }
  // A constant of dtype T's values.
  template <typename T>
  int AddConstant(const std::string& value_name, DType dtype, std::vector<int64_t> dims, const std::vector<T>& data) {
    Value v;
    v.name = value_name;
    v.dtype = dtype;
    v.dims = std::move(dims);
    v.Set(data);
    return AddValue(std::move(v));
  }
};

// The definition of an op by name, null if there is none. All ops known to this build.
const OpDef* FindOpDef(const std::string& op);

// The shape of a value. Throws ImportError naming it if its dtype is unknown, it has too many dims, a dim is negative or exceeds int32, or
// it would take more than kMaxTensorBytes: importers call this before they allocate.
Shape ShapeOf(const Graph& g, const Value& v);

// The node as ops see it (data pointers of constants set, others null); keeps the tensors alive. Dense strides unless a view.
class NodeView {
 public:
  NodeView(const Graph& g, const Node& n);
  const NodeArgs& args() const { return args_; }

 private:
  std::vector<Tensor> tensors_;
  std::vector<const Tensor*> pointers_;
  NodeArgs args_;
};

// Runs the op's check and writes the dtypes and dims of the node's outputs into the graph. Ops that keep their output shape from the file
// (reshape, slice, resize_nearest) must have it set. Throws ImportError naming the node.
void InferNode(Graph* g, const Node& n);

// The nodes in an order in which every value is written before it is read; throws ImportError naming the nodes of a cycle.
void SortNodes(Graph* g);

// Everything that must hold between passes: indices, one writer a value, order, op checks, stored types equal inferred ones. Throws
// std::logic_error naming `after`.
void CheckGraph(const Graph& g, const std::string& after);

// Readable text, one line a node, for dumps and golden tests.
std::string DumpGraph(const Graph& g);

}  // namespace adze::graph
