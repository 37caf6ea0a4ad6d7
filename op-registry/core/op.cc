// SPDX-License-Identifier: Apache-2.0
// What the definitions of ops share.
#include "op-registry/core/op.h"

namespace adze {

void SetCommonFeatures(const NodeArgs& node, Key* key) {
  bool rest_inner = true;
  bool dense = true;
  for (int i = 0; i < node.n_in + node.n_out; ++i) {
    const Tensor& t = i < node.n_in ? *node.in[i] : *node.out[i - node.n_in];
    if (i > 0 || node.n_in == 0) rest_inner = rest_inner && IsInnerDense(t);
    dense = dense && IsDense(t);
  }
  (*key)[Feature::kInnerDense] = rest_inner && (node.n_in == 0 || IsInnerDense(*node.in[0]));
  (*key)[Feature::kRestInnerDense] = rest_inner;
  (*key)[Feature::kDense] = dense;
  if (node.n_out > 0) {
    (*key)[Feature::kElements] = ElementCount(node.out[0]->shape);
    (*key)[Feature::kElementBytes] = static_cast<int64_t>(DTypeBytes(node.out[0]->dtype));
  }
}

Status CheckArity(const NodeArgs& node, int min_in, int max_in, int n_out) {
  if (node.n_in < min_in) return Damaged(Detail::kInputCount, node.n_in, min_in);
  if (node.n_in > max_in) return Damaged(Detail::kInputCount, node.n_in, max_in);
  if (node.n_out != n_out) return Damaged(Detail::kOutputCount, node.n_out, n_out);
  return OkStatus();
}

}  // namespace adze
