// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contract "gate_f32": what the steps of lstm_full, gru and rnn do element by element.
//
//   gate:  y[i] = f(clamp(x[i] + p[i] * c[i], -clip, clip)) * m[i]
//   mix:   y[i] = f[i] * y[i] + a[i] * b[i]
#pragma once

#include <cstddef>

#include "op-registry/ops/recurrent.h"

namespace adze {

struct GateF32Run {
  size_t n;
  const float* x;
  const float* p;  // null, as c: nothing is added
  const float* c;
  const float* m;  // null: ones
  float* y;        // may be x, c or m
  float clip;
  Gate f;
};

struct MixF32Run {
  size_t n;
  float* y;
  const float* f;
  const float* a;  // null: 1 - f
  const float* b;
};

// The object behind a UkernelRow of family gate_f32. A row without kMode 1 knows the functions up to kClamp.
struct GateF32Ukernel {
  void (*gate)(const GateF32Run& run);
  void (*mix)(const MixF32Run& run);
};

}  // namespace adze
