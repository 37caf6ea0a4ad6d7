// SPDX-License-Identifier: Apache-2.0
// Nodes of constants, run by the reference kernels.
#include "models/graph/run_reference.h"

#include <algorithm>

#include "kernels/catalog.h"
#include "kernels/reference_kernels.h"
#include "op-registry/core/select.h"

namespace adze::graph {
namespace {

struct ReferenceTable {
  std::vector<CatalogRow> rows = ReferenceKernelRows();
  std::vector<uint8_t> bytes = SerializeRows(rows);
  RowTable table{bytes.data(), static_cast<int>(rows.size()), nullptr};
};

// Their work is no multiple of their elements.
bool IsProduct(const std::string& op) {
  static const char* const kOps[] = {"conv2d",    "conv_transpose2d", "fully_connected", "gru", "lstm",
                                     "lstm_full", "matmul",           "pool2d",          "rnn", "topk"};
  return std::any_of(std::begin(kOps), std::end(kOps), [&](const char* name) { return op == name; });
}

void RunWhole(const Parallel*, void (*task)(void*, size_t, size_t), void* context, size_t n, size_t) {
  if (n > 0) task(context, 0, n);
}

}  // namespace

bool RunReference(const Graph& g, const Node& n, int64_t max_work, std::vector<uint8_t>* data) {
  static const ReferenceTable kTable;
  const OpDef* def = FindOpDef(n.op);
  if (def == nullptr || n.outputs.size() != 1 || IsProduct(n.op)) return false;
  int64_t work = 0;
  for (const auto* list : {&n.inputs, &n.outputs}) {
    for (const int v : *list) work = std::max(work, g.values[static_cast<size_t>(v)].Elements());
  }
  if (work > max_work) return false;
  const NodeView view(g, n);
  Key key;
  def->key(view.args(), &key);
  const Selection chosen = Select(kTable.table, key, Level::kReference);
  if (!chosen.complete() || chosen.n_ukernels > 0) return false;
  Tensor out = *view.args().out[0];
  data->assign(static_cast<size_t>(g.values[static_cast<size_t>(n.outputs[0])].Bytes()), 0);
  out.data = data->data();
  const Tensor* const outs[] = {&out};
  std::vector<uint8_t> scratch(static_cast<size_t>(chosen.scratch_bytes) + 64);
  const Parallel parallel = {RunWhole};
  KernelArgs args = {};
  args.in = view.args().in;
  args.out = outs;
  args.n_in = view.args().n_in;
  args.n_out = 1;
  args.params = n.params.data();
  args.scratch = scratch.data() + (64 - reinterpret_cast<uintptr_t>(scratch.data()) % 64) % 64;
  args.parallel = &parallel;
  kReferenceKernels[chosen.kernel]->run(args);
  return true;
}

}  // namespace adze::graph
