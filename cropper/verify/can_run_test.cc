// SPDX-License-Identifier: Apache-2.0
// can-run: what a library lacks for a model, by the library's own table.
#include "cropper/verify/can_run.h"

#include <gtest/gtest.h>

#include "cropper/plan/profile.h"
#include "kernels/catalog.h"
#include "models/format/writer.h"
#include "models/graph/graph.h"
#include "models/passes/pipeline.h"

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

TEST(WhatIsMissing, DamagedModelIsBadInput) {
  const std::string whole = SigmoidModel();
  for (const size_t n : {size_t{0}, size_t{10}, size_t{64}, whole.size() - 1}) {
    EXPECT_THROW(WhatIsMissing(whole.substr(0, n), "m", LibraryWithout("", {Level::kScalar})), plan::InputError) << n;
  }
}

}  // namespace
}  // namespace adze::verify
