// SPDX-License-Identifier: Apache-2.0
// The relation between values and the nodes that write them.
#include "models/graph/writers.h"

namespace adze::graph {

Writers::Writers(const Graph& g) : direct_(g.values.size()), by_root_(g.values.size()), root_(g.values.size()) {
  for (size_t v = 0; v < g.values.size(); ++v) {
    const int root = g.values[v].view.root;
    root_[v] = IsValue(g, root) ? root : static_cast<int>(v);
  }
  for (size_t n = 0; n < g.nodes.size(); ++n) {
    for (const int v : g.nodes[n].outputs) {
      direct_[v].push_back(static_cast<int>(n));
      by_root_[root_[v]].push_back(static_cast<int>(n));
    }
  }
}

bool IsValue(const Graph& g, int i) { return i >= 0 && static_cast<size_t>(i) < g.values.size(); }

}  // namespace adze::graph
