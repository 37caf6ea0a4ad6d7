// SPDX-License-Identifier: Apache-2.0
// The runtime's own resolution over rows that are data.
#include "cropper/prove/static_trace.h"

#include "cropper/plan/open_model.h"
#include "models/graph/graph.h"
#include "runtime/session/resolve.h"

namespace adze::prove {
namespace {

// One line a node.
void AppendTrace(const format::Model& model, const std::vector<CatalogRow>& rows, const RowTable& table, Level level, std::string* text) {
  for (uint32_t i = 0; i < model.n_nodes; ++i) {
    const plan::StoredNodeView view(model, i);
    *text += std::to_string(i);
    Resolved r;
    const Status status = ResolveNode(table, view.node(), view.args(), level, &r);
    const Selection& s = r.selection;
    const auto name = [&](int row) { return row < 0 ? std::string("refused") : rows[static_cast<size_t>(row)].name; };
    if (!status.ok() || r.op == nullptr) {
      *text += "\trefused";
    } else {
      *text += "\t" + name(s.kernel);
      for (int k = 0; k < s.n_ukernels; ++k) *text += "\t" + name(s.ukernels[k]);
    }
    *text += "\n";
  }
}

}  // namespace

std::string StaticTrace(const std::string& bytes, const std::string& source, const std::vector<CatalogRow>& rows, Level level) {
  const plan::OpenModel opened(bytes, source);
  std::vector<uint8_t> row_bytes = SerializeRows(rows);
  row_bytes.push_back(0);  // data() of an empty table must not be null
  std::vector<const void*> entries;
  for (const CatalogRow& row : rows) entries.push_back(row.kind == RowKind::kOp ? graph::FindOpDef(row.op) : nullptr);
  const RowTable table = {row_bytes.data(), static_cast<int>(rows.size()), entries.data()};
  std::string text;
  for (const format::Model& graph : opened.graphs()) AppendTrace(graph, rows, table, level, &text);
  return text;
}

}  // namespace adze::prove
