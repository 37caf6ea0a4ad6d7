// SPDX-License-Identifier: Apache-2.0
// TFLite BATCH_MATMUL: of constant weights (fully_connected) or of two computed tensors (matmul).
#include <utility>

#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

int LastTwoSwapped(TfliteNode& node, int x) {
  std::vector<int> perm;
  for (int d = 0; d < node.RankOf(x); ++d) perm.push_back(d);
  std::swap(perm[perm.size() - 2], perm[perm.size() - 1]);
  return node.Transpose(x, perm);
}

void BatchMatMul(TfliteNode& node) {
  const auto& o = node.Options<tflite::BatchMatMulOptions>();
  int a = node.FloatInput(0);
  int b = node.Weights(1);
  if (node.RankOf(a) < 2 || node.RankOf(b) < 2) throw ContradictionError("an operand is no matrix");
  if (o.adj_x()) a = LastTwoSwapped(node, a);
  const Dims db = node.DimsOf(b);
  const bool one_matrix = node.IsConstant(b) && ProductOf(db, 0, db.size() - 2) == 1 && db.size() <= node.DimsOf(a).size();
  if (one_matrix) {
    if (!o.adj_y()) b = LastTwoSwapped(node, b);
    const Dims dw = node.DimsOf(b);
    return node.SetOutput(node.MatrixProduct(a, node.Reshape(b, {dw[dw.size() - 2], dw.back()}), -1, {}));
  }
  node.SetOutput(node.BatchedProduct(a, o.adj_y() ? LastTwoSwapped(node, b) : b));
}

}  // namespace

std::vector<TfliteOp> TfliteBatchMatMulOps() { return {{126, "BATCH_MATMUL", BatchMatMul}}; }

}  // namespace adze::import
