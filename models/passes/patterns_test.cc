// SPDX-License-Identifier: Apache-2.0
// Tests of the passes that recognize one op in the many nodes an exporter wrote for it.
#include "models/passes/testing/pass_test.h"

namespace adze::passes {
namespace {

TEST(FuseHardSwish, InEveryWriting) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6});
  b.Output(b.Mul(b.Mul(x, b.Clamp(b.Add(x, b.Scalar(3, 4)), 0, 6)), b.Scalar(1.0f / 6, 4)));
  b.Output(b.Mul(b.Mul(b.Scalar(0.16666667f, 4), b.Add(b.Scalar(3, 4), x, {0, 6})), x));
  b.Output(b.Mul(x, b.Add(b.Mul(x, b.Scalar(1.0f / 6, 4)), b.Scalar(0.5f, 4), {0, 1})));
  b.Output(b.Mul(b.Mul(x, b.Scalar(1.0f / 6, 4)), b.Add(x, b.Scalar(3, 4), {0, 6})));
  ExpectSameResults(&b.g, FuseHardSwish, 1e-6f);
  EXPECT_EQ(OpsOf(b.g), "hard_swish hard_swish hard_swish hard_swish");
}

TEST(FuseHardSwish, StaysWhereNumbersOrOperandsDiffer) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6}), z = b.Input({1, 5, 5, 6});
  b.Output(b.Mul(b.Mul(x, b.Add(z, b.Scalar(3, 4), {0, 6})), b.Scalar(1.0f / 6, 4)));     // another tensor's gate
  b.Output(b.Mul(b.Mul(x, b.Add(x, b.Scalar(3, 4), {0, 6})), b.Scalar(0.2f, 4)));         // not a sixth
  b.Output(b.Mul(b.Mul(x, b.Add(x, b.Scalar(2.5f, 4), {0, 6})), b.Scalar(1.0f / 6, 4)));  // another gate
  b.Output(b.Mul(x, b.Add(b.Mul(x, b.Scalar(0.2f, 4)), b.Scalar(0.5f, 4), {0, 1})));      // the steeper hard sigmoid
  const int product = b.Mul(x, b.Add(x, b.Scalar(3, 4), {0, 6}));                         // seen outside
  b.Output(product);
  b.Output(b.Mul(product, b.Scalar(1.0f / 6, 4)));
  const size_t nodes = b.g.nodes.size();
  ExpectSameResults(&b.g, FuseHardSwish);
  EXPECT_EQ(b.g.nodes.size(), nodes);
}

}  // namespace
}  // namespace adze::passes
