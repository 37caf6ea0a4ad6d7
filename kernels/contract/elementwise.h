// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contracts for runs of adjacent elements: "add_f32", "mul_f32", "clamp_f32", "sigmoid_f32", "max_f32", "exp_sum_f32"...
#pragma once

#include <cstddef>
#include <cstdint>

namespace adze {

// Families add_f32, div_f32, max_f32, min_f32, mul_f32, sub_f32: y[i] = clamp(a[i * a_step] op b[i * b_step]), steps 0 or 1. y may be a or b
// (same pointer, step 1).
struct BinaryF32Run {
  size_t n;
  const float* a;
  const float* b;
  size_t a_step, b_step;
  float* y;
  float lo, hi;
};
struct BinaryF32Ukernel {
  void (*run)(const BinaryF32Run& run);
};

// Families clamp_f32, erf_f32, gelu_f32, hard_swish_f32, sigmoid_f32, sqrt_f32, tanh_f32: y[i] = f(x[i]). y may be x.
struct UnaryF32Run {
  size_t n;
  const float* x;
  float* y;
  float lo, hi;  // clamp_f32 only
};
struct UnaryF32Ukernel {
  void (*run)(const UnaryF32Run& run);
};

}  // namespace adze
