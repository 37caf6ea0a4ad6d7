// SPDX-License-Identifier: Apache-2.0
// reverse, expand, reverse_sequence and trilu against the reference: every element width, layout and split.
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/movement.h"

namespace adze::parity {
namespace {

constexpr DType kWidths[] = {DType::kU8, DType::kF16, DType::kI32, DType::kI64};

TEST(Reverse, EverySetOfDims) {
  for (const DType t : kWidths) {
    for (uint32_t axes = 0; axes < 8; ++axes) CheckNode({"reverse", ParamBytes(ReverseParams{axes}), {{t, {3, 5, 4}}}, {t, {3, 5, 4}}});
    CheckNode({"reverse", ParamBytes(ReverseParams{1}), {{t, {0, 2}}}, {t, {0, 2}}});
    CheckNode({"reverse", ParamBytes(ReverseParams{2}), {{t, {1, 1}}}, {t, {1, 1}}});
  }
}

TEST(Expand, DimsOfOneRepeat) {
  for (const DType t : kWidths) {
    CheckNode({"expand", {}, {{t, {1, 3, 1}}}, {t, {4, 3, 5}}});
    CheckNode({"expand", {}, {{t, {1, 1, 1}}}, {t, {2, 3, 4}}});
    CheckNode({"expand", {}, {{t, {2, 3}}}, {t, {2, 3}}});
    CheckNode({"expand", {}, {{t, {1, 3}}}, {t, {0, 3}}});
    CheckNode({"expand", {}, {{t, {}}}, {t, {}}});
  }
}

TEST(ReverseSequence, LengthsAreCutToTheDim) {
  for (const DType t : kWidths) {
    for (const DType lengths : {DType::kI32, DType::kI64}) {
      NodeCase node = {"reverse_sequence", ParamBytes(ReverseSequenceParams{1, 0}), {{t, {7, 5, 3}}, {lengths, {7}}}, {t, {7, 5, 3}}};
      node.index_limit = 6;
      CheckNode(node);
      node.params = ParamBytes(ReverseSequenceParams{0, 2});
      node.in[1].dims = {3};
      CheckNode(node);
    }
  }
}

TEST(Trilu, EveryDiagonal) {
  for (const DType t : kWidths) {
    for (const uint32_t upper : {0U, 1U}) {
      for (const int32_t k : {0, 1, -1, 3, -3, 4, -4, INT32_MAX, INT32_MIN}) {
        CheckNode({"trilu", ParamBytes(TriluParams{k, upper}), {{t, {2, 3, 4}}}, {t, {2, 3, 4}}});
      }
      CheckNode({"trilu", ParamBytes(TriluParams{0, upper}), {{t, {4, 0}}}, {t, {4, 0}}});
      CheckNode({"trilu", ParamBytes(TriluParams{0, upper}), {{t, {0, 4}}}, {t, {0, 4}}});
    }
  }
}

}  // namespace
}  // namespace adze::parity
