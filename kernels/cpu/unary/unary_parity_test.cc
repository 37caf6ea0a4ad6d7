// SPDX-License-Identifier: Apache-2.0
// The ops of one input against the reference, and sigmoid's error over the whole range.
#include <cmath>

#include "kernels/contract/elementwise.h"
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/unary.h"

namespace adze::parity {
namespace {

TEST(Unary, ClampEveryLength) {
  for (const ClampRange clamp : {ClampRange{}, ClampRange{0, 6}, ClampRange{-INFINITY, -1}, ClampRange{0, 0}}) {
    ClampParams p;
    p.clamp = clamp;
    for (const int32_t n : {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 65, 131}) {
      CheckNode({"clamp", ParamBytes(p), {{DType::kF32, {n}}}, {DType::kF32, {n}}, true, 0, true});
    }
    CheckNode({"clamp", ParamBytes(p), {{DType::kF32, {2, 7, 5, 17}}}, {DType::kF32, {2, 7, 5, 17}}, true, 0, true});
  }
}

TEST(Unary, SigmoidEveryLayout) {
  for (const std::vector<int32_t>& dims : {std::vector<int32_t>{}, {0}, {1}, {7}, {64}, {65}, {2, 3, 5, 17}, {1, 131, 257}}) {
    CheckNode({"sigmoid", {}, {{DType::kF32, dims}}, {DType::kF32, dims}, true, 2e-7F, true});
  }
}

TEST(Unary, HardSwishEveryLayout) {
  for (const std::vector<int32_t>& dims : {std::vector<int32_t>{}, {0}, {1}, {7}, {15}, {16}, {17}, {65}, {2, 3, 5, 17}, {1, 131, 257}}) {
    CheckNode({"hard_swish", {}, {{DType::kF32, dims}}, {DType::kF32, dims}, true, 1e-6F, true});
  }
}

TEST(Unary, FunctionsOfEveryLayout) {
  for (const char* op : {"erf", "gelu", "sqrt", "tanh"}) {
    for (const std::vector<int32_t>& dims : {std::vector<int32_t>{}, {0}, {1}, {7}, {15}, {16}, {17}, {65}, {2, 3, 5, 17}}) {
      CheckNode({op, {}, {{DType::kF32, dims}}, {DType::kF32, dims}, true, 2e-6F, true});
    }
  }
  CheckNode({"sigmoid", {}, {{DType::kF32, {1, 71, 131}}}, {DType::kF32, {1, 71, 131}}, true, 4e-7F, true});  // enough for the vector rows
}

}  // namespace
}  // namespace adze::parity
