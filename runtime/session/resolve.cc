// SPDX-License-Identifier: Apache-2.0
// From a stored node to its rows.
#include "runtime/session/resolve.h"

namespace adze {
namespace {

// Ops write that many inferred types at most; a file that lists more outputs is refused before its op is asked.
constexpr int kMaxNodeOutputs = 64;

Status CheckOutputs(const NodeArgs& args, const TensorType* inferred) {
  for (int i = 0; i < args.n_out; ++i) {
    const Tensor& stored = *args.out[i];
    const TensorType& want = inferred[i];
    if (stored.dtype != want.dtype) {
      return Damaged(Detail::kDTypeMismatch, static_cast<int64_t>(stored.dtype), static_cast<int64_t>(want.dtype));
    }
    if (stored.shape.rank != want.shape.rank) return Damaged(Detail::kRank, stored.shape.rank, want.shape.rank);
    for (int d = 0; d < want.shape.rank; ++d) {
      if (stored.dim(d) != want.shape.dims[d]) return Damaged(Detail::kDimension, stored.dim(d), want.shape.dims[d]);
    }
  }
  return OkStatus();
}

}  // namespace

Status ResolveNode(const RowTable& table, const format::StoredNode& node, const NodeArgs& args, Level level, Resolved* out) {
  *out = {};
  const int op_row = FindOp(table, TextOf(node.op));
  if (op_row < 0) return OkStatus();
  const OpDef* op = static_cast<const OpDef*>(table.entries[op_row]);
  if (args.n_out > kMaxNodeOutputs) return Damaged(Detail::kOutputCount, args.n_out, kMaxNodeOutputs);
  TensorType inferred[kMaxNodeOutputs];
  ADZE_RETURN_IF_ERROR(op->infer(args, inferred));
  ADZE_RETURN_IF_ERROR(CheckOutputs(args, inferred));
  op->key(args, &out->key);
  out->op = op;
  out->op_row = op_row;
  out->selection = Select(table, out->key, level);
  const auto have = static_cast<int64_t>(node.scratch_bytes);
  if (out->selection.complete() && out->selection.scratch_bytes > have) {
    return Damaged(Detail::kScratch, have, out->selection.scratch_bytes);
  }
  return OkStatus();
}

}  // namespace adze
