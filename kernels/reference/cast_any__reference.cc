// SPDX-License-Identifier: Apache-2.0
// Reference kernel of cast between any two dtypes; float16 is a case of its own where the other side is float32.
#include "kernels/cpu/cast/half.h"
#include "kernels/reference/elements.h"

namespace adze {
namespace {

// A number of any dtype: a float, or an integer.
struct Number {
  bool is_float;
  float f;
  int64_t i;
};

Number Read(DType t, const uint8_t* p) {
  switch (t) {
    case DType::kF32: return {true, *reinterpret_cast<const float*>(p), 0};
    case DType::kF16: return {true, FromHalf(*reinterpret_cast<const uint16_t*>(p)), 0};
    case DType::kI32: return {false, 0, *reinterpret_cast<const int32_t*>(p)};
    case DType::kI64: return {false, 0, *reinterpret_cast<const int64_t*>(p)};
    case DType::kI8: return {false, 0, static_cast<int8_t>(*p)};
    default: return {false, 0, *p};
  }
}

// Cut towards 0, the ends for what lies beyond, 0 for NaN.
int64_t Integer(const Number& n, int64_t lo, int64_t hi) {
  if (!n.is_float) return n.i;
  if (n.f != n.f) return 0;
  if (n.f >= 9223372036854775808.0f) return hi;
  if (n.f <= -9223372036854775808.0f) return lo;
  const auto v = static_cast<int64_t>(n.f);
  return v < lo ? lo : v > hi ? hi : v;
}

void Write(DType t, const Number& n, uint8_t* p) {
  const float f = n.is_float ? n.f : static_cast<float>(n.i);
  switch (t) {
    case DType::kF32: *reinterpret_cast<float*>(p) = f; break;
    case DType::kF16: *reinterpret_cast<uint16_t*>(p) = ToHalf(f); break;
    case DType::kI32: *reinterpret_cast<int32_t*>(p) = static_cast<int32_t>(Integer(n, INT32_MIN, INT32_MAX)); break;
    case DType::kI64: *reinterpret_cast<int64_t*>(p) = Integer(n, INT64_MIN, INT64_MAX); break;
    case DType::kI8: *p = static_cast<uint8_t>(Integer(n, INT8_MIN, INT8_MAX)); break;
    case DType::kU8: *p = static_cast<uint8_t>(Integer(n, 0, UINT8_MAX)); break;
    case DType::kBool: *p = n.is_float ? n.f != 0 : n.i != 0; break;
  }
}

void Run(const KernelArgs& args) {
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex i;
  do {
    Write(y.dtype, Read(x.dtype, ElementAt(x, i)), ElementAt(y, i));
  } while (NextIndex(y.shape, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_cast_any__reference;
const Kernel adze_cast_any__reference = {Run};
}

}  // namespace adze
