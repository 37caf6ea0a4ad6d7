// SPDX-License-Identifier: Apache-2.0
// Binding a verified model. The block: adze_session, tensors, nodes, then per node its inputs, outputs and micro-kernels as pointers.
#include "runtime/session/session_bind.h"

#include "runtime/session/manifest.h"

namespace adze {
namespace {

static_assert(sizeof(adze_session) % alignof(Tensor) == 0 && alignof(Tensor) == alignof(BoundNode) && alignof(Tensor) >= alignof(void*),
              "the parts of the block follow each other without padding");

const Tensor* const* PointTo(adze_session* session, Span<const int32_t> indices, const Tensor** pointers) {
  for (size_t k = 0; k < indices.size; ++k) pointers[k] = session->tensors + indices[k];
  return pointers;
}

}  // namespace

void LayOut(adze_session* session, void* block) {
  const format::Model& model = session->model;
  session->tensors = static_cast<Tensor*>(block);
  session->nodes = reinterpret_cast<BoundNode*>(session->tensors + model.n_tensors);
  auto* pointers = reinterpret_cast<const Tensor**>(session->nodes + model.n_nodes);
  for (uint32_t i = 0; i < model.n_tensors; ++i) {
    format::StoredTensor stored;
    model.tensor(i, &stored);
    session->tensors[i] = stored.tensor;
  }
  for (uint32_t i = 0; i < model.n_nodes; ++i) {
    format::StoredNode node;
    model.node(i, &node);
    BoundNode& bound = session->nodes[i];
    bound = {};
    bound.args.n_in = static_cast<int32_t>(node.inputs.size);
    bound.args.n_out = static_cast<int32_t>(node.outputs.size);
    bound.args.params = node.params.data;
    bound.args.in = PointTo(session, node.inputs, pointers);
    pointers += node.inputs.size;
    bound.args.out = PointTo(session, node.outputs, pointers);
    pointers += node.outputs.size;
    bound.args.ukernels = reinterpret_cast<const void* const*>(pointers);
    pointers += kMaxNeeds;
  }
}

NodeArgs ArgsOf(const adze_session& session, uint32_t i) {
  format::StoredNode node;
  session.model.node(i, &node);
  const KernelArgs& bound = session.nodes[i].args;
  return {bound.in, bound.out, bound.n_in, bound.n_out, node.params.data, static_cast<uint32_t>(node.params.size)};
}

Status BindRows(adze_session* session, int32_t* nodes_missing) {
  const RowTable table = ManifestTable();
  *nodes_missing = 0;
  for (uint32_t i = 0; i < session->model.n_nodes; ++i) {
    format::StoredNode node;
    session->model.node(i, &node);
    Resolved resolved;
    Status status = ResolveNode(table, node, ArgsOf(*session, i), session->level, &resolved);
    if (!status.ok()) {
      status.node = static_cast<int16_t>(i);
      return status;
    }
    if (resolved.op == nullptr || !resolved.selection.complete()) {
      ++*nodes_missing;
      continue;
    }
    BoundNode& bound = session->nodes[i];
    bound.kernel_row = resolved.selection.kernel;
    bound.kernel = static_cast<const Kernel*>(table.entries[bound.kernel_row]);
    auto* ukernels = const_cast<const void**>(bound.args.ukernels);
    for (int k = 0; k < kMaxNeeds; ++k) {
      const int row = k < resolved.selection.n_ukernels ? resolved.selection.ukernels[k] : -1;
      bound.ukernel_rows[k] = row;
      ukernels[k] = row < 0 ? nullptr : table.entries[row];
    }
  }
  return OkStatus();
}

void BindMemory(adze_session* session) {
  const format::Model& model = session->model;
  // Kernels never write constants: the reader refuses a file whose node does.
  uint8_t* blob = const_cast<uint8_t*>(model.blob);
  for (uint32_t i = 0; i < model.n_tensors; ++i) {
    format::StoredTensor stored;
    model.tensor(i, &stored);
    uint64_t offset = stored.offset;
    if (stored.root >= 0) {
      model.tensor(static_cast<uint32_t>(stored.root), &stored);
      offset += stored.offset;
    }
    session->tensors[i].data = (stored.storage == format::StorageKind::kConstant ? blob : session->arena) + offset;
  }
  for (uint32_t i = 0; i < model.n_nodes; ++i) {
    format::StoredNode node;
    model.node(i, &node);
    session->nodes[i].args.scratch = session->arena + node.scratch_offset;
    session->nodes[i].args.parallel = session->parallel;
  }
}

}  // namespace adze
