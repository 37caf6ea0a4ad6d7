// SPDX-License-Identifier: Apache-2.0
// The rows that would run a node of the graph.
#include "models/passes/node_rows.h"

#include <algorithm>

#include "kernels/catalog.h"

namespace adze::passes {
namespace {

// All rows of all levels, serialized once.
const std::vector<uint8_t>& FullTable() {
  static const std::vector<uint8_t> kBytes = SerializeRows(Catalog());
  return kBytes;
}

}  // namespace

std::vector<Selection> RowsOf(const graph::Graph& g, const graph::Node& n) {
  std::vector<Selection> rows;
  const OpDef* op = graph::FindOpDef(n.op);
  if (op == nullptr) return rows;
  const graph::NodeView view(g, n);
  Key key;
  op->key(view.args(), &key);
  RowTable table;
  table.bytes = FullTable().data();
  table.count = static_cast<int>(Catalog().size());
  for (int level = 0; level < kLevelCount; ++level) rows.push_back(Select(table, key, static_cast<Level>(level)));
  return rows;
}

bool SameRows(const std::vector<Selection>& a, const std::vector<Selection>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Selection& x, const Selection& y) {
    return x.kernel == y.kernel && x.n_ukernels == y.n_ukernels && std::equal(x.ukernels, x.ukernels + x.n_ukernels, y.ukernels);
  });
}

}  // namespace adze::passes
