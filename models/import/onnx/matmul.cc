// SPDX-License-Identifier: Apache-2.0
// ONNX matrix products: MatMul and Gemm, of constant weights (fully_connected) or of two computed tensors (matmul).
#include <cmath>
#include <utility>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

// A vector on the left is a row, on the right a column; the dim it gains goes again.
int ComputedMatMul(OnnxNode& node, int a, int b) {
  const Dims da = node.DimsOf(a), db = node.DimsOf(b);
  if (da.size() == 1) a = node.Reshape(a, {1, da[0]});
  if (db.size() == 1) b = node.Reshape(b, {db[0], 1});
  const int y = node.BatchedProduct(a, b);
  Dims out = node.DimsOf(y);
  if (db.size() == 1) out.pop_back();
  if (da.size() == 1) out.erase(out.end() - (db.size() == 1 ? 1 : 2));
  return node.Reshape(y, out);
}

// A constant operand as one matrix: its leading dims of 1 are dropped where the other operand has as many.
bool IsOneMatrix(const OnnxNode& node, int b, const Dims& dx) {
  Dims db = node.DimsOf(b);
  while (db.size() > 2 && db.front() == 1 && dx.size() >= db.size()) db.erase(db.begin());
  return node.IsConstant(b) && db.size() <= 2;
}

int Product(OnnxNode& node, int x, int b) {
  Dims dx = node.DimsOf(x), db = node.DimsOf(b);
  if (dx.empty() || db.empty()) throw ContradictionError("a scalar operand is not allowed");
  if (!IsOneMatrix(node, b, dx)) return ComputedMatMul(node, x, b);
  while (db.size() > 2 && db.front() == 1 && dx.size() >= db.size()) db.erase(db.begin());
  const bool vector = db.size() == 1;
  if (vector) db.push_back(1);
  b = node.Reshape(b, db);
  const int y = node.MatrixProduct(x, node.Transpose(b, {1, 0}), -1, {});
  Dims out = node.DimsOf(x);
  out.pop_back();
  if (!vector) out.push_back(db[1]);
  return node.Reshape(y, out);
}

void MatMul(OnnxNode& node) { node.SetOutput(Product(node, node.FloatInput(0), node.FloatInput(1))); }

int Turned(OnnxNode& node, int x) {
  std::vector<int> perm;
  for (int d = 0; d < node.RankOf(x); ++d) perm.push_back(d);
  if (perm.size() >= 2) std::swap(perm[perm.size() - 1], perm[perm.size() - 2]);
  return node.Transpose(x, perm);
}

void FusedMatMul(OnnxNode& node) {
  const float alpha = node.FloatAttribute("alpha", 1);
  const bool trans_a = node.IntAttribute("transA", 0) != 0, trans_b = node.IntAttribute("transB", 0) != 0;
  if (node.IntAttribute("transBatchA", 0) != 0 || node.IntAttribute("transBatchB", 0) != 0)
    throw NodeError("transBatchA and transBatchB are not supported");
  const int a = node.FloatInput(0), b = node.FloatInput(1);
  node.SetOutput(node.Times(Product(node, trans_a ? Turned(node, a) : a, trans_b ? Turned(node, b) : b), alpha));
}

// The addend as a bias of one number a column, or -1 where its shape is another.
int BiasOf(OnnxNode& node, int c, int64_t columns, float beta) {
  const Dims dims = node.DimsOf(c);
  if (!node.IsConstant(c) || dims.size() > 2 || (dims.size() == 2 && dims[0] != 1)) return -1;
  const int64_t last = dims.empty() ? 1 : dims.back();
  if (last != 1 && last != columns) return -1;
  const std::vector<float> given = node.FloatsOf(c, "C");
  std::vector<float> bias(static_cast<size_t>(columns));
  for (size_t i = 0; i < bias.size(); ++i) bias[i] = beta * given[last == 1 ? 0 : i];
  return node.FloatConstant("bias", {columns}, bias);
}

int GemmProduct(OnnxNode& node) {
  const float alpha = node.FloatAttribute("alpha", 1), beta = node.FloatAttribute("beta", 1);
  const bool trans_a = node.IntAttribute("transA", 0) != 0, trans_b = node.IntAttribute("transB", 0) != 0;
  node.IgnoreAttributes({"broadcast"});  // before opset 7: C is broadcast wherever it must be
  int x = node.FloatInput(0);
  int w = node.FloatInput(1);
  if (node.RankOf(x) != 2 || node.RankOf(w) != 2) throw ContradictionError("A and B must be matrices");
  if (trans_a) x = node.Transpose(x, {1, 0});
  if (!trans_b) w = node.Transpose(w, {1, 0});
  const bool constant = node.IsConstant(w);
  if (alpha != 1 && constant) {
    std::vector<float> scaled = node.FloatsOf(w, "B");
    for (float& v : scaled) v *= alpha;
    w = node.FloatConstant("scaled", node.DimsOf(w), scaled);
  }
  const bool has_c = node.HasInput(2) && beta != 0;
  const int c = has_c ? node.FloatInput(2) : -1;
  const int64_t columns = node.DimsOf(w)[0];
  if (columns < 1) throw NodeError("B has the shape " + DimsText(node.DimsOf(w)));
  const int bias = has_c && constant ? BiasOf(node, c, columns, beta) : -1;
  int y = constant ? node.MatrixProduct(x, w, bias, {}) : node.BatchedProduct(x, node.Transpose(w, {1, 0}));
  if (alpha != 1 && !constant) y = node.Binary("mul", y, node.FloatConstant("alpha", {}, {alpha}), {});
  if (has_c && bias < 0) {
    const Dims shape = node.DimsOf(y);
    const int scaled = beta == 1 ? c : node.Binary("mul", c, node.FloatConstant("beta", {}, {beta}), {});
    y = node.Binary("add", y, scaled, {});
    if (node.DimsOf(y) != shape)
      throw ContradictionError("C of shape " + DimsText(node.DimsOf(c)) + " does not fit the product " + DimsText(shape));
  }
  return y;
}

void Gemm(OnnxNode& node) { node.SetOutput(GemmProduct(node)); }

void FusedGemm(OnnxNode& node) {
  const std::string activation = node.StringAttribute("activation", "");
  const float alpha = node.FloatAttribute("activation_alpha", 0.01f);
  node.IgnoreAttributes({"activation_beta", "activation_gamma"});  // of activations that are refused
  const int y = GemmProduct(node);
  if (activation == "Relu") return node.SetOutput(node.Clamp(y, {0, INFINITY}));
  if (activation == "Sigmoid") return node.SetOutput(node.Map("sigmoid", y));
  if (activation == "Tanh") return node.SetOutput(node.Map("tanh", y));
  if (activation == "LeakyRelu") return node.SetOutput(node.Pair("prelu", y, node.FloatConstant("alpha", {}, {alpha})));
  if (!activation.empty())
    throw NodeError("the activation " + Quoted(activation) + " is not supported; use Relu, LeakyRelu, Sigmoid or Tanh");
  node.SetOutput(y);
}

}  // namespace

std::vector<OnnxOp> OnnxMatMulOps() {
  return {{"MatMul", MatMul}, {"Gemm", Gemm}, {"com.microsoft.FusedMatMul", FusedMatMul}, {"com.microsoft.FusedGemm", FusedGemm}};
}

}  // namespace adze::import
