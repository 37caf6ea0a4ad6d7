// SPDX-License-Identifier: Apache-2.0
// Declared shapes: how they are written, what they spell out, and what importers make of them.
#include "models/import/shapes.h"

#include <gtest/gtest.h>

#include "models/import/findings.h"
#include "models/import/testing/onnx_model.h"
#include "models/import/testing/tflite_model.h"

namespace adze::import {
namespace {

std::vector<std::string> Spelt(const std::vector<std::string>& declared) {
  std::vector<DeclaredShape> shapes;
  for (const std::string& text : declared) shapes.push_back(ParseShape(text));
  std::vector<std::string> spelt;
  for (const InputShapes& shape : AllShapes(shapes)) spelt.push_back(shape.Text());
  return spelt;
}

std::string Problem(const std::vector<std::string>& declared) {
  try {
    Spelt(declared);
  } catch (const ShapeError& e) {
    return e.what();
  }
  return "";
}

using Texts = std::vector<std::string>;

TEST(Shapes, NumbersRangesAndSteps) {
  EXPECT_EQ(Spelt({}), Texts{""});
  EXPECT_EQ(Spelt({"batch = 1"}), Texts{"batch = 1"});
  EXPECT_EQ(Spelt({" batch=1..3 "}), (Texts{"batch = 1", "batch = 2", "batch = 3"}));
  EXPECT_EQ(Spelt({"x = [1, 160..320/80]"}), (Texts{"x = [1, 160]", "x = [1, 240]", "x = [1, 320]"}));
  EXPECT_EQ(Spelt({"x=1,2..9/5"}), (Texts{"x = [1, 2]", "x = [1, 7]"}));
  EXPECT_EQ(Spelt({"x = []"}), Texts{"x = []"});
  EXPECT_EQ(Spelt({"\"a = b:0\" = [5]"}), Texts{"a = b:0 = [5]"});
}

TEST(Shapes, NamesAreCombinedAndLinesOfOneNameAreAlternatives) {
  EXPECT_EQ(Spelt({"h = 1..2", "w = 5..6"}), (Texts{"h = 1, w = 5", "h = 1, w = 6", "h = 2, w = 5", "h = 2, w = 6"}));
  EXPECT_EQ(Spelt({"x = [2, 4]", "x = [1, 8]", "x = [2, 4]"}), (Texts{"x = [1, 8]", "x = [2, 4]"}));
}

TEST(Shapes, BadDeclarationsSayWhatToWrite) {
  for (const char* bad : {"batch", "= 1", "batch =", "batch = -1", "batch = x", "batch = 1..", "x = [1, 2", "x = 1]", "x = [1,,2]",
                          "b = 1.5", "b = 99999999999"}) {
    EXPECT_NE(Problem({bad}).find("write a dim of the model as batch = 1"), std::string::npos) << bad;
  }
  EXPECT_NE(Problem({"b = 3..1"}).find("holds nothing"), std::string::npos);
  EXPECT_NE(Problem({"b = 1..3/0"}).find("holds nothing"), std::string::npos);
  EXPECT_EQ(Problem({"b = 1..64"}), "");
  EXPECT_NE(Problem({"b = 1..65"}).find("more than 64"), std::string::npos);
  EXPECT_NE(Problem({"b = 1..33", "c = 1..2"}).find("more than 64"), std::string::npos);
  EXPECT_NE(Problem({"b = 1..2000000000"}).find("more than 64"), std::string::npos);
}

void Open(OnnxModelBuilder* m, int input, int dim, const std::string& symbol) {
  auto* d = m->model().mutable_graph()->mutable_input(input)->mutable_type()->mutable_tensor_type()->mutable_shape()->mutable_dim(dim);
  d->clear_dim_value();
  if (!symbol.empty()) d->set_dim_param(symbol);
}

std::string ReportWith(OnnxModelBuilder* m, const InputShapes& shapes) {
  const std::string bytes = m->model().SerializeAsString();
  try {
    const graph::Graph g = ImportOnnx(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), "m.onnx", shapes);
    return DimsText(g.values[static_cast<size_t>(g.outputs[0])].dims);
  } catch (const graph::ImportError& e) {
    return e.what();
  }
}

TEST(Shapes, OnnxDimsTakeTheirNumbersBySymbolOrByInput) {
  OnnxModelBuilder m;
  m.Input("x", {1, 3});
  m.Input("z", {1, 1});
  m.Output("y");
  m.Node("Add", {"x", "z"}, "y");
  Open(&m, 0, 0, "N");
  Open(&m, 1, 0, "N");
  EXPECT_EQ(
      ReportWith(&m, {}),
      "m.onnx: input 'x': its shape ['N', 3] is open; say what the app uses, a number or a range such as 1..8, indented below the model "
      "in the list or with --shape: 'N = 1'\n"
      "m.onnx: input 'z': its shape ['N', 1] is open; say what the app uses, a number or a range such as 1..8, indented below the model "
      "in the list or with --shape: 'N = 1'");
  EXPECT_EQ(ReportWith(&m, {{{"N", 5}}, {}}), "[5, 3]");
  EXPECT_EQ(ReportWith(&m, {{}, {{"x", {4, 3}}}}), "[4, 3]");  // z shares the symbol
  EXPECT_EQ(ReportWith(&m, {{{"N", 5}}, {{"x", {4, 3}}}}),     // and nothing of the nodes that read x
            "m.onnx: input 'x': it is declared as [4, 3], but the model has ['N', 3]; 'N' is 5 elsewhere: dims of one name are equal");
  EXPECT_EQ(ReportWith(&m, {{}, {{"x", {4, 2}}}}),
            "m.onnx: input 'x': it is declared as [4, 2], but the model has ['N', 3]; dim 1 is fixed");
  EXPECT_EQ(
      ReportWith(&m, {{}, {{"x", {4}}}}),
      "m.onnx: input 'x': it is declared as [4], but the model has ['N', 3]; declare 2 dims\n"
      "m.onnx: input 'z': its shape ['N', 1] is open; say what the app uses, a number or a range such as 1..8, indented below the model "
      "in the list or with --shape: 'N = 1'");
  EXPECT_EQ(ReportWith(&m, {{{"N", 2}, {"M", 5}}, {{"q", {1}}}}),
            "m.onnx: no input has a dim of the name 'M', for which 5 is declared; the inputs are: x ['N', 3], z ['N', 1]\n"
            "m.onnx: no input has the name 'q', for which [1] is declared; the inputs are: x ['N', 3], z ['N', 1]");
}

TEST(Shapes, NamelessOnnxDimsAreDeclaredByInput) {
  OnnxModelBuilder m;
  m.Input("x", {1, 3});
  m.Output("y");
  m.Node("Relu", {"x"}, "y");
  Open(&m, 0, 0, "");
  EXPECT_NE(ReportWith(&m, {}).find("its shape [?, 3] is open"), std::string::npos);
  EXPECT_NE(ReportWith(&m, {}).find("with --shape: 'x = [1, 3]'"), std::string::npos);
  EXPECT_EQ(ReportWith(&m, {{}, {{"x", {7, 3}}}}), "[7, 3]");
}

TEST(Shapes, TfliteInputsKeepTheirStoredShapeUnlessDeclared) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 4});
  const int y = m.Tensor("y", {1, 4});
  m.Op(19, {x}, {y});
  const std::string bytes = m.Bytes({x}, {y});
  const auto import = [&](const InputShapes& shapes) {
    const graph::Graph g = ImportTflite(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), "m.tflite", shapes);
    return g.values[static_cast<size_t>(g.outputs[0])].dims;
  };
  EXPECT_EQ(import({}), (std::vector<int64_t>{1, 4}));
  EXPECT_EQ(import({{}, {{"x", {3, 4}}}}), (std::vector<int64_t>{3, 4}));
  EXPECT_THROW(import({{}, {{"q", {3, 4}}}}), graph::ImportError);
}

}  // namespace
}  // namespace adze::import
