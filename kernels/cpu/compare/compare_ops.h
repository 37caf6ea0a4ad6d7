// SPDX-License-Identifier: Apache-2.0
// Comparisons of two elements: 1 or 0. A NaN is equal to nothing and neither less nor greater.
#pragma once

#include <cstdint>

namespace adze {
namespace {

struct Equal {
  template <typename T>
  static uint8_t Of(T a, T b) {
    return a == b;
  }
};
struct NotEqual {
  template <typename T>
  static uint8_t Of(T a, T b) {
    return a != b;
  }
};
struct Less {
  template <typename T>
  static uint8_t Of(T a, T b) {
    return a < b;
  }
};
struct LessEqual {
  template <typename T>
  static uint8_t Of(T a, T b) {
    return a <= b;
  }
};

}  // namespace
}  // namespace adze
