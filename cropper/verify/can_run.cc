// SPDX-License-Identifier: Apache-2.0
// The runtime's selection over the rows of a library's manifest.
#include "cropper/verify/can_run.h"

#include <algorithm>
#include <set>

#include "cropper/plan/open_model.h"
#include "cropper/plan/profile.h"
#include "cropper/plan/select_rows.h"
#include "models/graph/graph.h"
#include "runtime/session/resolve.h"

namespace adze::verify {
namespace {

std::string NodeText(uint32_t index, const format::StoredNode& node) {
  std::string text = "node " + std::to_string(index);
  if (node.name[0] != 0) text += std::string(" '") + node.name + "'";
  return text + " (" + node.op + ")";
}

// The rows that the whole catalog would choose and the library has not.
std::string MissingNames(const plan::NodeRows& rows, const std::set<std::string>& held) {
  std::vector<int> wanted = {rows.op_row, rows.kernel};
  wanted.insert(wanted.end(), rows.ukernels.begin(), rows.ukernels.end());
  std::string names;
  for (const int row : wanted) {
    const std::string& name = Catalog()[row].name;
    if (held.count(name) == 0) names += (names.empty() ? "" : ", ") + name;
  }
  return names;
}

std::string TypeText(const Key& key) {
  std::string text;
  for (int i = 0; i < key.n_types; ++i) text += (i > 0 ? ", " : "") + std::string(DTypeName(key.types[i]));
  return text;
}

struct Library {
  RowTable table;
  std::vector<const void*> entries;
  std::set<std::string> names;

  explicit Library(const size::Manifest& manifest) {
    for (const size::ManifestRow& row : manifest.rows) {
      names.insert(row.name);
      entries.push_back(row.kind == RowKind::kOp ? graph::FindOpDef(row.op) : nullptr);
    }
    table = {manifest.row_bytes.data(), static_cast<int>(entries.size()), entries.data()};
  }
};

// A line for each node and level of one graph; nodes that lack the same at another shape are not told twice.
void AddMissing(const format::Model& graph, uint32_t index, const size::Manifest& manifest, const Library& library,
                const plan::ModelRows& full, std::vector<std::string>* missing) {
  for (uint32_t i = 0; i < graph.n_nodes; ++i) {
    const plan::StoredNodeView view(graph, i);
    for (const Level level : manifest.levels) {
      Resolved resolved;
      const Status status = ResolveNode(library.table, view.node(), view.args(), level, &resolved);
      if (status.ok() && resolved.op != nullptr && resolved.selection.complete()) continue;
      std::string names = "a kernel that this version of Adze does not have";
      for (const plan::NodeRows& rows : full.nodes) {
        const bool is_it = rows.graph == index && rows.node == static_cast<int32_t>(i) && rows.level == level;
        if (is_it) names = MissingNames(rows, library.names);
      }
      const std::string types = resolved.op != nullptr ? ", " + TypeText(resolved.key) : "";
      const std::string line = NodeText(i, view.node()) + types + ", level " + LevelName(level) + ": needs " + names;
      if (std::find(missing->begin(), missing->end(), line) == missing->end()) missing->push_back(line);
    }
  }
}

}  // namespace

std::vector<std::string> WhatIsMissing(const std::string& bytes, const std::string& source, const size::Manifest& manifest) {
  const plan::OpenModel opened(bytes, source);
  const Library library(manifest);
  const plan::ModelRows full =
      plan::SelectRows({source, source, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()}, manifest.levels);
  if (!full.damage.empty()) throw plan::InputError(source + ": " + full.damage.front());
  std::vector<std::string> missing;
  for (uint32_t g = 0; g < opened.graphs().size(); ++g) AddMissing(opened.graphs()[g], g, manifest, library, full, &missing);
  return missing;
}

}  // namespace adze::verify
