// SPDX-License-Identifier: Apache-2.0
// Reductions, arg_max, cumsum and topk against the reference, and by hand where the rule is what matters.
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/reduce.h"

namespace adze::parity {
namespace {

constexpr DType kSummable[] = {DType::kF32, DType::kI32, DType::kI64};
constexpr DType kOrdered[] = {DType::kF32, DType::kI32, DType::kI64, DType::kI8, DType::kU8, DType::kBool};

void CheckReduction(const char* op, DType t, const std::vector<int32_t>& dims, uint32_t axes) {
  std::vector<int32_t> out = dims;
  for (size_t d = 0; d < dims.size(); ++d) {
    if ((axes >> d & 1) != 0) out[d] = 1;
  }
  CheckNode({op, ParamBytes(ReduceParams{axes}), {{t, dims}}, {t, out}});
}

TEST(Reduce, EverySetOfDims) {
  for (uint32_t axes = 1; axes < 8; ++axes) {
    for (const char* op : {"reduce_sum", "reduce_prod"}) {
      for (const DType t : kSummable) CheckReduction(op, t, {3, 5, 4}, axes);
    }
    for (const char* op : {"reduce_max", "reduce_min"}) {
      for (const DType t : kOrdered) CheckReduction(op, t, {3, 5, 4}, axes);
    }
  }
  CheckReduction("reduce_sum", DType::kF32, {70001}, 1);
}

template <typename T>
std::vector<T> Reduced(const char* op, DType t, const std::vector<int32_t>& dims, std::vector<T> x, uint32_t axes, Level level) {
  std::vector<int32_t> out = dims;
  for (size_t d = 0; d < dims.size(); ++d) {
    if ((axes >> d & 1) != 0) out[d] = 1;
  }
  GuardedTensor in(t, dims, Layout::kDense);
  GuardedTensor y(t, out, Layout::kDense);
  if (!x.empty()) std::memcpy(in.view.data, x.data(), x.size() * sizeof(T));
  RunNode({op, ParamBytes(ReduceParams{axes}), {{t, dims}}, {t, out}}, {in.view}, y.view, level, 1);
  std::vector<T> got(static_cast<size_t>(y.count()));
  if (!got.empty()) std::memcpy(got.data(), y.view.data, got.size() * sizeof(T));
  return got;
}

TEST(Trap, ReductionsOverNoElements) {
  for (const Level level : {Level::kScalar, Level::kReference}) {
    const std::vector<float> none;
    EXPECT_EQ(Reduced("reduce_sum", DType::kF32, {2, 0}, none, 2, level), (std::vector<float>{0, 0}));
    EXPECT_EQ(Reduced("reduce_prod", DType::kF32, {2, 0}, none, 2, level), (std::vector<float>{1, 1}));
    EXPECT_EQ(Reduced("reduce_max", DType::kF32, {2, 0}, none, 2, level), (std::vector<float>{-INFINITY, -INFINITY}));
    EXPECT_EQ(Reduced("reduce_min", DType::kF32, {2, 0}, none, 2, level), (std::vector<float>{INFINITY, INFINITY}));
    EXPECT_EQ(Reduced<int8_t>("reduce_max", DType::kI8, {0}, {}, 1, level), (std::vector<int8_t>{-128}));
    EXPECT_EQ(Reduced<uint8_t>("reduce_min", DType::kU8, {0, 2}, {}, 1, level), (std::vector<uint8_t>{255, 255}));
    EXPECT_EQ(Reduced<int64_t>("reduce_min", DType::kI64, {0}, {}, 1, level), (std::vector<int64_t>{INT64_MAX}));
    EXPECT_EQ(Reduced("reduce_sum", DType::kF32, {0, 3}, none, 2, level), none);
  }
}

TEST(Trap, NanThroughReduceMaxAndMin) {
  for (const Level level : {Level::kScalar, Level::kReference}) {
    for (const char* op : {"reduce_max", "reduce_min"}) {
      const std::vector<float> y = Reduced<float>(op, DType::kF32, {4, 3}, {NAN, 1, 2, 1, NAN, 2, 1, 2, NAN, 3, 1, 2}, 2, level);
      for (int i = 0; i < 3; ++i) EXPECT_TRUE(std::isnan(y[static_cast<size_t>(i)])) << op << " " << i;
      EXPECT_EQ(y[3], std::string(op) == "reduce_max" ? 3 : 1);
    }
  }
}

std::vector<int64_t> Places(const std::string& op, const std::vector<uint8_t>& params, const std::vector<float>& x, int32_t n,
                            Level level) {
  GuardedTensor in(DType::kF32, {static_cast<int32_t>(x.size())}, Layout::kDense);
  GuardedTensor y(DType::kI64, {n}, Layout::kDense);
  std::memcpy(in.view.data, x.data(), x.size() * sizeof(float));
  RunNode({op, params, {{DType::kF32, {static_cast<int32_t>(x.size())}}}, {DType::kI64, {n}}}, {in.view}, y.view, level, 1);
  std::vector<int64_t> got(static_cast<size_t>(n));
  std::memcpy(got.data(), y.view.data, got.size() * sizeof(int64_t));
  return got;
}

TEST(Trap, ArgMaxTiesAndNan) {
  using V = std::vector<int64_t>;
  for (const Level level : {Level::kScalar, Level::kReference}) {
    const std::vector<float> x = {1, 7, 7, -2, 7, -2};
    EXPECT_EQ(Places("arg_max", ParamBytes(ArgMaxParams{0, 0, 0, {}}), x, 1, level), V{1});
    EXPECT_EQ(Places("arg_max", ParamBytes(ArgMaxParams{0, 0, 1, {}}), x, 1, level), V{4});
    EXPECT_EQ(Places("arg_max", ParamBytes(ArgMaxParams{0, 1, 0, {}}), x, 1, level), V{3});
    EXPECT_EQ(Places("arg_max", ParamBytes(ArgMaxParams{0, 1, 1, {}}), x, 1, level), V{5});
    EXPECT_EQ(Places("arg_max", ParamBytes(ArgMaxParams{0, 0, 0, {}}), {0.0F, -0.0F, 0.0F}, 1, level), V{0});
    for (const uint8_t smallest : {0, 1}) {
      EXPECT_EQ(Places("arg_max", ParamBytes(ArgMaxParams{0, smallest, 0, {}}), {1, NAN, 9, NAN, -9}, 1, level), V{1});
      EXPECT_EQ(Places("arg_max", ParamBytes(ArgMaxParams{0, smallest, 1, {}}), {1, NAN, 9, NAN, -9}, 1, level), V{3});
    }
  }
}

TEST(Trap, TopkTiesAndNan) {
  using V = std::vector<int64_t>;
  for (const Level level : {Level::kScalar, Level::kReference}) {
    const std::vector<float> x = {3, 5, 3, 5, 1, 5};
    EXPECT_EQ(Places("topk", ParamBytes(TopkParams{0, 0}), x, 5, level), (V{1, 3, 5, 0, 2}));
    EXPECT_EQ(Places("topk", ParamBytes(TopkParams{0, 1}), x, 4, level), (V{4, 0, 2, 1}));
    EXPECT_EQ(Places("topk", ParamBytes(TopkParams{0, 0}), {1, NAN, 2, NAN}, 3, level), (V{1, 3, 2}));
  }
}

TEST(ArgMax, EveryAxisAndTie) {
  for (const DType t : kOrdered) {
    for (const DType y : {DType::kI32, DType::kI64}) {
      for (const uint8_t flags : {0, 1, 2, 3}) {
        const ArgMaxParams first = {0, static_cast<uint8_t>(flags & 1), static_cast<uint8_t>(flags >> 1), {}};
        ArgMaxParams middle = first;
        middle.axis = 1;
        CheckNode({"arg_max", ParamBytes(first), {{t, {9, 5}}}, {y, {1, 5}}});
        CheckNode({"arg_max", ParamBytes(middle), {{t, {3, 11, 2}}}, {y, {3, 1, 2}}});
      }
      CheckNode({"arg_max", ParamBytes(ArgMaxParams{0, 0, 0, {}}), {{t, {1, 0}}}, {y, {1, 0}}});
    }
  }
}

TEST(Cumsum, EveryAxisAndDirection) {
  for (const DType t : kSummable) {
    for (const uint8_t flags : {0, 1, 2, 3}) {
      const CumsumParams first = {0, static_cast<uint8_t>(flags & 1), static_cast<uint8_t>(flags >> 1), {}};
      CumsumParams last = first;
      last.axis = 2;
      CheckNode({"cumsum", ParamBytes(first), {{t, {5, 3}}}, {t, {5, 3}}});
      CheckNode({"cumsum", ParamBytes(last), {{t, {2, 3, 7}}}, {t, {2, 3, 7}}});
      CheckNode({"cumsum", ParamBytes(last), {{t, {2, 3, 0}}}, {t, {2, 3, 0}}});
    }
  }
}

TEST(Topk, EveryAxisAndCount) {
  for (const DType t : kSummable) {
    for (const DType y : {DType::kI32, DType::kI64}) {
      for (const int32_t smallest : {0, 1}) {
        for (const int32_t k : {0, 1, 3, 9}) {
          CheckNode({"topk", ParamBytes(TopkParams{0, smallest}), {{t, {9, 4}}}, {y, {k, 4}}});
          CheckNode({"topk", ParamBytes(TopkParams{1, smallest}), {{t, {4, 9}}}, {y, {4, k}}});
        }
      }
    }
  }
}

}  // namespace
}  // namespace adze::parity
