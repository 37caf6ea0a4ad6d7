// SPDX-License-Identifier: Apache-2.0
// matmul and its packing against the reference: tile edges, broadcast batches, turned right operands, heads inside.
#include "kernels/contract/gemm.h"
#include "kernels/contract/pack.h"
#include "kernels/testing/streaming_case.h"
#include "kernels/testing/ukernels.h"
#include "op-registry/core/packing.h"
#include "op-registry/ops/matmul.h"

namespace adze::parity {
namespace {

using Dims = std::vector<int32_t>;

NodeCase MatMul(const Dims& a, const Dims& b, const Dims& y, uint8_t heads_inside = 0) {
  // A sum of K products of |x| < 4: its rounding error grows with K * 16.
  NodeCase node = {"matmul", ParamBytes(MatMulParams{heads_inside, {}}), {{DType::kF32, a}, {DType::kF32, b}}, {DType::kF32, y}};
  node.special = false;
  node.tolerance = 1e-6F * static_cast<float>(a.back());
  node.inner_dense = true;
  return node;
}

TEST(MatMul, EveryTileEdge) {
  for (const int32_t m : {1, 2, 5, 6, 7, 13, 14, 15, 29}) {
    for (const int32_t n : {1, 15, 16, 17, 31, 32, 33, 65}) CheckNode(MatMul({m, 9}, {9, n}, {m, n}));
  }
  for (const int32_t k : {1, 2, 3, 4, 7, 8, 33}) CheckNode(MatMul({3, 8, k}, {3, k, 32}, {3, 8, 32}));
}

TEST(MatMul, BatchesRepeat) {
  CheckNode(MatMul({2, 1, 7, 3}, {1, 6, 3, 17}, {2, 6, 7, 17}));
  CheckNode(MatMul({1, 6, 7, 3}, {2, 1, 3, 17}, {2, 6, 7, 17}));
  CheckNode(MatMul({4, 1, 5}, {1, 5, 18}, {4, 1, 18}));
  CheckNode(MatMul({0, 3, 5}, {0, 5, 18}, {0, 3, 18}));
  CheckNode(MatMul({2, 3, 5}, {2, 5, 0}, {2, 3, 0}));
}

TEST(MatMul, HeadsInside) {
  CheckNode(MatMul({1, 4, 9, 8}, {1, 4, 8, 32}, {1, 9, 4, 32}, 1));
  CheckNode(MatMul({2, 3, 5, 7}, {1, 3, 7, 17}, {2, 5, 3, 17}, 1));
  CheckNode(MatMul({3, 8, 16}, {3, 16, 16}, {8, 3, 16}, 1));
}

// The right operand in every layout: as it comes, with gaps, turned (adjacent along K), and adjacent along nothing.
TEST(MatMul, RightOperandOfAnyStrides) {
  for (const Dims& kn : {Dims{8, 32}, Dims{8, 19}, Dims{7, 16}, Dims{12, 48}}) {
    const NodeCase node = MatMul({5, kn[0]}, kn, {5, kn[1]});
    const Tensors a = MakeInputs(node, Layout::kRowGaps);
    GuardedTensor want(DType::kF32, node.out.dims, Layout::kDense);
    RunNode(node, ViewsOf(a), want.view, Level::kReference, 1);
    for (const Layout layout : kLayouts) {
      const Tensors b = MakeInputs(node, layout);
      for (const Level level : HostLevels()) {
        GuardedTensor y(DType::kF32, node.out.dims, Layout::kRowGaps);
        RunNode(node, {a[0]->view, b[1]->view}, y.view, level, 3);
        ExpectElements(y, want, node.tolerance, Describe(node, layout, Layout::kRowGaps, level, 3));
        EXPECT_TRUE(y.GapsUntouched());
      }
    }
  }
}

TEST(MatMul, NanAndInfinityReachTheirRowsAndColumnsOnly) {
  GuardedTensor a(DType::kF32, {3, 4}, Layout::kDense), b(DType::kF32, {4, 17}, Layout::kDense);
  for (int64_t i = 0; i < a.count(); ++i) *reinterpret_cast<float*>(a.at(i)) = 1;
  for (int64_t i = 0; i < b.count(); ++i) *reinterpret_cast<float*>(b.at(i)) = 2;
  *reinterpret_cast<float*>(a.at(4)) = NAN;        // row 1
  *reinterpret_cast<float*>(b.at(16)) = INFINITY;  // column 16
  for (const Level level : HostLevels()) {
    GuardedTensor y(DType::kF32, {3, 17}, Layout::kDense);
    RunNode(MatMul({3, 4}, {4, 17}, {3, 17}), {a.view, b.view}, y.view, level, 1);
    for (int64_t i = 0; i < y.count(); ++i) {
      const float v = *reinterpret_cast<float*>(y.at(i));
      if (i / 17 == 1)
        EXPECT_TRUE(std::isnan(v));
      else
        EXPECT_EQ(v, i % 17 == 16 ? INFINITY : 8.0F);
    }
  }
}

// Panels bit for bit, and nothing past the last element of the matrix is read.
TEST(Pack, EveryShapeAndStride) {
  for (const Variant<PackF32Ukernel>& v : VariantsOf<PackF32Ukernel>("pack_f32")) {
    for (const int32_t k : {1, 3, 4, 5, 8, 12, 13}) {
      for (const int32_t columns : {1, 7, 15, 16}) {
        for (const Layout layout : kLayouts) {
          GuardedTensor b(DType::kF32, {k, columns}, layout);
          Noise noise;
          FillFloats(&b, &noise, true);
          GuardedBuffer panel(static_cast<size_t>(k) * kPanelColumns * sizeof(float));
          std::memset(panel.data(), 0xff, panel.size());
          v.ukernel->run(
              {static_cast<size_t>(k), static_cast<size_t>(columns), b.view.data, b.view.strides[0], b.view.strides[1], panel.as<float>()});
          for (int32_t i = 0; i < k * kPanelColumns; ++i) {
            float want = 0;
            if (i % kPanelColumns < columns)
              std::memcpy(&want, b.at(int64_t{i / kPanelColumns} * columns + i % kPanelColumns), sizeof(want));
            ASSERT_EQ(std::memcmp(panel.as<float>() + i, &want, sizeof(want)), 0) << v.name << " k " << k << " columns " << columns;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace adze::parity
