// SPDX-License-Identifier: Apache-2.0
// Running an op's check on a node of the graph, and refusing it in words.
#include <algorithm>

#include "models/graph/describe.h"
#include "models/graph/graph.h"

namespace adze::graph {
namespace {

std::string Operands(const Graph& g, const std::vector<int>& indices) {
  std::string text;
  for (const int i : indices) text += (text.empty() ? "" : ", ") + ValueText(g, i);
  return text.empty() ? "none" : text;
}

[[noreturn]] void Fail(const Graph& g, const Node& n, const std::string& why, ImportError::Kind kind = ImportError::Kind::kUnsupported) {
  throw ImportError(
      g.source + ": " + NodeText(n) + ": " + why + "; inputs: " + Operands(g, n.inputs) + "; outputs: " + Operands(g, n.outputs), kind);
}

// Shapes that do not fit together are no request for something that Adze could learn.
ImportError::Kind KindOf(const Status& status) {
  return status.detail == Detail::kRank || status.detail == Detail::kDimension ? ImportError::Kind::kDamaged
                                                                               : ImportError::Kind::kUnsupported;
}

void CheckIndices(const Graph& g, const Node& n) {
  for (const auto* list : {&n.inputs, &n.outputs}) {
    for (const int i : *list) {
      if (i < 0 || static_cast<size_t>(i) >= g.values.size()) Fail(g, n, "names a tensor that does not exist");
    }
  }
}

}  // namespace

void InferNode(Graph* g, const Node& n) {
  const OpDef* def = FindOpDef(n.op);
  if (def == nullptr) Fail(*g, n, "this build knows no such op");
  CheckIndices(*g, n);
  const NodeView view(*g, n);
  // No op here has more than one output; an op that gets the count wrong is refused before any is written.
  std::vector<TensorType> types(n.outputs.size() + 1);
  const Status status = def->infer(view.args(), types.data());
  if (!status.ok()) Fail(*g, n, RefusalText(status), KindOf(status));
  for (size_t i = 0; i < n.outputs.size(); ++i) {
    const Shape& s = types[i].shape;
    // An unknown dtype has 0 bytes; no op here infers one.
    const int64_t element_bytes = std::max<int64_t>(1, static_cast<int64_t>(DTypeBytes(types[i].dtype)));
    if (ElementCount(s) > kMaxTensorBytes / element_bytes) {
      Fail(*g, n, "the output " + TypeText(types[i]) + " would take more than " + std::to_string(kMaxTensorBytes) + " bytes");
    }
    Value& v = g->values[n.outputs[i]];
    v.dtype = types[i].dtype;
    v.dims.assign(s.dims, s.dims + s.rank);
  }
}

}  // namespace adze::graph
