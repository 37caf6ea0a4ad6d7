// SPDX-License-Identifier: Apache-2.0
// gemm_f32 tiles on their own: edges that the drivers do not reach. Bound as in conv2d_parity_test.cc.
#include "kernels/cpu/gemm/gemm.rows.h"

#include <memory>

#include "kernels/testing/parity.h"
#include "kernels/testing/ukernels.h"

namespace adze::parity {
namespace {

struct TileCase {
  size_t rows, cols, ks, kc;
  bool residual, in_place;
  size_t tiles = 1;          // of `rows` = mr rows each
  size_t residual_cols = 0;  // 0: all
};

// One tile, or several in one call, between guard pages; a and b are exactly as large as the contract says.
void Check(const Variant<GemmF32Ukernel>& v, const TileCase& c, Guard guard) {
  const size_t mr = v.ukernel->mr;
  const size_t k = c.ks * c.kc;
  const size_t panels = (c.cols + 15) / 16;
  constexpr size_t kRowFloats = 53;  // wider than any tile: the rest must stay
  Random random(static_cast<uint32_t>(c.rows * 1000 + c.cols * 10 + k));
  const size_t all_rows = c.rows * c.tiles;
  const size_t step = mr * (c.kc + 1);  // floats
  std::vector<std::unique_ptr<GuardedBuffer>> rows;
  std::vector<const float*> a;
  for (size_t s = 0; s < c.ks; ++s) {
    for (size_t m = 0; m < mr; ++m) {
      if (m < c.rows) {
        rows.push_back(std::make_unique<GuardedBuffer>(((c.tiles - 1) * step + c.kc) * sizeof(float), guard));
        const std::vector<float> values = RandomFloats(&random, (c.tiles - 1) * step + c.kc);
        if (!values.empty()) std::memcpy(rows.back()->data(), values.data(), values.size() * sizeof(float));
      }
      a.push_back(rows.back()->as<float>());
    }
  }
  GuardedBuffer b(panels * k * 16 * sizeof(float), guard), bias(panels * 16 * sizeof(float), guard);
  const std::vector<float> b_values = RandomFloats(&random, panels * k * 16);
  const std::vector<float> bias_values = RandomFloats(&random, panels * 16);
  if (k != 0) std::memcpy(b.data(), b_values.data(), b.size());
  std::memcpy(bias.data(), bias_values.data(), bias.size());
  GuardedBuffer out(((all_rows - 1) * kRowFloats + c.cols) * sizeof(float), guard), residual(out.size(), guard);
  const std::vector<float> start = RandomFloats(&random, out.size() / sizeof(float));
  std::memcpy(out.data(), start.data(), out.size());
  std::memcpy(residual.data(), start.data(), residual.size());

  GemmF32Tile t;
  t.rows = all_rows, t.cols = c.cols, t.ks = c.ks, t.kc = c.kc;
  t.a = a.data(), t.a_step_bytes = step * sizeof(float);
  t.ahead = nullptr, t.ahead_step = 64;  // any address
  t.b = b.as<float>(), t.b_panel_bytes = k * 16 * sizeof(float), t.bias = bias.as<float>();
  t.c = out.as<float>(), t.c_row_bytes = kRowFloats * sizeof(float);
  t.residual = c.residual ? (c.in_place ? out.as<float>() : residual.as<float>()) : nullptr;
  t.residual_cols = c.residual_cols != 0 ? c.residual_cols : c.cols;
  t.residual_row_bytes = t.c_row_bytes;
  t.lo = -0.9f, t.hi = 1.1f;
  v.ukernel->run(t);

  std::vector<float> want = start, got(start.size());
  std::vector<double> bound(start.size(), 0.0);
  std::memcpy(got.data(), out.data(), out.size());
  for (size_t m = 0; m < all_rows; ++m) {
    for (size_t n = 0; n < c.cols; ++n) {
      const size_t at = m * kRowFloats + n;
      double sum = bias_values[n], size = std::fabs(bias_values[n]);
      for (size_t i = 0; i < k; ++i) {
        const double product =
            static_cast<double>(a[i / c.kc * mr + m % mr][m / mr * step + i % c.kc]) * b_values[(n / 16 * k + i) * 16 + n % 16];
        sum += product, size += std::fabs(product);
      }
      if (c.residual && n < t.residual_cols) sum += start[at], size += std::fabs(start[at]);
      want[at] = static_cast<float>(sum < t.lo ? t.lo : sum > t.hi ? t.hi : sum);
      bound[at] = static_cast<double>(k + 3) * 0x1p-24 * size;
    }
  }
  char what[160];
  std::snprintf(what, sizeof(what), "%s rows %zu x %zu cols %zu ks %zu kc %zu residual %d", v.name, c.tiles, c.rows, c.cols, c.ks, c.kc,
                c.residual);
  ExpectNear(got, want, bound, what);
  EXPECT_TRUE(out.Intact()) << what;
}

TEST(GemmF32, EveryTileShape) {
  for (const auto& v : GemmVariants()) {
    EXPECT_EQ(v.ukernel->nr % 16, 0);
    EXPECT_LE(v.ukernel->mr, kMaxGemmRows);
    EXPECT_LE(v.ukernel->nr, kMaxGemmColumns);
    for (size_t rows = 1; rows <= v.ukernel->mr; ++rows) {
      for (size_t cols = 1; cols <= v.ukernel->nr; ++cols) {
        Check(v, {rows, cols, 2, 3, false, false}, Guard::kAfter);
        Check(v, {rows, cols, 1, 7, true, false}, Guard::kBefore);
        Check(v, {rows, cols, 3, 1, true, true}, Guard::kAfter);
      }
    }
  }
}

TEST(GemmF32, ResidualOfTheFirstColumns) {
  for (const auto& v : GemmVariants()) {
    for (const size_t cols : {8, 16, 32, 40, 47}) {
      for (size_t some = 1; some < cols; some += 3) {
        Check(v, {v.ukernel->mr, cols, 1, 5, true, some % 2 == 0, 2, some}, Guard::kAfter);
        Check(v, {1, cols, 1, 5, true, false, 1, some}, Guard::kBefore);
      }
    }
  }
}

TEST(GemmF32, SeveralTilesInOneCall) {
  for (const auto& v : GemmVariants()) {
    for (const size_t cols : {1, 9, 16, 40}) {
      Check(v, {v.ukernel->mr, cols, 3, 2, false, false, 2}, Guard::kAfter);
      Check(v, {v.ukernel->mr, cols, 1, 5, true, true, 3}, Guard::kBefore);
    }
  }
}

TEST(GemmF32, Depths) {
  for (const auto& v : GemmVariants()) {
    for (const size_t ks : {0, 1, 2, 9, 160}) {
      for (const size_t kc : {0, 1, 2, 5, 31, 64}) {
        if (ks == 0 && kc != 0) continue;
        Check(v, {v.ukernel->mr, v.ukernel->nr, ks, kc, true, false}, Guard::kAfter);
        Check(v, {1, 1, ks, kc, false, false}, Guard::kBefore);
      }
    }
  }
}

TEST(GemmF32, NanPassesTheClampAndStaysInItsRow) {
  for (const auto& v : GemmVariants()) {
    const size_t mr = v.ukernel->mr;
    const std::vector<float> b(v.ukernel->nr, 1.0f), bias(v.ukernel->nr, 0.0f);
    std::vector<float> x(mr, 0.5f), c(mr * v.ukernel->nr, 7.0f);
    x[mr - 1] = std::nanf("");
    std::vector<const float*> a;
    for (const float& f : x) a.push_back(&f);
    GemmF32Tile t;
    t.rows = mr, t.cols = v.ukernel->nr, t.ks = 1, t.kc = 1;
    t.a = a.data(), t.a_step_bytes = 0, t.ahead = nullptr, t.ahead_step = 0, t.b = b.data(), t.b_panel_bytes = 16 * sizeof(float),
    t.bias = bias.data();
    t.c = c.data(), t.c_row_bytes = v.ukernel->nr * sizeof(float);
    t.residual = nullptr, t.residual_cols = 0, t.residual_row_bytes = 0, t.lo = 0, t.hi = 6;
    v.ukernel->run(t);
    for (size_t i = 0; i < c.size(); ++i) {
      if (i / v.ukernel->nr == mr - 1) {
        EXPECT_TRUE(std::isnan(c[i])) << v.name;
      } else {
        EXPECT_EQ(c[i], 0.5f) << v.name;
      }
    }
  }
}

}  // namespace
}  // namespace adze::parity
