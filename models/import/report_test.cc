// SPDX-License-Identifier: Apache-2.0
// What a user is told: every finding of a model at once, and damaged or hostile files.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <functional>
#include <random>

#include "models/import/testing/onnx_model.h"
#include "models/import/testing/tflite_model.h"

namespace adze::import {
namespace {

TEST(Report, OnnxNamesEveryWrongNodeAtOnce) {
  OnnxModelBuilder m;
  m.Input("x", {1, 3, 8, 8});
  m.Output("y");
  m.Ones("w", {4, 3, 3, 3});
  m.Node("StringNormalizer", {"x"}, "a");
  SetString(m.Node("Conv", {"a", "w"}, "b"), "auto_pad", "SOMETIMES");
  m.Node("Relu", {"b"}, "c");
  SetString(m.Node("Resize", {"c", "", "w"}, "d"), "mode", "sharp");
  SetInt(m.Node("Relu", {"x"}, "e"), "slope", 1);
  m.Node("Fancy", {"d", "e"}, "y")->set_domain("com.example");
  EXPECT_EQ(m.Report(),
            "m.onnx: node 0 'a_node' (StringNormalizer): this op is not supported; rewrite the model without it\n"
            "m.onnx: node 1 'b_node' (Conv): attribute auto_pad has the value 'SOMETIMES'; use NOTSET, VALID, SAME_UPPER or SAME_LOWER\n"
            "m.onnx: node 3 'd_node' (Resize): attribute mode has the value 'sharp'; use nearest, linear or cubic\n"
            "m.onnx: node 4 'e_node' (Relu): attribute 'slope' is not known for this op in opset 13; remove it, or export the model anew\n"
            "m.onnx: node 5 'y_node' (Fancy): ops of the domain 'com.example' are not supported; rewrite the model without it");
}

TEST(Report, TfliteNamesEveryWrongNodeAtOnce) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 4, 4, 3});
  const int a = m.Tensor("a", {1, 4, 4, 3});
  const int b = m.Tensor("b", {1, 4, 4, 3});
  const int c = m.Tensor("c", {1, 4, 4, 3}, tflite::TensorType_INT8);
  const int y = m.Tensor("y", {1, 4, 4, 3});
  m.Op(131, {x}, {a});
  m.Custom("Wobble", {a}, {b});
  m.Op(19, {c}, {y});
  m.Op(30, {b}, {c});
  const std::string report = m.Report({x}, {y});
  EXPECT_EQ(report,
            "m.tflite: node 0 'a' (RFFT2D): this op is not supported; rewrite the model without it\n"
            "m.tflite: node 1 'b' (custom op Wobble): this op is not supported; rewrite the model without it\n"
            "m.tflite: node 2 'y' (RELU): tensor 'c' is read before any node writes it\n"
            "m.tflite: node 3 'c' (SKIP_GRAM): this op is not supported; rewrite the model without it");
}

TEST(Report, CyclesAreNamed) {
  OnnxModelBuilder m;
  m.Input("x", {2});
  m.Output("y");
  m.Node("Add", {"x", "c"}, "a");
  m.Node("Relu", {"a"}, "b");
  m.Node("Relu", {"b"}, "c");
  m.Node("Unique", {"c"}, "y");
  EXPECT_EQ(m.Report(),
            "m.onnx: node 3 'y_node' (Unique): this op is not supported; rewrite the model without it\n"
            "m.onnx: the graph has a cycle, so it cannot run: node 1 'b_node' (Relu), node 2 'c_node' (Relu), node 0 'a_node' (Add)");
}

TEST(Report, HostileOnnxSizesAndPlaces) {
  OnnxModelBuilder external;
  external.Input("x", {2});
  external.Output("y");
  onnx::Tensor* t = external.model().mutable_graph()->add_initializer();
  t->set_name("c");
  t->set_data_type(1);
  t->add_dims(2);
  t->set_data_location(1);
  external.Node("Add", {"x", "c"}, "y");
  EXPECT_NE(external.Report().find("external data"), std::string::npos) << external.Report();

  OnnxModelBuilder big;
  big.Input("x", {2});
  big.Output("y");
  big.Ints("shape", {INT32_MAX, INT32_MAX, 2});
  big.Node("ConstantOfShape", {"shape"}, "c");
  big.Node("Add", {"x", "c"}, "y");
  EXPECT_NE(big.Report().find("larger than 2^40 bytes"), std::string::npos) << big.Report();

  OnnxModelBuilder doubled;  // 2^30 elements, were they all computed
  doubled.Input("x", {2});
  doubled.Output("y");
  doubled.Ones("c0", {1});
  for (int i = 0; i < 30; ++i) {
    const std::string from = "c" + std::to_string(i);
    SetInt(doubled.Node("Concat", {from, from}, "c" + std::to_string(i + 1)), "axis", 0);
  }
  doubled.Node("Add", {"x", "c30"}, "y");
  EXPECT_NE(doubled.Report().find("far more memory"), std::string::npos) << doubled.Report();

  OnnxModelBuilder twice;
  twice.Input("x", {2});
  twice.Output("y");
  twice.Node("Relu", {"x"}, "y");
  twice.Node("Relu", {"x"}, "y");
  EXPECT_NE(twice.Report().find("is written twice"), std::string::npos) << twice.Report();
}

using Kind = graph::ImportError::Kind;

// The kind of what `import` throws.
template <typename Import>
Kind KindOf(Import import) {
  try {
    (void)import();
  } catch (const graph::ImportError& e) {
    return e.kind();
  }
  ADD_FAILURE() << "the import succeeded";
  return Kind::kDamaged;
}

// `breakage` adds nodes that are wrong in one way or several.
template <typename Break>
Kind KindOfOnnx(Break breakage) {
  OnnxModelBuilder m;
  m.Input("x", {1, 4});
  m.Output("y");
  breakage(&m);
  return KindOf([&] { return m.Import(); });
}

TEST(Report, OnnxKinds) {
  const auto unsupported = [](OnnxModelBuilder* m) { m->Node("StringNormalizer", {"x"}, "y"); };
  const auto dangling = [](OnnxModelBuilder* m) { m->Node("Add", {"x", "nowhere"}, "z"); };
  EXPECT_EQ(KindOfOnnx(unsupported), Kind::kUnsupported);
  EXPECT_EQ(KindOfOnnx([](OnnxModelBuilder* m) { SetString(m->Node("Relu", {"x"}, "y"), "mood", "good"); }), Kind::kUnsupported);
  EXPECT_EQ(KindOfOnnx([&](OnnxModelBuilder* m) {
              m->Node("Relu", {"x"}, "y");
              dangling(m);
            }),
            Kind::kDamaged);
  // In either order damage wins.
  EXPECT_EQ(KindOfOnnx([&](OnnxModelBuilder* m) {
              dangling(m);
              unsupported(m);
            }),
            Kind::kDamaged);
  EXPECT_EQ(KindOfOnnx([&](OnnxModelBuilder* m) {
              unsupported(m);
              dangling(m);
            }),
            Kind::kDamaged);
}

// Nothing could run these, so no crop and no later Adze will: the file is at fault.
TEST(Report, OnnxContradictionsAreDamage) {
  const std::vector<std::function<void(OnnxModelBuilder*)>> contradictions = {
      [](OnnxModelBuilder* m) {
        m->Ones("c", {3}), m->Node("Add", {"x", "c"}, "y");
      },
      [](OnnxModelBuilder* m) {
        m->Ones("c", {5, 3}), m->Node("MatMul", {"x", "c"}, "y");
      },
      [](OnnxModelBuilder* m) {
        m->Ints("c", {3, 1}), m->Node("Reshape", {"x", "c"}, "y");
      },
      [](OnnxModelBuilder* m) {
        SetInts(m->Node("Transpose", {"x"}, "y"), "perm", {0, 0});
      },
      [](OnnxModelBuilder* m) { SetInt(m->Node("Softmax", {"x"}, "y"), "axis", 2); },
      [](OnnxModelBuilder* m) {
        m->Ones("c", {3, 3}), SetInt(m->Node("Concat", {"x", "c"}, "y"), "axis", 0);
      },
      [](OnnxModelBuilder* m) {
        m->Ones("w", {2, 2, 3, 3}), m->Node("Conv", {"x", "w"}, "y");
      },
  };
  for (size_t i = 0; i < contradictions.size(); ++i) EXPECT_EQ(KindOfOnnx(contradictions[i]), Kind::kDamaged) << i;
}

// The shape behind an op that Adze has not is a placeholder: what does not fit it is neither damage nor worth a line.
TEST(Report, PlaceholdersContradictNothing) {
  OnnxModelBuilder m;
  m.Input("x", {1, 4});
  m.Output("y");
  m.Node("StringNormalizer", {"x"}, "a");
  m.Stated("a", {1, 7});
  m.Node("Shape", {"a"}, "shape");
  m.Node("Reshape", {"x", "shape"}, "b");
  m.Node("Add", {"x", "a"}, "y");
  EXPECT_EQ(KindOf([&] { return m.Import(); }), Kind::kUnsupported);
  EXPECT_EQ(m.Report(), "m.onnx: node 0 'a_node' (StringNormalizer): this op is not supported; rewrite the model without it");

  TfliteModelBuilder t;
  const int x = t.Tensor("x", {1, 4}), a = t.Tensor("a", {1, 1}), b = t.Tensor("b", {2, 2});
  t.Op(131, {x}, {a});
  t.Op(22, {a, t.Ints("shape", {2, 2})}, {b});
  EXPECT_EQ(KindOf([&] { return t.Import({x}, {b}); }), Kind::kUnsupported);
}

TEST(Report, TfliteContradictionsAreDamage) {
  TfliteModelBuilder add;
  const int x = add.Tensor("x", {1, 4}), y = add.Tensor("y", {1, 4});
  add.Op(0, {x, add.Floats("c", {3}, {1, 2, 3})}, {y});
  EXPECT_EQ(KindOf([&] { return add.Import({x}, {y}); }), Kind::kDamaged);
  TfliteModelBuilder reshape;
  const int u = reshape.Tensor("u", {1, 4}), v = reshape.Tensor("v", {3});
  reshape.Op(22, {u, reshape.Ints("shape", {3})}, {v});
  EXPECT_EQ(KindOf([&] { return reshape.Import({u}, {v}); }), Kind::kDamaged);
}

TEST(Report, TfliteKinds) {
  const auto kind = [](bool unsupported, bool damaged) {
    TfliteModelBuilder m;
    const int x = m.Tensor("x", {1, 4}), y = m.Tensor("y", {1, 4}), z = m.Tensor("z", {1, 4});
    m.Op(unsupported ? 131 : 19, {x}, {y});
    m.Op(19, {damaged ? 77 : y}, {z});
    return KindOf([&] { return m.Import({x}, {z}); });
  };
  EXPECT_EQ(kind(true, false), Kind::kUnsupported);
  EXPECT_EQ(kind(false, true), Kind::kDamaged);
  EXPECT_EQ(kind(true, true), Kind::kDamaged);
}

TEST(Report, FilesThatAreNoModelsAreDamaged) {
  const uint8_t text[] = "hello, world, this is no model";
  EXPECT_EQ(KindOf([] { return ImportModel("/nonexistent/model.onnx"); }), Kind::kDamaged);
  EXPECT_EQ(KindOf([&] { return ImportOnnx(text, sizeof(text), "t"); }), Kind::kDamaged);
  EXPECT_EQ(KindOf([&] { return ImportTflite(text, sizeof(text), "t"); }), Kind::kDamaged);
}

TEST(Report, FilesThatAreNoModels) {
  EXPECT_THROW(ImportModel("/nonexistent/model.onnx"), graph::ImportError);
  const uint8_t text[] = "hello, world, this is no model";
  EXPECT_THROW(ImportOnnx(text, sizeof(text), "t"), graph::ImportError);
  EXPECT_THROW(ImportTflite(text, sizeof(text), "t"), graph::ImportError);
  EXPECT_THROW(ImportTflite(text, 0, "t"), graph::ImportError);
  EXPECT_THROW(ImportOnnx(text, 0, "t"), graph::ImportError);
}

std::string OnnxBytes() {
  OnnxModelBuilder m;
  m.Input("x", {1, 2, 6, 6});
  m.Output("y");
  m.Ones("w", {2, 2, 3, 3});
  m.Ints("shape", {1, -1});
  SetInts(m.Node("Conv", {"x", "w"}, "c"), "pads", {1, 1, 1, 1});
  SetInts(m.Node("MaxPool", {"c"}, "p"), "kernel_shape", {2, 2});
  m.Node("Reshape", {"p", "shape"}, "r");
  m.Node("Softmax", {"r"}, "y");
  return m.Bytes();
}

std::string TfliteBytes() {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 6, 6, 2});
  const int w = m.Floats("w", {2, 3, 3, 2}, std::vector<float>(36, 1.0f));
  const int c = m.Tensor("c", {1, 6, 6, 2});
  const int y = m.Tensor("y", {1, 72});
  m.Op(3, {x, w, -1}, {c}, tflite::Options_Conv2DOptions, tflite::CreateConv2DOptions(m.fbb(), tflite::Padding_SAME, 1, 1).Union());
  m.Op(22, {c, m.Ints("shape", {1, -1})}, {y});
  return m.Bytes({x}, {y});
}

void Mutate(const std::string& whole, graph::Graph (*import)(const uint8_t*, size_t, const std::string&)) {
  std::mt19937 random(7);
  int sound = 0;
  for (int i = 0; i < 4000; ++i) {
    std::string bytes = whole;
    if (i % 4 == 0) {
      bytes.resize(random() % (whole.size() + 1));
    } else {
      for (unsigned k = 0; k <= random() % 4; ++k) bytes[random() % bytes.size()] = static_cast<char>(i % 4 == 1 ? 0xff : random());
    }
    try {
      graph::CheckGraph(import(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), "mutated"), "import");
      ++sound;
    } catch (const graph::ImportError& e) {
      EXPECT_NE(std::string(e.what()).find("mutated: "), std::string::npos);
    }
  }
  EXPECT_LT(sound, 4000);
}

TEST(Hostile, MutatedFilesAreErrorsOrSoundGraphs) {
  Mutate(OnnxBytes(), [](const uint8_t* data, size_t n, const std::string& source) { return ImportOnnx(data, n, source); });
  Mutate(TfliteBytes(), [](const uint8_t* data, size_t n, const std::string& source) { return ImportTflite(data, n, source); });
}

}  // namespace
}  // namespace adze::import
