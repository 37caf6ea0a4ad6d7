// SPDX-License-Identifier: Apache-2.0
// Det, Compress, and the ops of ai.onnx.ml.
#include <gtest/gtest.h>

#include "models/import/findings.h"
#include "models/import/testing/onnx_model.h"

namespace adze::import {
namespace {

std::vector<int64_t> OutputDims(const graph::Graph& g) { return g.values[static_cast<size_t>(g.outputs[0])].dims; }

TEST(OnnxDet, UpToThreeByThree) {
  for (const int n : {1, 2, 3}) {
    OnnxModelBuilder m;
    m.Input("x", {5, n, n});
    m.Output("y");
    m.Node("Det", {"x"}, "y");
    EXPECT_EQ(OutputDims(m.Import()), std::vector<int64_t>{5}) << n;
  }
  OnnxModelBuilder large;
  large.Input("x", {4, 4});
  large.Output("y");
  large.Node("Det", {"x"}, "y");
  EXPECT_NE(large.Report().find("its matrices are of size 4; 1 to 3 are supported"), std::string::npos);
  OnnxModelBuilder oblong;
  oblong.Input("x", {2, 3});
  oblong.Output("y");
  oblong.Node("Det", {"x"}, "y");
  EXPECT_NE(oblong.Report().find("is not square"), std::string::npos);
}

TEST(OnnxCompress, NeedsAConditionThatIsKnown) {
  OnnxModelBuilder m;
  m.Input("x", {2, 3});
  m.Input("c", {3});
  m.Output("y");
  SetInt(m.Node("Compress", {"x", "c"}, "y"), "axis", 1);
  EXPECT_NE(m.Report().find("the condition must be a constant"), std::string::npos) << m.Report();
}

TEST(OnnxMl, NoStandardSetIsNeeded) {
  OnnxModelBuilder m;
  m.Input("x", {2, 3});
  m.Output("y");
  onnx::Node* node = m.Node("Binarizer", {"x"}, "y");
  node->set_domain("ai.onnx.ml");
  m.model().clear_opset_import();
  onnx::OperatorSet* set = m.model().add_opset_import();
  set->set_domain("ai.onnx.ml");
  set->set_version(1);
  EXPECT_EQ(OutputDims(m.Import()), (std::vector<int64_t>{2, 3}));
  m.model().mutable_opset_import(0)->set_domain("com.example");
  EXPECT_NE(m.Report().find("it names no version of the standard operator set"), std::string::npos) << m.Report();
}

}  // namespace
}  // namespace adze::import
