// SPDX-License-Identifier: Apache-2.0
// Operations of two float64 that one instruction does. A NaN in either gives NaN.
#pragma once

namespace adze {
namespace {

struct AddDoubles {
  static double Of(double a, double b) { return a + b; }
};
struct SubDoubles {
  static double Of(double a, double b) { return a - b; }
};
struct MulDoubles {
  static double Of(double a, double b) { return a * b; }
};
struct DivDoubles {
  static double Of(double a, double b) { return a / b; }
};
struct MaxDoubles {
  static double Of(double a, double b) { return a != a ? a : a > b ? a : b; }
};
struct MinDoubles {
  static double Of(double a, double b) { return a != a ? a : a < b ? a : b; }
};

}  // namespace
}  // namespace adze
