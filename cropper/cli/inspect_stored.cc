// SPDX-License-Identifier: Apache-2.0
// An .adze file through the device's reader.
#include "cropper/cli/inspect_stored.h"

#include <algorithm>
#include <map>

#include "cropper/plan/open_model.h"
#include "cropper/plan/profile.h"
#include "cropper/plan/select_rows.h"
#include "models/format/dump.h"
#include "models/graph/graph.h"

namespace adze::cli {
namespace {

using nlohmann::json;

json Tensors(const format::Model& model, Span<const int32_t> indices) {
  json list = json::array();
  for (const int32_t i : indices) {
    format::StoredTensor t;
    model.tensor(static_cast<uint32_t>(i), &t);
    const Shape& shape = t.tensor.shape;
    std::string type = std::string(DTypeName(t.tensor.dtype)) + " [";
    for (int d = 0; d < shape.rank; ++d) type += (d > 0 ? ", " : "") + std::to_string(shape.dims[d]);
    const std::vector<int32_t> dims(shape.dims, shape.dims + shape.rank);
    list.push_back({{"name", t.name}, {"dtype", DTypeName(t.tensor.dtype)}, {"dims", dims}, {"type", type + "]"}});
  }
  return list;
}

// The reader knows no op; this asks every op that this build knows about its own nodes.
void CheckNodes(const std::string& bytes, const std::string& path) {
  const plan::ModelRows rows =
      plan::SelectRows({path, path, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()}, {Level::kScalar});
  std::string report;
  for (const std::string& damage : rows.damage) report += (report.empty() ? "" : "\n") + path + ": " + damage;
  if (!report.empty()) throw plan::InputError(report);
}

// Multiply-adds of the matrix product that a checked node amounts to; 0 for other nodes.
int64_t Macs(const plan::StoredNodeView& view) {
  const OpDef* op = graph::FindOpDef(view.node().op);
  if (op == nullptr) return 0;
  Key key;
  op->key(view.args(), &key);
  return key[Feature::kM] * key[Feature::kN] * key[Feature::kK] * std::max<int64_t>(1, key[Feature::kGroups]);
}

}  // namespace

json InspectStored(const std::string& bytes, const std::string& path, bool dump) {
  const plan::OpenModel opened(bytes, path);
  CheckNodes(bytes, path);
  const format::Model& model = opened.graphs().front();
  std::map<std::string, int> ops, dtypes;
  int64_t macs = 0;
  for (uint32_t i = 0; i < model.n_nodes; ++i) {
    const plan::StoredNodeView view(model, i);
    ++ops[view.node().op];
    macs += Macs(view);
    for (int32_t k = 0; k < view.args().n_out; ++k) ++dtypes[DTypeName(view.args().out[k]->dtype)];
  }
  json out = {{"model", path},
              {"inputs", Tensors(model, model.inputs)},
              {"outputs", Tensors(model, model.outputs)},
              {"nodes", model.n_nodes},
              {"ops", ops},
              {"dtypes", dtypes},
              {"macs", macs},
              {"constant_bytes", model.blob_bytes},
              {"arena_bytes", model.arena_bytes}};
  if (opened.graphs().size() > 1) {
    for (const format::Model& graph : opened.graphs()) out["shapes"].push_back(Tensors(graph, graph.inputs));
  }
  if (dump) out["graph"] = format::DumpAdze(model);
  return out;
}

}  // namespace adze::cli
