// SPDX-License-Identifier: Apache-2.0
// Gathers, scatters and one_hot against the reference: element widths, index dtypes, indices from either end and outside.
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/indexed.h"

namespace adze::parity {
namespace {

constexpr DType kWidths[] = {DType::kU8, DType::kF16, DType::kF32, DType::kI64};
constexpr DType kIndices[] = {DType::kI32, DType::kI64};

void Check(NodeCase node, int32_t limit) {
  node.index_limit = limit;
  CheckNode(node);
}

TEST(Gather, AxesAndBatches) {
  for (const DType t : kWidths) {
    for (const DType i : kIndices) {
      Check({"gather", ParamBytes(GatherParams{0, 0}), {{t, {5, 3}}, {i, {2, 4}}}, {t, {2, 4, 3}}}, 5);
      Check({"gather", ParamBytes(GatherParams{1, 0}), {{t, {2, 5, 3}}, {i, {4}}}, {t, {2, 4, 3}}}, 5);
      Check({"gather", ParamBytes(GatherParams{2, 0}), {{t, {2, 3, 5}}, {i, {}}}, {t, {2, 3}}}, 5);
      Check({"gather", ParamBytes(GatherParams{2, 1}), {{t, {2, 3, 5}}, {i, {2, 4}}}, {t, {2, 3, 4}}}, 5);
      Check({"gather", ParamBytes(GatherParams{1, 1}), {{t, {2, 3, 5}}, {i, {2, 1, 2}}}, {t, {2, 1, 2, 5}}}, 3);
      Check({"gather", ParamBytes(GatherParams{0, 0}), {{t, {5, 0}}, {i, {2}}}, {t, {2, 0}}}, 5);
      Check({"gather", ParamBytes(GatherParams{0, 0}), {{t, {0, 2}}, {i, {0}}}, {t, {0, 2}}}, 5);
    }
  }
}

TEST(GatherNd, CoordinatesAndBatches) {
  for (const DType t : kWidths) {
    for (const DType i : kIndices) {
      Check({"gather_nd", ParamBytes(GatherNdParams{0}), {{t, {4, 3, 5}}, {i, {2, 2}}}, {t, {2, 5}}}, 4);
      Check({"gather_nd", ParamBytes(GatherNdParams{0}), {{t, {4, 3, 5}}, {i, {2, 3, 3}}}, {t, {2, 3}}}, 4);
      Check({"gather_nd", ParamBytes(GatherNdParams{0}), {{t, {4, 3}}, {i, {1}}}, {t, {3}}}, 4);
      Check({"gather_nd", ParamBytes(GatherNdParams{1}), {{t, {2, 3, 5}}, {i, {2, 4, 1}}}, {t, {2, 4, 5}}}, 3);
      Check({"gather_nd", ParamBytes(GatherNdParams{0}), {{t, {4, 3}}, {i, {2, 0}}}, {t, {2, 4, 3}}}, 4);
    }
  }
}

TEST(GatherElements, EveryAxis) {
  for (const DType t : kWidths) {
    for (const DType i : kIndices) {
      Check({"gather_elements", ParamBytes(AxisParams{0}), {{t, {4, 3}}, {i, {7, 2}}}, {t, {7, 2}}}, 4);
      Check({"gather_elements", ParamBytes(AxisParams{2}), {{t, {2, 3, 5}}, {i, {2, 3, 4}}}, {t, {2, 3, 4}}}, 5);
      Check({"gather_elements", ParamBytes(AxisParams{0}), {{t, {4}}, {i, {0}}}, {t, {0}}}, 4);
    }
  }
}

TEST(Scatter, EveryReductionAndRepeatedPlaces) {
  for (const DType i : kIndices) {
    for (const ScatterReduction r :
         {ScatterReduction::kNone, ScatterReduction::kAdd, ScatterReduction::kMul, ScatterReduction::kMax, ScatterReduction::kMin}) {
      for (const DType t : {DType::kF32, DType::kI32, DType::kI64}) {
        Check({"scatter_nd", ParamBytes(ScatterNdParams{r}), {{t, {4, 3}}, {i, {9, 1}}, {t, {9, 3}}}, {t, {4, 3}}}, 4);
        Check({"scatter_nd", ParamBytes(ScatterNdParams{r}), {{t, {3, 2, 2}}, {i, {2, 3, 2}}, {t, {2, 3, 2}}}, {t, {3, 2, 2}}}, 3);
        Check({"scatter_elements", ParamBytes(ScatterElementsParams{1, r}), {{t, {4, 3}}, {i, {2, 7}}, {t, {2, 7}}}, {t, {4, 3}}}, 3);
        Check({"scatter_elements", ParamBytes(ScatterElementsParams{0, r}), {{t, {5}}, {i, {8}}, {t, {8}}}, {t, {5}}}, 5);
      }
    }
    for (const DType t : kWidths) {
      Check({"scatter_nd", ParamBytes(ScatterNdParams()), {{t, {4, 3}}, {i, {0, 2}}, {t, {0}}}, {t, {4, 3}}}, 4);
      Check({"scatter_nd", ParamBytes(ScatterNdParams()), {{t, {4, 3}}, {i, {9, 2}}, {t, {9}}}, {t, {4, 3}}}, 4);
      Check({"scatter_elements", ParamBytes(ScatterElementsParams{1, {}}), {{t, {4, 3}}, {i, {2, 3}}, {t, {2, 3}}}, {t, {4, 3}}}, 3);
    }
  }
}

TEST(OneHot, AxesAndWrapping) {
  for (const DType t : kWidths) {
    for (const DType i : kIndices) {
      for (const int32_t wraps : {0, 1}) {
        Check({"one_hot", ParamBytes(OneHotParams{1, wraps}), {{i, {2, 3}}, {t, {2}}}, {t, {2, 6, 3}}}, 6);
        Check({"one_hot", ParamBytes(OneHotParams{2, wraps}), {{i, {2, 3}}, {t, {2}}}, {t, {2, 3, 6}}}, 6);
        Check({"one_hot", ParamBytes(OneHotParams{0, wraps}), {{i, {}}, {t, {2}}}, {t, {4}}}, 4);
        Check({"one_hot", ParamBytes(OneHotParams{0, wraps}), {{i, {3}}, {t, {2}}}, {t, {0, 3}}}, 4);
      }
    }
  }
}

}  // namespace
}  // namespace adze::parity
