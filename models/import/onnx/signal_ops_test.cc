// SPDX-License-Identifier: Apache-2.0
// What Einsum, Fourier transforms and windows become, and what is refused; their values are those of ONNX's suite (tests/conformance).
#include <gtest/gtest.h>

#include "models/import/testing/onnx_model.h"

namespace adze::import {
namespace {

using Dims = std::vector<int64_t>;

// The Adze ops of y = Einsum(a, b...), or the refusal.
std::string Einsum(const std::string& equation, const std::vector<Dims>& shapes, Dims* out = nullptr) {
  OnnxModelBuilder m(18);
  std::vector<std::string> names;
  for (const Dims& dims : shapes) {
    names.emplace_back(1, static_cast<char>('a' + names.size()));
    m.Input(names.back(), dims);
  }
  m.Output("y");
  SetString(m.Node("Einsum", names, "y"), "equation", equation);
  if (!m.Report().empty()) return m.Report();
  const graph::Graph g = m.Import();
  if (out != nullptr) *out = OutputValue(g).dims;
  std::string text;
  for (const graph::Node& n : g.nodes) text += (text.empty() ? "" : " ") + n.op;
  return text;
}

TEST(OnnxEinsum, ProductsSumsAndDiagonals) {
  Dims out;
  EXPECT_EQ(Einsum("bij,bjk->bik", {{5, 2, 3}, {5, 3, 4}}, &out), "matmul");
  EXPECT_EQ(out, (Dims{5, 2, 4}));
  EXPECT_EQ(Einsum("i,j->ij", {{2}, {3}}, &out), "reshape reshape mul");
  EXPECT_EQ(out, (Dims{2, 3}));
  EXPECT_EQ(Einsum("...ij->...ji", {{7, 2, 3}}, &out), "transpose");
  EXPECT_EQ(out, (Dims{7, 3, 2}));
  EXPECT_EQ(Einsum("ii", {{3, 3}}, &out), "reshape slice reduce_sum reshape");  // a trace
  EXPECT_EQ(out, (Dims{}));
  Einsum("ba,cb", {{2, 3}, {4, 2}}, &out);  // the output in alphabetical order: ac
  EXPECT_EQ(out, (Dims{3, 4}));
  Einsum("bhqd,bhkd->bhqk", {{1, 2, 5, 8}, {1, 2, 6, 8}}, &out);
  EXPECT_EQ(out, (Dims{1, 2, 5, 6}));
}

TEST(OnnxEinsum, WhatDoesNotFitIsRefused) {
  EXPECT_NE(Einsum("ij,jk", {{2, 3}, {4, 5}}).find("stands for 3 and 4 elements"), std::string::npos);
  EXPECT_NE(Einsum("ij->ik", {{2, 3}}).find("stands in no term"), std::string::npos);
  EXPECT_NE(Einsum("ijk", {{2, 3}}).find("does not fit shape"), std::string::npos);
  EXPECT_NE(Einsum("ij,jk", {{2, 3}}).find("2 terms for 1 inputs"), std::string::npos);
  EXPECT_NE(Einsum("i+j", {{2}}).find("unexpected '+'"), std::string::npos);
}

std::string Dft(const Dims& dims, int64_t axis, bool inverse, bool one_sided, Dims* out = nullptr) {
  OnnxModelBuilder m(17);
  m.Input("x", dims);
  m.Output("y");
  onnx::Node* n = m.Node("DFT", {"x"}, "y");
  SetInt(n, "axis", axis);
  SetInt(n, "inverse", inverse ? 1 : 0);
  SetInt(n, "onesided", one_sided ? 1 : 0);
  if (!m.Report().empty()) return m.Report();
  if (out != nullptr) *out = OutputValue(m.Import()).dims;
  return "";
}

TEST(OnnxDft, ShapesAndRefusals) {
  Dims out;
  EXPECT_EQ(Dft({2, 16, 3, 1}, 1, false, true, &out), "");
  EXPECT_EQ(out, (Dims{2, 9, 3, 2}));
  EXPECT_NE(Dft({1, 8, 2}, 1, true, true).find("one-sided inverse is not supported"), std::string::npos);
  EXPECT_NE(Dft({1, 8, 3}, 1, false, false).find("must be 1 (real) or 2 (complex)"), std::string::npos);
  EXPECT_NE(Dft({1, 8, 2}, 2, false, false).find("the axis is that of the real and imaginary parts"), std::string::npos);
  EXPECT_NE(Dft({1, 100000, 1}, 1, false, false).find("is too long"), std::string::npos);
}

}  // namespace
}  // namespace adze::import
