// SPDX-License-Identifier: Apache-2.0
// Weights that are stored sparsely, in eight bits, or as one operand of a batched product.
#include <gtest/gtest.h>

#include "models/import/testing/tflite_model.h"
#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

// A sparsity of three or four levels over dims [4, 4].
struct Stored {
  std::vector<int32_t> order = {0, 1, 2, 3}, blocks = {0, 1}, segments = {0, 1, 3}, indices = {1, 0, 1};
  int32_t rows = 2, block_rows = 2, block_columns = 2;
};

const tflite::Sparsity& Build(flatbuffers::FlatBufferBuilder* fbb, const Stored& s) {
  const auto vector = [&](const std::vector<int32_t>& v) { return tflite::CreateInt32Vector(*fbb, fbb->CreateVector(v)).Union(); };
  const auto dense = [&](int32_t size) { return tflite::CreateSparseDim(*fbb, 0, size); };
  const auto segments = vector(s.segments), indices = vector(s.indices);
  std::vector<flatbuffers::Offset<tflite::SparseDim>> dims = {dense(s.rows)};
  dims.push_back(tflite::CreateSparseDim(*fbb, 1, 0, tflite::IndexVector_Int32Vector, segments, tflite::IndexVector_Int32Vector, indices));
  dims.push_back(dense(s.block_rows));
  dims.push_back(dense(s.block_columns));
  const auto order = fbb->CreateVector(s.order), blocks = fbb->CreateVector(s.blocks);
  fbb->Finish(tflite::CreateSparsity(*fbb, order, blocks, fbb->CreateVector(dims)));
  return *flatbuffers::GetRoot<tflite::Sparsity>(fbb->GetBufferPointer());
}

Bytes Decode(const Stored& s, int stored_elements = 12) {
  flatbuffers::FlatBufferBuilder fbb;
  Bytes data;
  for (int i = 1; i <= stored_elements; ++i) data.push_back(static_cast<uint8_t>(i));
  return DenseBytes(Build(&fbb, s), {4, 4}, DType::kU8, data);
}

TEST(TfliteSparse, BlocksOfCompressedRows) {
  // Blocks of 2 x 2: the upper right, then both lower ones; rows within a block one after the other.
  EXPECT_EQ(Decode({}), (Bytes{0, 0, 1, 2, 0, 0, 3, 4, 5, 6, 9, 10, 7, 8, 11, 12}));
  Stored by_columns;  // within blocks
  by_columns.order = {0, 1, 3, 2};
  EXPECT_EQ(Decode(by_columns), (Bytes{0, 0, 1, 3, 0, 0, 2, 4, 5, 7, 9, 11, 6, 8, 10, 12}));
}

TEST(TfliteSparse, ContradictionsAreDamage) {
  const auto changed = [](auto change) {
    Stored s;
    change(&s);
    return s;
  };
  EXPECT_THROW(Decode({}, 11), DamageError);
  for (const Stored& bad :
       {changed([](Stored* s) { s->indices[0] = 2; }), changed([](Stored* s) { s->indices[0] = -1; }), changed([](Stored* s) {
          s->segments = {0, 1};
        }),
        changed([](Stored* s) {
          s->segments = {0, 3, 1};
        }),
        changed([](Stored* s) {
          s->segments = {0, 1, 4};
        }),
        changed([](Stored* s) {
          s->order = {0, 1, 2, 2};
        }),
        changed([](Stored* s) {
          s->order = {0, 1, 2};
        }),
        changed([](Stored* s) {
          s->blocks = {0, 0};
        }),
        changed([](Stored* s) {
          s->blocks = {0, 2};
        }),
        changed([](Stored* s) { s->blocks = {0}; }), changed([](Stored* s) { s->rows = 3; }), changed([](Stored* s) { s->block_rows = 3; }),
        changed([](Stored* s) { s->block_columns = 0; })}) {
    EXPECT_THROW(Decode(bad), DamageError);
  }
}

TEST(TfliteDynamicRange, Int8WeightsOfAFloatProductBecomeFloat32) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 2}), y = m.Tensor("y", {1, 3});
  const int w = m.Constant("w", {3, 2}, tflite::TensorType_INT8, std::vector<int8_t>{1, 2, 3, 4, -5, 127}, 0.5f, 0);
  m.Op(9, {x, w}, {y}, tflite::Options_FullyConnectedOptions, tflite::CreateFullyConnectedOptions(m.fbb()).Union());
  const graph::Graph g = m.Import({x}, {y});
  ASSERT_EQ(g.nodes.size(), 1u);
  const graph::Value& weights = g.values[static_cast<size_t>(g.nodes[0].inputs[1])];
  EXPECT_EQ(weights.dtype, DType::kF32);
  EXPECT_EQ(weights.As<float>(), (std::vector<float>{0.5f, 1, 1.5f, 2, -2.5f, 63.5f}));
}

}  // namespace
}  // namespace adze::import
