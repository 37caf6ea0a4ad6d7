// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contracts for whole rows of adjacent floats: "softmax_f32", "layer_norm_f32". y may be x.
#pragma once

#include <cstddef>

namespace adze {

// y[i] = exp(beta * (x[i] - max)) / sum; beta > 0. A NaN or an infinite maximum makes the row NaN.
struct SoftmaxF32Run {
  size_t n;  // at least 1
  const float* x;
  float* y;
  float beta;
};
struct SoftmaxF32Ukernel {
  void (*run)(const SoftmaxF32Run& run);
};

// y[i] = (x[i] - mean) / sqrt(variance + epsilon) * gamma[i] + beta[i]
struct LayerNormF32Run {
  size_t n;  // at least 1
  const float* x;
  const float* gamma;
  const float* beta;
  float* y;
  float epsilon;
};
struct LayerNormF32Ukernel {
  void (*run)(const LayerNormF32Run& run);
};

}  // namespace adze
