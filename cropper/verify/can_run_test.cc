// SPDX-License-Identifier: Apache-2.0
// can-run: what a library lacks for a model, by the library's own table.
#include "cropper/verify/can_run.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cropper/generate/files.h"
#include "cropper/generate/sha256.h"
#include "cropper/plan/profile.h"
#include "kernels/catalog.h"
#include "models/format/writer.h"
#include "models/graph/graph.h"
#include "models/passes/pipeline.h"
#include "op-registry/core/select.h"

namespace adze::verify {
namespace {

// One sigmoid over four floats.
std::string SigmoidModel() {
  graph::Graph g;
  graph::Value x;
  x.name = "x";
  x.dims = {1, 4};
  graph::Value y = x;
  y.name = "y";
  g.inputs = {g.AddValue(x)};
  g.outputs = {g.AddValue(y)};
  graph::Node n;
  n.op = "sigmoid";
  n.name = "act";
  n.inputs = g.inputs;
  n.outputs = g.outputs;
  g.nodes = {n};
  passes::RunPipeline(&g);
  const std::vector<uint8_t> bytes = format::WriteAdze(g);
  return std::string(bytes.begin(), bytes.end());
}

// A library that holds all rows but those whose name starts with `without`.
size::Manifest LibraryWithout(const std::string& without, std::vector<Level> levels) {
  size::Manifest m;
  m.levels = std::move(levels);
  std::vector<CatalogRow> rows;
  for (const CatalogRow& row : Catalog()) {
    if (!without.empty() && row.name.compare(0, without.size(), without) == 0) continue;
    rows.push_back(row);
    m.rows.push_back({row.kind, row.name, row.op, row.types, row.level});
  }
  m.row_bytes = SerializeRows(rows);
  return m;
}

TEST(WhatIsMissing, NothingInAFullLibrary) {
  EXPECT_TRUE(WhatIsMissing(SigmoidModel(), "m", LibraryWithout("", {Level::kAvx2, Level::kScalar})).empty());
  EXPECT_TRUE(WhatIsMissing(SigmoidModel(), "m", LibraryWithout("conv2d", {Level::kAvx2})).empty());
}

TEST(WhatIsMissing, NamesTheKernelTheNodeAndTheLevel) {
  const auto missing = WhatIsMissing(SigmoidModel(), "m", LibraryWithout("sigmoid_f32__any", {Level::kAvx2, Level::kScalar}));
  ASSERT_EQ(missing.size(), 2u);
  EXPECT_NE(missing[0].find("node 0 'act' (sigmoid), float32, level avx2: needs sigmoid_f32__any"), std::string::npos) << missing[0];
  EXPECT_NE(missing[1].find("level scalar"), std::string::npos) << missing[1];
}

TEST(WhatIsMissing, NamesTheOp) {
  const auto missing = WhatIsMissing(SigmoidModel(), "m", LibraryWithout("op_sigmoid", {Level::kScalar}));
  ASSERT_EQ(missing.size(), 1u);
  EXPECT_NE(missing[0].find("op_sigmoid"), std::string::npos) << missing[0];
}

// tests/golden/manifest_v1.json: what a library in the field holds. The file is never made anew: its hash stands here.
class OldLibrary : public ::testing::Test {
 protected:
  OldLibrary() {
    const std::string text = generate::ReadFile(ADZE_SOURCE_DIR "/tests/golden/manifest_v1.json");
    EXPECT_EQ(generate::Sha256Hex(text), "89e967e0b44077044bc44e8e3a2687b6ccb6626b4e99d0c52147515905eef6bf")
        << "libraries in the field did not change";
    golden_ = nlohmann::json::parse(text);
    std::string hex;
    for (const nlohmann::json& line : golden_.at("note")) hex += line.get<std::string>();
    constexpr size_t kNoteHead = 20;  // sizes, type, owner "Adze"
    for (size_t i = 2 * kNoteHead; i < hex.size(); i += 2) descriptor_ += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    manifest_ = size::ParseManifest(descriptor_, "old.so");
  }

  std::vector<std::string> Names(const Key& key, Level level) const {
    const RowTable table = {manifest_.row_bytes.data(), static_cast<int>(manifest_.rows.size()), nullptr};
    const Selection s = Select(table, key, level);
    std::vector<std::string> names;
    if (s.kernel >= 0) names.push_back(manifest_.rows[static_cast<size_t>(s.kernel)].name);
    for (int i = 0; i < s.n_ukernels; ++i) names.push_back(manifest_.rows[static_cast<size_t>(s.ukernels[i])].name);
    return names;
  }

  nlohmann::json golden_;
  std::string descriptor_;
  size::Manifest manifest_;
};

TEST_F(OldLibrary, IsRead) {
  EXPECT_EQ(manifest_.crop_id, golden_.at("crop_id"));
  ASSERT_EQ(manifest_.levels.size(), golden_.at("levels").size());
  for (size_t i = 0; i < manifest_.levels.size(); ++i) EXPECT_EQ(LevelName(manifest_.levels[i]), golden_.at("levels")[i]);
  ASSERT_EQ(manifest_.rows.size(), 20u);
  ASSERT_EQ(golden_.at("rows").size(), 20u);
  constexpr const char* kKinds[] = {"op", "kernel", "ukernel"};
  for (size_t i = 0; i < manifest_.rows.size(); ++i) {
    const size::ManifestRow& row = manifest_.rows[i];
    nlohmann::json types = nlohmann::json::array();
    for (const DType t : row.types) types.push_back(DTypeName(t));
    const nlohmann::json want = {{"kind", kKinds[static_cast<int>(row.kind)]},
                                 {"name", row.name},
                                 {"op", row.op},
                                 {"types", types},
                                 {"level", LevelName(row.level)}};
    EXPECT_EQ(golden_.at("rows")[i], want);
  }
}

// Its expressions mean what they meant: numbers of features and operators are never given anew.
TEST_F(OldLibrary, SelectsAsItDid) {
  using Strings = std::vector<std::string>;
  Key conv;
  conv.op = "conv2d";
  conv.n_types = 3;
  conv[Feature::kPacking] = 1;
  conv[Feature::kM] = 100;
  conv[Feature::kN] = 64;
  conv[Feature::kK] = 144;
  conv[Feature::kGroups] = conv[Feature::kInnerDense] = conv[Feature::kRestInnerDense] = 1;
  conv[Feature::kIndirection] = conv[Feature::kKernelArea] = 9;
  EXPECT_EQ(Names(conv, Level::kAvx512), (Strings{"conv2d_f32__any_indirect", "gemm_f32__avx512_7x32"}));
  EXPECT_EQ(Names(conv, Level::kAvx2), (Strings{"conv2d_f32__any_indirect", "gemm_f32__avx2_6x16"}));
  EXPECT_EQ(Names(conv, Level::kScalar), (Strings{"conv2d_f32__any_indirect", "gemm_f32__scalar_2x16"}));
  conv[Feature::kIndirection] = 161;
  EXPECT_EQ(Names(conv, Level::kAvx2), Strings());
  Key softmax;
  softmax.op = "softmax";
  softmax.n_types = 1;
  softmax[Feature::kInnerDense] = 1;
  EXPECT_EQ(Names(softmax, Level::kAvx2), (Strings{"softmax_f32__any"}));
  softmax.types[0] = DType::kI8;
  EXPECT_EQ(Names(softmax, Level::kAvx2), Strings());
}

TEST_F(OldLibrary, IsToldWhatItLacks) {
  const auto missing = WhatIsMissing(SigmoidModel(), "m", manifest_);
  ASSERT_EQ(missing.size(), 3u);
  EXPECT_NE(missing[0].find("node 0 'act' (sigmoid), level avx512: needs op_sigmoid"), std::string::npos) << missing[0];
}

TEST_F(OldLibrary, ACutOrNewerNoteIsAnError) {
  for (const size_t n : {size_t{0}, size_t{3}, size_t{35}, descriptor_.size() / 2}) {
    EXPECT_THROW(size::ParseManifest(descriptor_.substr(0, n), "old.so"), plan::InputError) << n;
  }
  descriptor_[0] = 99;
  EXPECT_THROW(size::ParseManifest(descriptor_, "old.so"), plan::InputError);
}

TEST(WhatIsMissing, DamagedModelIsBadInput) {
  const std::string whole = SigmoidModel();
  for (const size_t n : {size_t{0}, size_t{10}, size_t{64}, whole.size() - 1}) {
    EXPECT_THROW(WhatIsMissing(whole.substr(0, n), "m", LibraryWithout("", {Level::kScalar})), plan::InputError) << n;
  }
}

}  // namespace
}  // namespace adze::verify
