// SPDX-License-Identifier: Apache-2.0
// lstm_full, gru and rnn against the reference: every option, odd sizes, lengths in both directions, splits; and gate_f32 by itself.
#include "kernels/contract/gate.h"
#include "kernels/testing/pack.h"
#include "kernels/testing/streaming_case.h"
#include "kernels/testing/ukernels.h"
#include "op-registry/ops/recurrent.h"

namespace adze::parity {
namespace {

struct Case {
  const char* op;
  int32_t steps, batch, inputs, hidden;
  RecurrentParams p;
};

int32_t GatesOf(const Case& c) { return c.op[0] == 'g' ? 3 : c.op[0] == 'r' ? 1 : LstmGates(c.p); }

// The node with weights as they are in the file, and with packed ones.
struct Both {
  NodeCase plain, packed;
  std::vector<std::vector<float>> plain_values, packed_values;  // empty: lengths
};

// What is never packed.
void Add(Both* both, Random* random, const std::vector<int32_t>& dims, DType dtype = DType::kF32) {
  size_t n = dtype == DType::kF32 ? 1 : 0;
  for (const int32_t d : dims) n *= static_cast<size_t>(d);
  const std::vector<float> values = RandomFloats(random, n, -1, 1);
  for (NodeCase* c : {&both->plain, &both->packed}) c->in.push_back({dtype, dims});
  for (auto* v : {&both->plain_values, &both->packed_values}) v->push_back(values);
}

// Rows of weights (k > 0), or a bias.
void AddRows(Both* both, Random* random, int32_t groups, int32_t rows, int32_t k) {
  const auto width = static_cast<size_t>(k == 0 ? 1 : k);
  const std::vector<float> w = RandomFloats(random, static_cast<size_t>(rows) * width, -0.7F, 0.7F);
  const int32_t each = rows / groups;
  const auto padded = static_cast<int32_t>(RoundUp(each, kPanelColumns));
  both->plain.in.push_back({DType::kF32, k == 0 ? std::vector<int32_t>{rows} : std::vector<int32_t>{rows, k}});
  both->plain_values.push_back(w);
  if (k > 0) {
    both->packed.in.push_back({DType::kF32, {groups, padded / kPanelColumns, k, kPanelColumns}});
    both->packed_values.push_back(PackPanels16(w, groups, rows, k));
    return;
  }
  std::vector<float> wide(static_cast<size_t>(groups) * static_cast<size_t>(padded), 0.0F);
  for (int32_t i = 0; i < rows; ++i)
    wide[static_cast<size_t>(i / each) * static_cast<size_t>(padded) + static_cast<size_t>(i % each)] = w[static_cast<size_t>(i)];
  both->packed.in.push_back({DType::kF32, {groups * padded}});
  both->packed_values.push_back(wide);
}

Both BothOf(const Case& c) {
  Random random(7);
  Both both;
  const int32_t gates = GatesOf(c), groups = c.op[0] == 'g' ? 3 : 1;
  RecurrentParams p = c.p;
  p.hidden = c.hidden;
  if (p.projected == 0) p.projected = c.hidden;
  both.plain.op = both.packed.op = c.op;
  both.plain.params = ParamBytes(p);
  p.packing = Packing::kPanels16;
  both.packed.params = ParamBytes(p);
  Add(&both, &random, {c.steps, c.batch, c.inputs});
  AddRows(&both, &random, groups, gates * c.hidden, c.inputs);
  AddRows(&both, &random, groups, gates * c.hidden, p.projected);
  AddRows(&both, &random, groups, gates * c.hidden, 0);
  if (Has(p, kHidden0)) Add(&both, &random, {c.batch, p.projected});
  if (Has(p, kCell0)) Add(&both, &random, {c.batch, c.hidden});
  if (Has(p, kLengths)) Add(&both, &random, {c.batch}, DType::kI32);
  if (Has(p, kRecurrentBias)) AddRows(&both, &random, 1, c.hidden, 0);
  if (Has(p, kPeepholes)) Add(&both, &random, {3 * c.hidden});
  if (Has(p, kLayerNorm)) Add(&both, &random, {gates * c.hidden});
  if (Has(p, kProjection)) AddRows(&both, &random, 1, p.projected, c.hidden);
  if (Has(p, kProjectionBias)) AddRows(&both, &random, 1, p.projected, 0);
  for (NodeCase* n : {&both.plain, &both.packed}) {
    n->special = false;
    n->out = {DType::kF32, {c.steps + 1 + (Has(p, kCellOut) ? 1 : 0), c.batch, p.projected}};
  }
  return both;
}

// Lengths of 0, some, all, and beyond what there is.
int32_t LengthAt(int64_t b, int32_t steps) {
  const int32_t lengths[] = {steps, 0, steps / 2, steps + 3, 1, -1};
  return lengths[b % 6];
}

Tensors Make(const NodeCase& node, const std::vector<std::vector<float>>& values, Layout layout) {
  Tensors in = MakeInputs(node, layout);
  for (size_t i = 0; i < in.size(); ++i) {
    // x and the states may have gaps, weights not.
    const bool strided = i == 0 || (i > 3 && node.in[i].dims.size() == 2 && node.in[i].dims[0] == node.in[0].dims[1]);
    if (!strided && !values[i].empty()) in[i] = std::make_unique<GuardedTensor>(DType::kF32, node.in[i].dims, Layout::kDense);
    for (size_t k = 0; k < values[i].size(); ++k) std::memcpy(in[i]->at(static_cast<int64_t>(k)), &values[i][k], sizeof(float));
    for (int64_t b = 0; node.in[i].dtype == DType::kI32 && b < in[i]->count(); ++b) {
      const int32_t n = LengthAt(b, node.in[0].dims[0]);
      std::memcpy(in[i]->at(b), &n, sizeof(n));
    }
  }
  return in;
}

void Check(const Case& c) {
  const Both both = BothOf(c);
  GuardedTensor want(DType::kF32, both.plain.out.dims, Layout::kDense);
  RunNode(both.plain, ViewsOf(Make(both.plain, both.plain_values, Layout::kDense)), want.view, Level::kReference, 1);
  std::vector<Level> levels = HostLevels();
  levels.push_back(Level::kReference);  // it reads both packings
  for (const Layout layout : {Layout::kDense, Layout::kRowGaps}) {
    const Tensors given = Make(both.packed, both.packed_values, layout);
    for (const Level level : levels) {
      const std::string what = Describe(both.packed, layout, layout, level, 1) + " options " + std::to_string(c.p.options);
      GuardedTensor whole(DType::kF32, both.packed.out.dims, layout);
      RunNode(both.packed, ViewsOf(given), whole.view, level, 1);
      ExpectElements(whole, want, 2e-5F, what);
      EXPECT_TRUE(whole.GapsUntouched()) << what;
      GuardedTensor split(DType::kF32, both.packed.out.dims, layout);
      RunNode(both.packed, ViewsOf(given), split.view, level, 3);
      ExpectSameBits(split, whole, what);
      if (::testing::Test::HasFailure()) return;
    }
  }
}

RecurrentParams With(uint32_t options, uint8_t reverse = 0) {
  RecurrentParams p;
  p.options = options;
  p.reverse = reverse;
  return p;
}

TEST(LstmFull, SizesAroundTheTiles) {
  for (const int32_t hidden : {1, 4, 15, 16, 17, 33}) Check({"lstm_full", 4, 2, 5, hidden, With(kCellOut)});
  for (const int32_t batch : {1, 7, 15}) Check({"lstm_full", 3, batch, 9, 6, With(kHidden0 | kCell0 | kCellOut)});
  Check({"lstm_full", 0, 2, 3, 4, With(kHidden0 | kCell0 | kCellOut)});
}

TEST(LstmFull, LengthsFromBothEnds) {
  for (const uint8_t reverse : {0, 1}) {
    Check({"lstm_full", 6, 7, 3, 5, With(kLengths | kCellOut, reverse)});
    Check({"lstm_full", 6, 7, 3, 5, With(kLengths | kHidden0 | kCell0 | kCellOut, reverse)});
    Check({"lstm_full", 6, 2, 3, 5, With(kCellOut, reverse)});
  }
}

TEST(LstmFull, PeepholesNormsAndCoupledGates) {
  for (const uint32_t coupling : {uint32_t{0}, uint32_t{kForgetFromInput}, uint32_t{kInputFromForget}}) {
    Check({"lstm_full", 5, 2, 3, 17, With(coupling)});
    Check({"lstm_full", 5, 2, 3, 17, With(coupling | kPeepholes | kCellOut)});
    Check({"lstm_full", 5, 2, 3, 17, With(coupling | kLayerNorm | kHidden0)});
    Check({"lstm_full", 5, 2, 3, 7, With(coupling | kLayerNorm | kPeepholes | kLengths, 1)});
  }
}

TEST(LstmFull, ProjectionsWiderAndNarrower) {
  for (const int32_t projected : {3, 16, 21}) {
    RecurrentParams p = With(kProjection | kHidden0 | kLengths);
    p.projected = projected;
    p.projection_clip = 0.5F;
    Check({"lstm_full", 5, 3, 4, 10, p});
    p.options |= kProjectionBias | kLayerNorm | kPeepholes | kInputFromForget;
    Check({"lstm_full", 5, 3, 4, 10, p});
  }
}

TEST(LstmFull, ClipsAndFunctions) {
  RecurrentParams p = With(kCellOut | kPeepholes);
  p.clip = 0.4F;
  p.cell_clip = 0.3F;
  Check({"lstm_full", 5, 2, 3, 9, p});
  for (int f = 0; f < kGateFunctions; ++f) {
    p.f = {static_cast<GateFunction>(f), {}, 0.3F, 0.9F};
    p.g = {static_cast<GateFunction>((f + 3) % kGateFunctions), {}, 0.2F, 0.6F};
    p.h = {static_cast<GateFunction>((f + 7) % kGateFunctions), {}, 0.5F, 0.8F};
    Check({"lstm_full", 4, 2, 3, 9, p});
  }
}

TEST(Gru, ResetBeforeAndAfter) {
  for (const int32_t hidden : {1, 8, 16, 17, 33}) {
    Check({"gru", 4, 2, 5, hidden, With(0)});
    Check({"gru", 4, 2, 5, hidden, With(kResetAfter)});
    Check({"gru", 4, 2, 5, hidden, With(kResetAfter | kRecurrentBias | kHidden0)});
  }
  Check({"gru", 0, 2, 3, 4, With(kHidden0)});
}

TEST(Gru, LengthsFromBothEnds) {
  for (const uint8_t reverse : {0, 1}) {
    for (const uint32_t after : {uint32_t{0}, uint32_t{kResetAfter}})
      Check({"gru", 6, 7, 3, 5, With(after | kLengths | kHidden0, reverse)});
  }
  RecurrentParams p = With(kResetAfter);
  p.clip = 0.4F;
  p.f = {GateFunction::kHardSigmoid, {}, 0.2F, 0.5F};
  p.g = {GateFunction::kSoftsign};
  Check({"gru", 6, 2, 3, 5, p});
}

TEST(Rnn, EverythingItHas) {
  for (const uint8_t reverse : {0, 1}) {
    for (const int32_t hidden : {1, 16, 17}) {
      Check({"rnn", 6, 7, 3, hidden, With(kLengths | kHidden0, reverse)});
      RecurrentParams p = With(0, reverse);
      p.clip = 0.7F;
      p.f = {GateFunction::kClamp, {}, 0, INFINITY};
      Check({"rnn", 6, 2, 3, hidden, p});
    }
  }
}

TEST(Gate, EveryLengthAndFunction) {
  Random random(11);
  for (const Variant<GateF32Ukernel>& v : VariantsOf<GateF32Ukernel>("gate_f32")) {
    const int functions = std::string(v.name).find("_all") == std::string::npos ? 3 : kGateFunctions;
    for (const size_t n : {1U, 3U, 4U, 5U, 8U, 15U, 17U, 33U}) {
      GuardedBuffer x(n * sizeof(float)), p(n * sizeof(float)), c(n * sizeof(float)), y(n * sizeof(float));
      for (GuardedBuffer* b : {&x, &p, &c}) {
        const std::vector<float> values = RandomFloats(&random, n, -3, 3);
        std::memcpy(b->data(), values.data(), b->size());
      }
      std::memcpy(y.data(), c.data(), y.size());
      v.ukernel->mix({n, y.as<float>(), x.as<float>(), nullptr, p.as<float>()});
      for (size_t i = 0; i < n; ++i) {
        const float f = x.as<float>()[i];
        EXPECT_NEAR(y.as<float>()[i], f * c.as<float>()[i] + (1 - f) * p.as<float>()[i], 1e-5) << v.name;
      }
      for (int f = 0; f < functions; ++f) {
        v.ukernel->gate({n,
                         x.as<float>(),
                         p.as<float>(),
                         c.as<float>(),
                         c.as<float>(),
                         y.as<float>(),
                         INFINITY,
                         {static_cast<GateFunction>(f), {}, -INFINITY, INFINITY}});
        const float first = x.as<float>()[0] + p.as<float>()[0] * c.as<float>()[0];
        if (f == 2) {
          EXPECT_NEAR(y.as<float>()[0], first * c.as<float>()[0], 1e-4) << v.name;
        }
        x.as<float>()[0] = NAN;
        v.ukernel->gate({1, x.as<float>(), nullptr, nullptr, nullptr, y.as<float>(), 2, {static_cast<GateFunction>(f), {}, 0, 1}});
        EXPECT_TRUE(std::isnan(y.as<float>()[0])) << v.name << " function " << f;
        x.as<float>()[0] = 1;
      }
    }
  }
}

}  // namespace
}  // namespace adze::parity
