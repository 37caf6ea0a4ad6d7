// SPDX-License-Identifier: Apache-2.0
// Reference kernel of cast from float32 to float16, by arithmetic on the value.
#include "kernels/reference/index_loop.h"

namespace adze {
namespace {

// Counts in units of the result's last place; adding and taking away 2^52 rounds a float64 to an integer, ties to even.
uint16_t Convert(float f) {
  const uint16_t sign = __builtin_signbit(f) ? 0x8000 : 0;
  double v = sign != 0 ? -static_cast<double>(f) : f;
  if (v != v) return sign | 0x7e00;
  if (v >= 65520) return sign | 0x7c00;
  v *= 16777216;  // units of 2^-24
  int exponent = 0;
  while (v >= 2048) {
    v /= 2;
    ++exponent;
  }
  const double rounded = v + 4503599627370496.0;
  // A mantissa of 1024 or more carries the lowest exponent bit in it, and 2048 the next one.
  return static_cast<uint16_t>(sign | (exponent * 1024 + static_cast<int>(rounded - 4503599627370496.0)));
}

void Run(const KernelArgs& args) {
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex i;
  do {
    *reinterpret_cast<uint16_t*>(ElementAt(y, i)) = Convert(*reinterpret_cast<float*>(ElementAt(*args.in[0], i)));
  } while (NextIndex(y.shape, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_cast_f32_f16__reference;
const Kernel adze_cast_f32_f16__reference = {Run};
}

}  // namespace adze
