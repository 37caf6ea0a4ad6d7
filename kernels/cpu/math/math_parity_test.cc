// SPDX-License-Identifier: Apache-2.0
// The functions of one element against the reference: every layout, NaNs, infinities, zeros.
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/unary.h"

namespace adze::parity {
namespace {

const std::vector<int32_t> kShapes[] = {{}, {0}, {1}, {17}, {2, 3, 5, 7}};

TEST(Math, FunctionsOfEveryLayout) {
  for (const char* op :
       {"acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "cosh", "exp", "log", "sin", "sinh", "softplus", "tan"}) {
    for (const auto& dims : kShapes) CheckNode({op, {}, {{DType::kF32, dims}}, {DType::kF32, dims}, true, 1e-6F, true});
  }
}

TEST(Math, RoundingIsExact) {
  for (const char* op : {"ceil", "floor", "round"}) {
    for (const auto& dims : kShapes) CheckNode({op, {}, {{DType::kF32, dims}}, {DType::kF32, dims}, true, 0, true});
  }
}

TEST(Math, NumbersOfEveryDtype) {
  for (const char* op : {"abs", "neg", "sign"}) {
    for (const DType t : {DType::kF32, DType::kI32, DType::kI64}) {
      for (const auto& dims : kShapes) CheckNode({op, {}, {{t, dims}}, {t, dims}, true, 0, true});
    }
  }
}

TEST(Math, Elu) {
  for (const float alpha : {1.0F, 0.3F, -2.0F}) {
    for (const auto& dims : kShapes) {
      CheckNode({"elu", ParamBytes(EluParams{alpha}), {{DType::kF32, dims}}, {DType::kF32, dims}, true, 1e-6F, true});
    }
  }
}

}  // namespace
}  // namespace adze::parity
