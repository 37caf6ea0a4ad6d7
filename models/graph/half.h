// SPDX-License-Identifier: Apache-2.0
// Conversions between float and the bits of an IEEE 754 binary16, exact on every value, for the build machine.
#pragma once

#include <cstdint>

namespace adze::graph {

// Round to nearest even; overflow gives infinity; a NaN stays a (quiet) NaN with its sign and the upper bits of its payload.
uint16_t HalfFromFloat(float value);

// Exact. A signalling NaN becomes quiet.
float FloatFromHalf(uint16_t half);

}  // namespace adze::graph
