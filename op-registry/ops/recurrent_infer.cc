// SPDX-License-Identifier: Apache-2.0
// Checks and keys of recurrent layers.
#include "op-registry/ops/recurrent_infer.h"

#include "op-registry/ops/operands.h"

namespace adze {
namespace {

// Four of them, padded, still fit int32.
constexpr int32_t kMaxUnits = 1 << 28;
constexpr uint32_t kInputOptions = 2 * kProjectionBias - 1;

Status CheckGate(const Gate& g) {
  if (static_cast<int>(g.function) >= kGateFunctions) return Refuse(Detail::kParamsValue, static_cast<int64_t>(g.function));
  // Neither may be NaN.
  return g.alpha == g.alpha && g.beta == g.beta ? OkStatus() : Refuse(Detail::kParamsValue);
}

Status CheckParams(const RecurrentParams& p, const RecurrentKind& kind) {
  if (p.hidden < 1 || p.hidden > kMaxUnits) return Refuse(Detail::kParamsValue, p.hidden);
  if (p.projected < 1 || p.projected > kMaxUnits) return Refuse(Detail::kParamsValue, p.projected);
  if (!Has(p, kProjection) && p.projected != p.hidden) return Refuse(Detail::kParamsValue, p.projected, p.hidden);
  if ((p.options & ~kind.options) != 0) return Refuse(Detail::kParamsValue, p.options);
  const uint32_t coupled = kForgetFromInput | kInputFromForget;
  if ((p.options & coupled) == coupled) return Refuse(Detail::kParamsValue, p.options);
  if (Has(p, kProjectionBias) && !Has(p, kProjection)) return Refuse(Detail::kParamsValue, p.options);
  if (Has(p, kProjection) && Has(p, kCellOut)) return Refuse(Detail::kParamsValue, p.options);
  if (p.packing > Packing::kPanels16) return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.packing));
  if (p.reverse > 1) return Refuse(Detail::kParamsValue, p.reverse);
  // False for a NaN.
  if (!(p.clip > 0 && p.cell_clip > 0 && p.projection_clip > 0)) return Refuse(Detail::kParamsValue);
  const Gate* const gates[] = {&p.f, &p.g, &p.h};
  for (const Gate* g : gates) ADZE_RETURN_IF_ERROR(CheckGate(*g));
  return OkStatus();
}

// Weights of `groups` times `rows` rows of k, as they are stored.
Shape WeightShape(const RecurrentParams& p, int groups, int32_t rows, int32_t k) {
  if (p.packing == Packing::kNone) return {2, {groups * rows, k}};
  return {4, {groups, static_cast<int32_t>(RoundUp(rows, kPanelColumns)) / kPanelColumns, k, kPanelColumns}};
}

Shape BiasShape(const RecurrentParams& p, int groups, int32_t rows) {
  return {1, {groups * (p.packing == Packing::kNone ? rows : static_cast<int32_t>(RoundUp(rows, kPanelColumns)))}};
}

// The inputs behind the first four.
Status CheckOptions(const NodeArgs& node, const RecurrentParams& p, int32_t gate_rows) {
  const Tensor& x = *node.in[0];
  for (uint32_t bit = 1; bit <= kInputOptions; bit <<= 1) {
    if ((p.options & bit) == 0) continue;
    const auto option = static_cast<RecurrentOption>(bit);
    const int at = InputOf(p, option);
    Shape want;
    switch (option) {
      case kHidden0: want = {2, {x.dim(1), p.projected}}; break;
      case kCell0: want = {2, {x.dim(1), p.hidden}}; break;
      case kLengths: want = {1, {x.dim(1)}}; break;
      case kRecurrentBias: want = BiasShape(p, 1, p.hidden); break;
      case kPeepholes: want = {1, {3 * p.hidden}}; break;
      case kLayerNorm: want = {1, {gate_rows}}; break;
      case kProjection: want = WeightShape(p, 1, p.projected, p.hidden); break;
      default: want = BiasShape(p, 1, p.projected); break;
    }
    if (option > kLengths) {
      ADZE_RETURN_IF_ERROR(CheckWeights(node, at, DType::kF32, want));
      continue;
    }
    ADZE_RETURN_IF_ERROR(CheckType(*node.in[at], option == kLengths ? DType::kI32 : DType::kF32));
    ADZE_RETURN_IF_ERROR(CheckShape(*node.in[at], want));
  }
  return OkStatus();
}

int GatesOf(const RecurrentParams& p, const RecurrentKind& kind) { return kind.gates == 4 ? LstmGates(p) : kind.gates; }

}  // namespace

Status InferRecurrent(const NodeArgs& node, const RecurrentKind& kind, TensorType* out) {
  RecurrentParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckParams(p, kind));
  const int n_in = InputOf(p, static_cast<RecurrentOption>(kInputOptions + 1));
  ADZE_RETURN_IF_ERROR(CheckArity(node, n_in, n_in, 1));
  const Tensor& x = *node.in[0];
  ADZE_RETURN_IF_ERROR(CheckType(x, DType::kF32));
  ADZE_RETURN_IF_ERROR(CheckRank(x, 3));
  if (x.dim(2) < 1) return Refuse(Detail::kDimension, x.dim(2), 1);
  if (x.dim(0) > INT32_MAX - 2) return Refuse(Detail::kDimension, x.dim(0), INT32_MAX - 2);
  const int32_t gate_rows = GatesOf(p, kind) * p.hidden;
  const int groups = kind.groups == 1 ? 1 : GatesOf(p, kind);
  const int32_t k[] = {x.dim(2), p.projected};
  for (int i = 0; i < 2; ++i) {
    ADZE_RETURN_IF_ERROR(CheckWeights(node, 1 + i, DType::kF32, WeightShape(p, groups, gate_rows / groups, k[i])));
  }
  ADZE_RETURN_IF_ERROR(CheckWeights(node, 3, DType::kF32, BiasShape(p, groups, gate_rows / groups)));
  ADZE_RETURN_IF_ERROR(CheckOptions(node, p, gate_rows));
  *out = {DType::kF32, {3, {x.dim(0) + (Has(p, kCellOut) ? 2 : 1), x.dim(1), p.projected}}};
  return CheckOutput(*out);
}

void FillRecurrentKey(const NodeArgs& node, const RecurrentKind& kind, Key* key) {
  const auto p = ParamsOf<RecurrentParams>(node.params);
  StartKey(node, kind.name, 1, false, key);
  Key& k = *key;
  k[Feature::kGroups] = node.in[0]->dim(0);
  k[Feature::kM] = node.in[0]->dim(1);
  k[Feature::kN] = int64_t{GatesOf(p, kind)} * p.hidden;
  k[Feature::kK] = int64_t{node.in[0]->dim(2)} + p.projected;
  k[Feature::kCout] = p.hidden;
  k[Feature::kPacking] = static_cast<int64_t>(p.packing);
  const Gate* const gates[] = {&p.f, &p.g, &p.h};
  for (const Gate* g : gates) {
    if (g->function > GateFunction::kClamp) k[Feature::kMode] = 1;
  }
}

}  // namespace adze
