// SPDX-License-Identifier: Apache-2.0
// The definition of lstm.
#include "op-registry/ops/lstm.h"

#include "op-registry/ops/operands.h"

namespace adze {
namespace {

constexpr int kGates = 4;
// Four of them, padded, still fit int32.
constexpr int32_t kMaxHidden = 1 << 28;

Status Infer(const NodeArgs& node, TensorType* out) {
  LstmParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 4, 6, 1));
  if (node.n_in == 5) return Refuse(Detail::kInputCount, 5, 6);
  if (p.hidden < 1 || p.hidden > kMaxHidden) return Refuse(Detail::kParamsValue, p.hidden);
  if (p.packing > Packing::kPanels16) return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.packing));
  if (p.reverse > 1) return Refuse(Detail::kParamsValue, p.reverse);
  const Tensor& x = *node.in[0];
  ADZE_RETURN_IF_ERROR(CheckType(x, DType::kF32));
  ADZE_RETURN_IF_ERROR(CheckRank(x, 3));
  if (x.dim(2) < 1) return Refuse(Detail::kDimension, x.dim(2), 1);
  const bool packed = p.packing != Packing::kNone;
  const int32_t rows = kGates * p.hidden;
  const auto padded = static_cast<int32_t>(RoundUp(rows, kPanelColumns));
  const int32_t k[] = {x.dim(2), p.hidden};
  for (int i = 0; i < 2; ++i) {
    const Shape weights = packed ? Shape{4, {1, padded / kPanelColumns, k[i], kPanelColumns}} : Shape{2, {rows, k[i]}};
    ADZE_RETURN_IF_ERROR(CheckWeights(node, 1 + i, DType::kF32, weights));
  }
  ADZE_RETURN_IF_ERROR(CheckWeights(node, 3, DType::kF32, {1, {packed ? padded : rows}}));
  for (int i = 4; i < node.n_in; ++i) {
    ADZE_RETURN_IF_ERROR(CheckType(*node.in[i], DType::kF32));
    ADZE_RETURN_IF_ERROR(CheckShape(*node.in[i], {2, {x.dim(1), p.hidden}}));
  }
  *out = {DType::kF32, {3, {x.dim(0), x.dim(1), p.hidden}}};
  return CheckOutput(*out);
}

void FillKey(const NodeArgs& node, Key* key) {
  const auto p = ParamsOf<LstmParams>(node.params);
  StartKey(node, "lstm", 1, false, key);
  Key& k = *key;
  k[Feature::kGroups] = node.in[0]->dim(0);
  k[Feature::kM] = node.in[0]->dim(1);
  k[Feature::kN] = int64_t{kGates} * p.hidden;
  k[Feature::kK] = int64_t{node.in[0]->dim(2)} + p.hidden;
  k[Feature::kPacking] = static_cast<int64_t>(p.packing);
  k[Feature::kMode] = node.n_in > 4;
}

}  // namespace

extern "C" {
extern const OpDef adze_op_lstm;
const OpDef adze_op_lstm = {"lstm", Infer, FillKey};
}

}  // namespace adze
