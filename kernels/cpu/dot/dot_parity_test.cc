// SPDX-License-Identifier: Apache-2.0
// dot_qs8: every length around the blocks, extreme bytes and zero points, bit for bit.
#include "kernels/cpu/dot/dot.rows.h"

#include "kernels/testing/parity.h"
#include "kernels/testing/ukernels.h"

namespace adze::parity {
namespace {

void Check(const Variant<DotQs8Ukernel>& v, const std::vector<int8_t>& x, const std::vector<int8_t>& w, int x_zero, int w_zero,
           Guard guard) {
  GuardedBuffer gx(x.size(), guard), gw(w.size(), guard);
  if (!x.empty()) std::memcpy(gx.data(), x.data(), x.size());
  if (!w.empty()) std::memcpy(gw.data(), w.data(), w.size());
  int64_t want = 0;
  for (size_t i = 0; i < x.size(); ++i) want += static_cast<int64_t>(x[i] - x_zero) * (w[i] - w_zero);
  const DotQs8Run run{x.size(), gx.as<int8_t>(), gw.as<int8_t>(), x_zero, w_zero};
  EXPECT_EQ(v.ukernel->run(run), static_cast<uint32_t>(want)) << v.name << " n " << x.size() << " zero points " << x_zero << " " << w_zero;
}

TEST(DotQs8, LengthsAndZeroPoints) {
  Random random(1);
  for (const auto& v : DotVariants()) {
    for (size_t n = 0; n <= 70; ++n) {
      for (const int zero : {-128, -1, 0, 127}) {
        Check(v, RandomInt8(&random, n), RandomInt8(&random, n), zero, 0, Guard::kAfter);
        Check(v, RandomInt8(&random, n), RandomInt8(&random, n), 3, zero, Guard::kBefore);
      }
    }
  }
}

TEST(DotQs8, LargestProductsWrapAsTheContractSays) {
  for (const auto& v : DotVariants()) {
    for (const size_t n : {640, 33025, 70001}) {  // 33025 * 255 * 255 is the first above 2^31
      Check(v, std::vector<int8_t>(n, -128), std::vector<int8_t>(n, -128), 127, 127, Guard::kAfter);
      Check(v, std::vector<int8_t>(n, -128), std::vector<int8_t>(n, 127), 127, -128, Guard::kAfter);
    }
  }
}

}  // namespace
}  // namespace adze::parity
