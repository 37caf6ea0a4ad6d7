// SPDX-License-Identifier: Apache-2.0
// Reference kernel of cast from float16 to float32, by arithmetic on the value.
#include "kernels/reference/index_loop.h"

namespace adze {
namespace {

float Convert(uint16_t h) {
  const int exponent = h >> 10 & 31;
  const int mantissa = h & 1023;
  double v = exponent == 31 ? (mantissa != 0 ? __builtin_nan("") : __builtin_inf()) : exponent == 0 ? mantissa : mantissa + 1024;
  for (int e = exponent == 0 ? 1 : exponent; e < 25; ++e) v /= 2;
  for (int e = exponent; e > 25; --e) v *= 2;
  return static_cast<float>((h & 0x8000) != 0 ? -v : v);
}

void Run(const KernelArgs& args) {
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex i;
  do {
    *reinterpret_cast<float*>(ElementAt(y, i)) = Convert(*reinterpret_cast<uint16_t*>(ElementAt(*args.in[0], i)));
  } while (NextIndex(y.shape, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_cast_f16_f32__reference;
const Kernel adze_cast_f16_f32__reference = {Run};
}

}  // namespace adze
