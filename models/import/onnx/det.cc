// SPDX-License-Identifier: Apache-2.0
// ONNX Det: determinants of matrices of up to 3 x 3, written out.
#include <vector>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

// Element (row, column) of every matrix of x [..., n, n]: [...].
int ElementOf(OnnxNode& node, int x, int64_t row, int64_t column) {
  Dims dims = node.DimsOf(x);
  std::vector<int64_t> begin(dims.size(), 0);
  const std::vector<int64_t> step(dims.size(), 1);
  begin[dims.size() - 2] = row;
  begin[dims.size() - 1] = column;
  dims[dims.size() - 2] = dims[dims.size() - 1] = 1;
  const int element = node.Slice(x, begin, step, dims);
  dims.resize(dims.size() - 2);
  return node.Reshape(element, dims);
}

int Product(OnnxNode& node, int a, int b) { return node.Binary("mul", a, b, {}); }

// Of the matrix of rows `row`, `row` + 1 and of two columns.
int Minor(OnnxNode& node, int x, int64_t row, int64_t left, int64_t right) {
  return node.Subtract(Product(node, ElementOf(node, x, row, left), ElementOf(node, x, row + 1, right)),
                       Product(node, ElementOf(node, x, row, right), ElementOf(node, x, row + 1, left)), {});
}

void Det(OnnxNode& node) {
  const int x = node.FloatInput(0);
  const Dims dims = node.DimsOf(x);
  if (dims.size() < 2 || dims.back() != dims[dims.size() - 2])
    throw ContradictionError("an input of shape " + DimsText(dims) + " is not square");
  if (dims.back() < 1 || dims.back() > 3)
    throw NodeError("its matrices are of size " + std::to_string(dims.back()) + "; 1 to 3 are supported");
  if (dims.back() == 1) return node.SetOutput(ElementOf(node, x, 0, 0));
  if (dims.back() == 2) return node.SetOutput(Minor(node, x, 0, 0, 1));
  // Along the first row.
  const int first = Product(node, ElementOf(node, x, 0, 0), Minor(node, x, 1, 1, 2));
  const int second = Product(node, ElementOf(node, x, 0, 1), Minor(node, x, 1, 0, 2));
  const int third = Product(node, ElementOf(node, x, 0, 2), Minor(node, x, 1, 0, 1));
  node.SetOutput(node.Binary("add", node.Subtract(first, second, {}), third, {}));
}

}  // namespace

std::vector<OnnxOp> OnnxDetOps() { return {{"Det", Det}}; }

}  // namespace adze::import
