// SPDX-License-Identifier: Apache-2.0
// Normalizations, as importers of all formats lower them. Only rows of adjacent elements with one scale an element have a kernel (layer_norm);
// the rest is means, differences and quotients, whose small operands are computed once for each group.
#pragma once

#include "models/import/lowering.h"

namespace adze::import {

// d = x - mean(x) over `axes`, and what d is divided by is a function of mean(d * d); the axes stay as dims of 1.
struct Centred {
  int difference, mean, variance;
};
Centred Centre(Lowering* node, int x, const std::vector<int64_t>& axes);

// 1 / sqrt(x + epsilon)
int InverseRoot(Lowering* node, int x, float epsilon);

// x / max(least, root of the sum of squares over `axes`)
int DivideByLength(Lowering* node, int x, const std::vector<int64_t>& axes, float least);

// x times scale plus bias, aligned at the end; -1: none.
int ScaleAndShift(Lowering* node, int x, int scale, int bias);

// x / sqrt(mean(x * x) + epsilon) over the dims from `axis` on; *inverse is what x is multiplied by.
int RmsNormalized(Lowering* node, int x, int axis, float epsilon, int* inverse);

// x / (bias + alpha * the mean of x * x over a window along the channels)^beta, of x [N, C, S]: channels c - before ... c + after, zeros outside.
struct ResponseWindow {
  int64_t before, after;
  float alpha, beta, bias;
};
int LocalResponse(Lowering* node, int x, const ResponseWindow& window);

// tanh form of GELU: x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))
int TanhGelu(Lowering* node, int x);

}  // namespace adze::import
