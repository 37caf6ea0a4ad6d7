// SPDX-License-Identifier: Apache-2.0
// What must hold between passes. A violation is a defect of a pass, not of a model.
#include <algorithm>

#include "models/graph/describe.h"
#include "models/graph/graph.h"
#include "models/graph/writers.h"

namespace adze::graph {
namespace {

class Checker {
 public:
  explicit Checker(const Graph& g) : g_(g) {}

  std::string Run() {
    CheckIndices();
    if (!report_.empty()) return report_;  // the rest follows indices
    CheckValues();
    CheckWriters();
    if (!report_.empty()) return report_;  // op checks read the shapes
    for (const Node& n : g_.nodes) CheckOp(n);
    return report_;
  }

 private:
  void Say(const std::string& finding) { report_ += "\n  " + finding; }

  void CheckList(const std::vector<int>& list, const std::string& where) {
    for (const int i : list) {
      if (!IsValue(g_, i)) Say(where + " names the value " + std::to_string(i) + ", which does not exist");
    }
  }

  void CheckIndices() {
    CheckList(g_.inputs, "the list of graph inputs");
    CheckList(g_.outputs, "the list of graph outputs");
    for (const Node& n : g_.nodes) {
      CheckList(n.inputs, NodeText(n));
      CheckList(n.outputs, NodeText(n));
    }
    for (const Value& v : g_.values) {
      if (v.view.root < 0) continue;
      if (!IsValue(g_, v.view.root))
        Say("view '" + v.name + "' has a root that does not exist");
      else if (g_.values[v.view.root].view.root >= 0)
        Say("view '" + v.name + "' has another view as its root");
    }
  }

  // Values that no node and no list names may be in any state: dead code has yet to be removed.
  void CheckValues() {
    std::vector<bool> used(g_.values.size());
    const auto use = [&](const std::vector<int>& list) {
      for (const int i : list) used[i] = true;
    };
    use(g_.inputs);
    use(g_.outputs);
    for (const Node& n : g_.nodes) {
      use(n.inputs);
      use(n.outputs);
    }
    for (size_t i = 0; i < g_.values.size(); ++i) {
      if (used[i] && g_.values[i].view.root >= 0) used[g_.values[i].view.root] = true;
    }
    for (size_t i = 0; i < g_.values.size(); ++i) {
      if (used[i]) CheckValue(g_.values[i]);
    }
  }

  void CheckValue(const Value& v) {
    try {
      (void)ShapeOf(g_, v);
    } catch (const ImportError& e) {
      return Say(e.what());
    }
    if (v.is_constant && v.view.root < 0 && static_cast<int64_t>(v.data.size()) != v.Bytes()) {
      Say("constant '" + v.name + "' " + TypeText(v.dtype, v.dims) + " holds " + std::to_string(v.data.size()) +
          " bytes, its shape asks for " + std::to_string(v.Bytes()));
    }
    if (v.view.root >= 0) CheckView(v, g_.values[v.view.root]);
  }

  void CheckView(const Value& v, const Value& root) {
    if (v.view.strides.size() != v.dims.size()) return Say("view '" + v.name + "' has not one stride per dimension");
    if (v.Elements() == 0) return;
    int64_t last = v.view.offset_bytes;
    bool inside = last >= 0;
    for (size_t i = 0; i < v.dims.size(); ++i) {
      int64_t reach = 0;
      inside = inside && v.view.strides[i] >= 0 && !__builtin_mul_overflow(v.dims[i] - 1, v.view.strides[i], &reach) &&
               !__builtin_add_overflow(last, reach, &last);
    }
    if (!inside || last > root.Bytes() - static_cast<int64_t>(DTypeBytes(v.dtype))) {
      Say("view '" + v.name + "' reaches outside '" + root.name + "'");
    }
  }

  void CheckWriters() {
    const Writers writers(g_);
    std::vector<bool> is_input(g_.values.size());
    for (const int i : g_.inputs) is_input[i] = true;
    for (size_t i = 0; i < g_.values.size(); ++i) {
      const Value& v = g_.values[i];
      const size_t n = writers.Direct(static_cast<int>(i)).size();
      if (n > 1) Say("value '" + v.name + "' is written by " + std::to_string(n) + " nodes");
      if (n > 0 && (v.is_constant || is_input[i])) Say("value '" + v.name + "' is a constant or a graph input, and a node writes it");
    }
    const auto read = [&](int v, int at, const std::string& reader) {
      const std::vector<int>& before = writers.Before(v);
      const int root = writers.Root(v);
      if (before.empty() && !g_.values[root].is_constant && !is_input[root] && !g_.values[v].is_constant && !is_input[v]) {
        return Say(reader + " reads '" + g_.values[v].name + "', which nothing writes");
      }
      if (!before.empty() && *std::max_element(before.begin(), before.end()) >= at) {
        Say(reader + " reads '" + g_.values[v].name + "' before it is written");
      }
    };
    for (size_t n = 0; n < g_.nodes.size(); ++n) {
      for (const int v : g_.nodes[n].inputs) read(v, static_cast<int>(n), NodeText(g_.nodes[n]));
    }
    for (const int v : g_.outputs) read(v, static_cast<int>(g_.nodes.size()), "the graph's end");
  }

  void CheckOp(const Node& n) {
    const OpDef* def = FindOpDef(n.op);
    if (def == nullptr) return Say(NodeText(n) + ": no such op");
    const NodeView view(g_, n);
    std::vector<TensorType> types(n.outputs.size() + 1);
    const Status status = def->infer(view.args(), types.data());
    if (!status.ok()) return Say(NodeText(n) + ": " + RefusalText(status));
    for (size_t i = 0; i < n.outputs.size(); ++i) {
      const Tensor& stored = *view.args().out[i];
      if (stored.dtype != types[i].dtype || stored.shape != types[i].shape) {
        Say(NodeText(n) + ": stores the output " + ValueText(g_, n.outputs[i]) + ", its op says " + TypeText(types[i]));
      }
    }
  }

  const Graph& g_;
  std::string report_;
};

}  // namespace

void CheckGraph(const Graph& g, const std::string& after) {
  const std::string report = Checker(g).Run();
  if (!report.empty()) throw std::logic_error("the graph of '" + g.source + "' is broken after " + after + ":" + report);
}

}  // namespace adze::graph
