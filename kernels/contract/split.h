// SPDX-License-Identifier: Apache-2.0
// How much work is worth a thread of its own.
#pragma once

#include <cstddef>
#include <cstdint>

namespace adze {

// About 20 us of one core, against about 5 us to wake another.
inline constexpr int64_t kTaskWork = 1 << 18;  // multiply-adds

inline size_t GrainOf(int64_t multiply_adds_per_item) { return static_cast<size_t>(kTaskWork / (multiply_adds_per_item + 1) + 1); }

}  // namespace adze
