// SPDX-License-Identifier: Apache-2.0
// Runs a graph with the reference kernels.
#include "models/passes/testing/run_graph.h"

#include <gtest/gtest.h>

#include <cmath>

#include "kernels/catalog.h"
#include "kernels/contract/kernel.h"
#include "kernels/testing/row_symbols.h"
#include "models/passes/evaluate.h"
#include "models/passes/rewrite.h"
#include "op-registry/core/op.h"
#include "op-registry/core/select.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;

// All rows of all levels, serialized once.
const RowTable& FullTable() {
  static const std::vector<uint8_t> kBytes = SerializeRows(Catalog());
  static const RowTable kTable = [] {
    RowTable table;
    table.bytes = kBytes.data();
    table.count = static_cast<int>(Catalog().size());
    return table;
  }();
  return kTable;
}

// The kernel that a session at level reference would run.
Selection SelectReference(const Node& n, const KernelArgs& args) {
  const OpDef* op = graph::FindOpDef(n.op);
  if (op == nullptr) throw std::logic_error("no op " + n.op);
  NodeArgs node;
  node.in = args.in;
  node.out = args.out;
  node.n_in = args.n_in;
  node.n_out = args.n_out;
  node.params = n.params.data();
  node.params_bytes = n.params.size();
  Key key;
  op->key(node, &key);
  const Selection selection = Select(FullTable(), key, Level::kReference);
  if (selection.kernel < 0) throw std::logic_error("no reference kernel for " + n.op);
  return selection;
}

// The bytes of every value while the graph runs.
class Store {
 public:
  Store(const Graph& g, Memory memory) : g_(g), memory_(memory), separate_(g.values.size()), arena_(g.arena_bytes + 64) {
    // A pattern that no result may show: read before written.
    if (memory == Memory::kArena) std::fill(arena_.begin(), arena_.end(), 0xff);
    for (size_t v = 0; v < g.values.size(); ++v) {
      if (g.values[v].is_constant)
        separate_[v] = g.values[v].data;
      else if (g.values[v].view.root < 0)
        separate_[v].assign(g.values[v].Bytes() + 8, 0xff);
    }
  }
  uint8_t* At(int v) {
    const Value& value = g_.values[v];
    if (value.view.root >= 0) return At(value.view.root) + value.view.offset_bytes;
    return memory_ == Memory::kArena && !value.is_constant ? arena_.data() + value.arena_offset : separate_[v].data();
  }
  uint8_t* Scratch(const Node& n) { return arena_.data() + n.scratch_offset; }
  Tensor TensorOf(int v) {
    const Value& value = g_.values[v];
    Tensor t;
    t.data = At(v);
    t.dtype = value.dtype;
    t.shape.rank = static_cast<int32_t>(value.dims.size());
    const std::vector<int64_t> strides = StridesOf(value);
    for (size_t d = 0; d < value.dims.size(); ++d) {
      t.shape.dims[d] = static_cast<int32_t>(value.dims[d]);
      t.strides[d] = strides[d];
    }
    return t;
  }

 private:
  const Graph& g_;
  Memory memory_;
  std::vector<std::vector<uint8_t>> separate_;
  std::vector<uint8_t> arena_;
};

void RunNode(const Node& n, Memory memory, Store* store) {
  std::vector<Tensor> tensors;
  for (int v : n.inputs) tensors.push_back(store->TensorOf(v));
  for (int v : n.outputs) tensors.push_back(store->TensorOf(v));
  std::vector<const Tensor*> pointers;
  for (const Tensor& t : tensors) pointers.push_back(&t);
  const Parallel parallel = {
      [](const Parallel*, void (*task)(void*, size_t, size_t), void* context, size_t n_items, size_t) { task(context, 0, n_items); }};
  // Every level writes its scratch: a plan that gives a live value's bytes away must show.
  if (memory == Memory::kArena && n.scratch_bytes > 0) std::memset(store->Scratch(n), 0xee, n.scratch_bytes);
  KernelArgs args = {pointers.data(),
                     pointers.data() + n.inputs.size(),
                     static_cast<int32_t>(n.inputs.size()),
                     static_cast<int32_t>(n.outputs.size()),
                     n.params.data(),
                     nullptr,
                     nullptr,
                     &parallel};
  const Selection selection = SelectReference(n, args);
  std::vector<uint8_t> scratch(static_cast<size_t>(selection.scratch_bytes));
  args.scratch = scratch.data();
  static_cast<const Kernel*>(parity::SymbolOf(Catalog()[static_cast<size_t>(selection.kernel)].name))->run(args);
}

}  // namespace

Buffers RunGraph(const Graph& g, const Buffers& inputs, Memory memory) {
  Store store(g, memory);
  for (size_t i = 0; i < inputs.size(); ++i) std::memcpy(store.At(g.inputs[i]), inputs[i].data(), inputs[i].size());
  for (const Node& n : g.nodes) RunNode(n, memory, &store);
  Buffers outputs;
  for (int v : g.outputs) {
    const Value& value = g.values[v];
    outputs.push_back(GatherElements(store.At(v), 0, value.dims, StridesOf(value), DTypeBytes(value.dtype)));
  }
  return outputs;
}

Buffers SomeInputs(const Graph& g) {
  Buffers inputs;
  uint32_t state = 12345;
  for (int v : g.inputs) {
    Value filled;
    std::vector<float> f(g.values[v].Elements());
    for (float& x : f) {
      state = state * 1664525u + 1013904223u;
      x = static_cast<float>(state >> 8) / 8388608.0f - 1.0f;
    }
    filled.Set(f);
    inputs.push_back(filled.data);
  }
  return inputs;
}

float LargestDifference(const Buffers& a, const Buffers& b) {
  float largest = 0;
  EXPECT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size() && i < b.size(); ++i) {
    EXPECT_EQ(a[i].size(), b[i].size());
    const size_t n = std::min(a[i].size(), b[i].size()) / sizeof(float);
    for (size_t k = 0; k < n; ++k) {
      float x, y;
      std::memcpy(&x, a[i].data() + k * sizeof(float), sizeof(float));
      std::memcpy(&y, b[i].data() + k * sizeof(float), sizeof(float));
      EXPECT_FALSE(std::isnan(y)) << "output " << i << ", element " << k;
      largest = std::max(largest, std::fabs(x - y));
    }
  }
  return largest;
}

}  // namespace adze::passes
