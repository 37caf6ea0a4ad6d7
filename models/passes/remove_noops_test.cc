// SPDX-License-Identifier: Apache-2.0
// Tests of passes remove_noops, remove_dead and copy_outputs: what goes and what must stay.
#include "models/passes/testing/pass_test.h"

namespace adze::passes {
namespace {

TEST(RemoveNoops, AllKinds) {
  GraphBuilder b;
  int x = b.Relu(b.Input({2, 3, 4}));
  x = b.Reshape(x, {2, 3, 4});
  x = b.Clamp(x, -__builtin_inff(), __builtin_inff());
  x = b.Slice(x, {0, 0, 0}, {2, 3, 4});
  x = b.Concat({x}, 1);
  x = b.Pad(x, {0, 0, 0}, {0, 0, 0});
  x = b.Transpose(x, {0, 1, 2});
  b.Output(b.Sigmoid(x));
  ExpectSameResults(&b.g, RemoveNoops);
  EXPECT_EQ(OpsOf(b.g), "clamp sigmoid");
}

TEST(RemoveNoops, AnOutputKeepsItsNameAndItsPlace) {
  GraphBuilder b;
  const int x = b.Relu(b.Input({2, 3}));
  const int y = b.Reshape(x, {2, 3});
  b.Output(b.Sigmoid(x));
  b.Output(y);
  const std::string name = b.g.values[y].name;
  ExpectSameResults(&b.g, RemoveNoops);
  EXPECT_EQ(OpsOf(b.g), "clamp sigmoid");
  EXPECT_EQ(b.g.values[b.g.outputs[1]].name, name);
}

TEST(RemoveNoops, AnInputShownAsOutputStaysACopy) {
  GraphBuilder b;
  b.Output(b.Reshape(b.Input({2, 3}), {2, 3}));
  ExpectSameResults(&b.g, RemoveNoops);
  EXPECT_EQ(OpsOf(b.g), "reshape");
}

TEST(RemoveNoops, JoinsReshapesButNotRealWork) {
  GraphBuilder b;
  int x = b.Reshape(b.Reshape(b.Input({2, 6}), {3, 4}), {12});
  x = b.Slice(x, {1}, {11});
  x = b.Clamp(x, 0, 6);
  b.Output(x);
  ExpectSameResults(&b.g, RemoveNoops);
  RemoveDead(&b.g);
  EXPECT_EQ(OpsOf(b.g), "reshape slice clamp");
}

TEST(RemoveDead, UnusedNodesAndValuesGoInputsStay) {
  GraphBuilder b;
  const int x = b.Input({4}), unused = b.Input({5});
  b.Sigmoid(b.Relu(unused));
  b.Constant({100});
  b.Output(b.Relu(x));
  ExpectSameResults(&b.g, RemoveDead);
  EXPECT_EQ(OpsOf(b.g), "clamp");
  EXPECT_EQ(b.g.values.size(), 3u);
  EXPECT_EQ(b.g.inputs.size(), 2u);
}

TEST(CopyOutputs, InputsAndConstants) {
  GraphBuilder b;
  const int x = b.Input({4});
  b.Output(x);
  b.Output(b.Constant({3}));
  b.Output(b.Relu(x));
  ExpectSameResults(&b.g, CopyOutputs);
  EXPECT_EQ(OpsOf(b.g), "clamp reshape reshape");
  EXPECT_EQ(b.g.values[b.g.outputs[0]].name, b.g.values[x].name);
}

}  // namespace
}  // namespace adze::passes
