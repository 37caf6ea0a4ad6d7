// SPDX-License-Identifier: Apache-2.0
// The fused activation: every op that can end in one carries this pair.
#pragma once

namespace adze {

// y = x < lo ? lo : x > hi ? hi : x, so a NaN stays a NaN. {-inf, +inf} leaves x as it is.
struct ClampRange {
  float lo = -__builtin_inff();
  float hi = __builtin_inff();
};

// A NaN bound or lo > hi is refused by every op's check.
inline bool IsValid(const ClampRange& c) { return c.lo <= c.hi; }

}  // namespace adze
