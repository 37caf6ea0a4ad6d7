// SPDX-License-Identifier: Apache-2.0
// Movement kernels against the reference: every element width, layout and split.
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/movement.h"

namespace adze::parity {
namespace {

// 1, 2, 4 and 8 bytes.
constexpr DType kWidths[] = {DType::kU8, DType::kF16, DType::kI32, DType::kI64};

TEST(Movement, ReshapeKeepsRowMajorOrder) {
  const std::vector<std::pair<std::vector<int32_t>, std::vector<int32_t>>> shapes = {
      {{}, {1, 1}},           {{0, 3}, {3, 0}},         {{1}, {}},
      {{2, 3, 5, 7}, {210}},  {{2, 3, 5, 7}, {10, 21}}, {{6, 35}, {5, 42}},
      {{3, 4, 5}, {5, 4, 3}}, {{1, 17, 1}, {17, 1}},    {{2, 2, 2, 2, 2, 2}, {4, 16}},
  };
  for (const DType t : kWidths) {
    for (const auto& [from, to] : shapes) CheckNode({"reshape", {}, {{t, from}}, {t, to}});
  }
}

TEST(Movement, TransposePermutes) {
  struct Case {
    std::vector<int32_t> dims, perm;
  };
  const Case cases[] = {{{3, 5}, {1, 0}},
                        {{1, 3, 8, 7}, {0, 2, 3, 1}},
                        {{1, 8, 7, 3}, {0, 3, 1, 2}},
                        {{2, 3, 4}, {2, 1, 0}},
                        {{1, 1, 5}, {2, 0, 1}},
                        {{2, 0, 3}, {1, 2, 0}},
                        {{7}, {0}},
                        {{}, {}},
                        {{2, 3, 2, 3, 2, 3}, {5, 0, 4, 1, 3, 2}}};
  for (const DType t : kWidths) {
    for (const Case& c : cases) {
      TransposeParams p;
      std::vector<int32_t> out;
      for (size_t d = 0; d < c.perm.size(); ++d) {
        p.perm[d] = c.perm[d];
        out.push_back(c.dims[static_cast<size_t>(c.perm[d])]);
      }
      CheckNode({"transpose", ParamBytes(p), {{t, c.dims}}, {t, out}});
    }
  }
}

TEST(Movement, SliceTakesSteps) {
  for (const DType t : kWidths) {
    SliceParams p;
    p.begin[0] = 1;
    p.begin[1] = 2;
    p.step[1] = 3;
    p.step[2] = 2;
    CheckNode({"slice", ParamBytes(p), {{t, {4, 11, 17}}}, {t, {3, 3, 9}}});
    CheckNode({"slice", ParamBytes(p), {{t, {4, 11, 17}}}, {t, {1, 1, 1}}});
    CheckNode({"slice", ParamBytes(p), {{t, {4, 11, 17}}}, {t, {3, 0, 9}}});
    CheckNode({"slice", ParamBytes(SliceParams()), {{t, {13}}}, {t, {13}}});
  }
}

TEST(Movement, ConcatJoins) {
  for (const DType t : kWidths) {
    for (int axis = 0; axis < 3; ++axis) {
      ConcatParams p;
      p.axis = axis;
      NodeCase node = {"concat", ParamBytes(p), {}, {t, {2, 3, 5}}};
      node.out.dims[static_cast<size_t>(axis)] = 0;
      for (const int32_t size : {1, 0, 4, 7}) {
        node.in.push_back({t, {2, 3, 5}});
        node.in.back().dims[static_cast<size_t>(axis)] = size;
        node.out.dims[static_cast<size_t>(axis)] += size;
        CheckNode(node);
      }
    }
  }
}

TEST(Movement, PadSurrounds) {
  for (const DType t : kWidths) {
    PadParams p;
    for (int i = 0; i < 8; ++i) p.value[i] = static_cast<uint8_t>(17 * i + 3);
    const std::vector<int32_t> dims = {2, 3, 5};
    CheckNode({"pad", ParamBytes(p), {{t, dims}}, {t, dims}});
    p.before[1] = 1;
    p.after[1] = 2;
    p.before[2] = 3;
    CheckNode({"pad", ParamBytes(p), {{t, dims}}, {t, {2, 6, 8}}});
    CheckNode({"pad", ParamBytes(p), {{t, {2, 0, 5}}}, {t, {2, 3, 8}}});
    p.after[0] = 1;
    CheckNode({"pad", ParamBytes(p), {{t, {1, 1, 1}}}, {t, {2, 4, 4}}});
  }
}

TEST(Movement, CopiesBeyondOneThreadsShare) {
  CheckNode({"transpose", ParamBytes(TransposeParams{{0, 2, 3, 1}}), {{DType::kF32, {1, 3, 61, 127}}}, {DType::kF32, {1, 61, 127, 3}}});
}

}  // namespace
}  // namespace adze::parity
