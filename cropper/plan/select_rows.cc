// SPDX-License-Identifier: Apache-2.0
// From an .adze to its rows, with every finding in words.
#include "cropper/plan/select_rows.h"

#include <map>

#include "cropper/plan/open_model.h"
#include "cropper/plan/profile.h"
#include "cropper/plan/status_words.h"
#include "models/graph/graph.h"
#include "runtime/session/resolve.h"

namespace adze::plan {
namespace {

std::string NodeWords(uint32_t index, const format::StoredNode& node) {
  std::string text = "node " + std::to_string(index);
  if (node.name[0] != 0) text += std::string(" '") + node.name + "'";
  return text + " (" + node.op + ")";
}

std::string TypeWords(const Key& key) {
  std::string text;
  for (int i = 0; i < key.n_types; ++i) text += (text.empty() ? "" : ", ") + std::string(DTypeName(key.types[i]));
  return text;
}

// What the selection of a node lacks; "" if nothing.
std::string Lack(const Resolved& r) {
  if (r.op == nullptr) return "unknown op; this version of Adze knows none of that name";
  if (r.selection.kernel < 0) return "no kernel takes its dtypes (" + TypeWords(r.key) + ") and attributes";
  const CatalogRow& kernel = Catalog()[r.selection.kernel];
  std::string families;
  for (int i = 0; i < r.selection.n_ukernels; ++i) {
    if (r.selection.ukernels[i] < 0) families += (families.empty() ? "" : ", ") + kernel.needs[i];
  }
  return families.empty() ? "" : "kernel " + kernel.name + " finds no micro-kernel of " + families;
}

// Tensor views of one node, borrowed by NodeArgs. An absent optional input has the index -1.
struct Tensors {
  std::vector<format::StoredTensor> in, out;
  std::vector<const Tensor*> in_pointers, out_pointers;

  static void Fill(const format::Model& model, Span<const int32_t> indices, std::vector<format::StoredTensor>* tensors,
                   std::vector<const Tensor*>* pointers) {
    tensors->resize(indices.size);
    pointers->assign(indices.size, nullptr);
    for (size_t i = 0; i < indices.size; ++i) {
      if (indices[i] < 0) continue;
      model.tensor(static_cast<uint32_t>(indices[i]), &(*tensors)[i]);
      (*pointers)[i] = &(*tensors)[i].tensor;
    }
  }

  NodeArgs Read(const format::Model& model, const format::StoredNode& node) {
    Fill(model, node.inputs, &in, &in_pointers);
    Fill(model, node.outputs, &out, &out_pointers);
    NodeArgs args;
    args.in = in_pointers.data();
    args.out = out_pointers.data();
    args.n_in = static_cast<int32_t>(in.size());
    args.n_out = static_cast<int32_t>(out.size());
    args.params = node.params.data;
    args.params_bytes = static_cast<uint32_t>(node.params.size);
    return args;
  }
};

void SelectNode(const format::Model& model, uint32_t graph, uint32_t index, const std::vector<Level>& levels, Tensors* tensors,
                ModelRows* rows) {
  format::StoredNode node;
  model.node(index, &node);
  const NodeArgs args = tensors->Read(model, node);
  std::map<std::string, std::string> lacks;  // what -> levels
  for (const Level level : levels) {
    Resolved resolved;
    const Status status = ResolveNode(CatalogTable(), node, args, level, &resolved);
    if (!status.ok()) {
      rows->damage.push_back(NodeWords(index, node) + ": " + StatusWords(status));
      return;
    }
    const std::string lack = Lack(resolved);
    if (!lack.empty()) {
      std::string& at = lacks[lack];
      at += (at.empty() ? "" : ", ") + std::string(LevelName(level));
      continue;
    }
    const Selection& s = resolved.selection;
    rows->nodes.push_back({graph,
                           static_cast<int32_t>(index),
                           node.name,
                           node.op,
                           level,
                           resolved.op_row,
                           s.kernel,
                           {s.ukernels, s.ukernels + s.n_ukernels}});
  }
  for (const auto& [lack, at] : lacks) rows->missing.push_back(NodeWords(index, node) + ": " + lack + " (levels: " + at + ")");
}

struct HostTable {
  std::vector<uint8_t> bytes;
  std::vector<const void*> entries;
  RowTable table;

  HostTable() : bytes(SerializeRows(Catalog())) {
    for (const CatalogRow& row : Catalog()) {
      entries.push_back(row.kind == RowKind::kOp ? graph::FindOpDef(row.op) : nullptr);
    }
    table = {bytes.data(), static_cast<int>(entries.size()), entries.data()};
  }
};

}  // namespace

const RowTable& CatalogTable() {
  static const HostTable table;
  return table.table;
}

ModelRows SelectRows(const ModelBytes& model, const std::vector<Level>& levels) {
  ModelRows rows;
  try {
    const OpenModel opened({reinterpret_cast<const char*>(model.data), model.size}, "");
    Tensors tensors;
    for (; rows.graphs < opened.graphs().size(); ++rows.graphs) {
      const format::Model& graph = opened.graphs()[rows.graphs];
      for (uint32_t i = 0; i < graph.n_nodes; ++i) SelectNode(graph, rows.graphs, i, levels, &tensors, &rows);
    }
  } catch (const InputError& e) {
    rows.damage.emplace_back(e.what());
  }
  return rows;
}

}  // namespace adze::plan
