// SPDX-License-Identifier: Apache-2.0
// lstm against the reference: odd sizes, several sequences, both directions, initial states, splits; and one cell step by itself.
#include "kernels/contract/lstm.h"
#include "kernels/testing/pack.h"
#include "kernels/testing/streaming_case.h"
#include "kernels/testing/ukernels.h"
#include "op-registry/ops/lstm.h"

namespace adze::parity {
namespace {

struct Case {
  int32_t steps, batch, inputs, hidden;
  uint8_t reverse;
  bool states;
};

void Fill(GuardedTensor* t, const std::vector<float>& values) {
  for (int64_t i = 0; i < t->count(); ++i) *reinterpret_cast<float*>(t->at(i)) = values[static_cast<size_t>(i)];
}

std::vector<float> ValuesOf(const GuardedTensor& t) {
  std::vector<float> values;
  for (int64_t i = 0; i < t.count(); ++i) values.push_back(*reinterpret_cast<float*>(t.at(i)));
  return values;
}

// Packed weights for all levels, the reference included: it reads both packings, and the plain one is compared first.
void Check(const Case& c) {
  Random random(7);
  const int32_t rows = 4 * c.hidden;
  const auto padded = static_cast<int32_t>(RoundUp(rows, kPanelColumns));
  const std::vector<float> w = RandomFloats(&random, static_cast<size_t>(rows) * static_cast<size_t>(c.inputs)),
                           r = RandomFloats(&random, static_cast<size_t>(rows) * static_cast<size_t>(c.hidden));
  std::vector<float> bias = RandomFloats(&random, static_cast<size_t>(rows));
  NodeCase plain = {"lstm",
                    ParamBytes(LstmParams{c.hidden, Packing::kNone, c.reverse}),
                    {{DType::kF32, {c.steps, c.batch, c.inputs}},
                     {DType::kF32, {rows, c.inputs}},
                     {DType::kF32, {rows, c.hidden}},
                     {DType::kF32, {rows}}},
                    {DType::kF32, {c.steps, c.batch, c.hidden}},
                    false};
  if (c.states) {
    for (int i = 0; i < 2; ++i) plain.in.push_back({DType::kF32, {c.batch, c.hidden}});
  }
  NodeCase packed = plain;
  packed.params = ParamBytes(LstmParams{c.hidden, Packing::kPanels16, c.reverse});
  packed.in[1].dims = {1, padded / kPanelColumns, c.inputs, kPanelColumns};
  packed.in[2].dims = {1, padded / kPanelColumns, c.hidden, kPanelColumns};
  packed.in[3].dims = {padded};
  Tensors in = MakeInputs(plain, Layout::kDense);
  Fill(in[1].get(), w);
  Fill(in[2].get(), r);
  Fill(in[3].get(), bias);
  GuardedTensor want(DType::kF32, plain.out.dims, Layout::kDense);
  RunNode(plain, ViewsOf(in), want.view, Level::kReference, 1);
  bias.resize(static_cast<size_t>(padded), 0.0F);
  for (const Layout layout : {Layout::kDense, Layout::kRowGaps}) {
    Tensors given = MakeInputs(packed, layout);
    for (int i = 1; i < 4; ++i)
      given[static_cast<size_t>(i)] = std::make_unique<GuardedTensor>(DType::kF32, packed.in[static_cast<size_t>(i)].dims, Layout::kDense);
    for (const size_t i : {size_t{0}, size_t{4}, size_t{5}}) {
      if (i < in.size()) Fill(given[i].get(), ValuesOf(*in[i]));
    }
    Fill(given[1].get(), PackPanels16(w, 1, rows, c.inputs));
    Fill(given[2].get(), PackPanels16(r, 1, rows, c.hidden));
    Fill(given[3].get(), bias);
    std::vector<Level> levels = HostLevels();
    levels.push_back(Level::kReference);
    for (const Level level : levels) {
      GuardedTensor whole(DType::kF32, packed.out.dims, layout);
      RunNode(packed, ViewsOf(given), whole.view, level, 1);
      ExpectElements(whole, want, 1e-5F, Describe(packed, layout, layout, level, 1));
      EXPECT_TRUE(whole.GapsUntouched());
      GuardedTensor split(DType::kF32, packed.out.dims, layout);
      RunNode(packed, ViewsOf(given), split.view, level, 3);
      ExpectSameBits(split, whole, Describe(packed, layout, layout, level, 3));
    }
  }
}

TEST(Lstm, SizesAroundTheTiles) {
  for (const int32_t hidden : {1, 3, 4, 5, 8, 15, 16, 17, 33}) Check({4, 1, 5, hidden, 0, false});
  for (const int32_t batch : {2, 7, 15}) Check({3, batch, 9, 6, 0, true});
  Check({1, 1, 1, 1, 0, false});
  Check({0, 2, 3, 4, 0, false});
  Check({9, 2, 16, 20, 0, true});
}

TEST(Lstm, FromTheEnd) {
  Check({6, 2, 3, 5, 1, false});
  Check({6, 2, 3, 5, 1, true});
}

TEST(Lstm, CellOfEveryLength) {
  Random random(11);
  for (const Variant<LstmCellF32Ukernel>& v : VariantsOf<LstmCellF32Ukernel>("lstm_cell_f32")) {
    for (const size_t n : {1U, 3U, 4U, 5U, 7U, 8U, 9U, 15U, 16U, 17U, 33U}) {
      GuardedBuffer gates(4 * n * sizeof(float)), cell(n * sizeof(float)), hidden(n * sizeof(float));
      const std::vector<float> g = RandomFloats(&random, 4 * n, -6, 6), c = RandomFloats(&random, n, -2, 2);
      std::memcpy(gates.data(), g.data(), gates.size());
      std::memcpy(cell.data(), c.data(), cell.size());
      v.ukernel->run({n, gates.as<float>(), cell.as<float>(), hidden.as<float>()});
      const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
      for (size_t i = 0; i < n; ++i) {
        const double want = sigmoid(g[2 * n + i]) * c[i] + sigmoid(g[i]) * std::tanh(static_cast<double>(g[3 * n + i]));
        EXPECT_NEAR(cell.as<float>()[i], want, 1e-6) << v.name;
        EXPECT_NEAR(hidden.as<float>()[i], sigmoid(g[n + i]) * std::tanh(want), 1e-6) << v.name;
      }
    }
  }
}

}  // namespace
}  // namespace adze::parity
