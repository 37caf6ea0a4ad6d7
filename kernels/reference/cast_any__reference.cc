// SPDX-License-Identifier: Apache-2.0
// Reference kernel of cast between any two dtypes; float16 is a case of its own where the other side is float32.
#include "kernels/cpu/cast/half.h"
#include "kernels/reference/elements.h"

namespace adze {
namespace {

// A number of any dtype: a float, or an integer (whose bits above INT64_MAX are those of a uint64).
struct Number {
  bool is_float;
  bool is_unsigned;
  double f;
  int64_t i;
};

Number Real(double f) { return {true, false, f, 0}; }
Number Whole(int64_t i) { return {false, false, 0, i}; }

template <typename T>
T At(const uint8_t* p) {
  return *reinterpret_cast<const T*>(p);
}

// bfloat16: 8 bits of exponent as float32, 7 behind the point.
float FromBfloat(uint16_t bits) {
  const uint32_t wide = static_cast<uint32_t>(bits) << 16;
  float f;
  __builtin_memcpy(&f, &wide, sizeof(f));
  return f;
}

uint16_t ToBfloat(float f) {
  uint32_t bits;
  __builtin_memcpy(&bits, &f, sizeof(bits));
  const uint32_t rest = bits & 0xffffu;
  uint32_t upper = bits >> 16;
  if (f != f) return static_cast<uint16_t>(upper | 0x40u);
  if (rest > 0x8000u || (rest == 0x8000u && upper % 2 != 0)) ++upper;
  return static_cast<uint16_t>(upper);
}

Number Read(DType t, const uint8_t* p) {
  switch (t) {
    case DType::kF32: return Real(static_cast<double>(At<float>(p)));
    case DType::kF16: return Real(static_cast<double>(FromHalf(At<uint16_t>(p))));
    case DType::kBF16: return Real(static_cast<double>(FromBfloat(At<uint16_t>(p))));
    case DType::kF64: return Real(At<double>(p));
    case DType::kI64: return Whole(At<int64_t>(p));
    case DType::kU64: return {false, true, 0, At<int64_t>(p)};
    case DType::kI32: return Whole(At<int32_t>(p));
    case DType::kU32: return Whole(At<uint32_t>(p));
    case DType::kI16: return Whole(At<int16_t>(p));
    case DType::kU16: return Whole(At<uint16_t>(p));
    case DType::kI8: return Whole(static_cast<int8_t>(*p));
    default: return Whole(*p);
  }
}

// Cut towards 0, the ends for what lies beyond, 0 for NaN.
int64_t Integer(const Number& n, int64_t lo, int64_t hi) {
  if (!n.is_float) return n.i;
  if (n.f != n.f) return 0;
  if (n.f >= 9223372036854775808.0) return hi;
  if (n.f <= -9223372036854775808.0) return lo;
  const auto v = static_cast<int64_t>(n.f);
  return v < lo ? lo : v > hi ? hi : v;
}

// The bits of a uint64.
int64_t Unsigned(const Number& n) {
  const bool upper_half = n.is_float && n.f >= 9223372036854775808.0;
  if (!upper_half) return Integer(n, 0, INT64_MAX);
  return n.f >= 18446744073709551616.0 ? -1 : static_cast<int64_t>(static_cast<uint64_t>(n.f));
}

float Float(const Number& n) {
  if (n.is_float) return static_cast<float>(n.f);
  return n.is_unsigned ? static_cast<float>(static_cast<uint64_t>(n.i)) : static_cast<float>(n.i);
}

template <typename T>
void Put(uint8_t* p, const Number& n) {
  *reinterpret_cast<T*>(p) = static_cast<T>(Integer(n, std::is_signed<T>::value ? -(int64_t{1} << (8 * sizeof(T) - 1)) : 0,
                                                    (int64_t{1} << (8 * sizeof(T) - (std::is_signed<T>::value ? 1 : 0))) - 1));
}

void Write(DType t, const Number& n, uint8_t* p) {
  switch (t) {
    case DType::kF32: *reinterpret_cast<float*>(p) = Float(n); break;
    case DType::kF16: *reinterpret_cast<uint16_t*>(p) = ToHalf(Float(n)); break;
    case DType::kBF16: *reinterpret_cast<uint16_t*>(p) = ToBfloat(Float(n)); break;
    case DType::kF64: *reinterpret_cast<double*>(p) = n.is_float ? n.f : static_cast<double>(n.i); break;
    case DType::kI64: *reinterpret_cast<int64_t*>(p) = Integer(n, INT64_MIN, INT64_MAX); break;
    case DType::kU64: *reinterpret_cast<int64_t*>(p) = Unsigned(n); break;
    case DType::kI32: Put<int32_t>(p, n); break;
    case DType::kU32: Put<uint32_t>(p, n); break;
    case DType::kI16: Put<int16_t>(p, n); break;
    case DType::kU16: Put<uint16_t>(p, n); break;
    case DType::kI8: Put<int8_t>(p, n); break;
    case DType::kU8: Put<uint8_t>(p, n); break;
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
