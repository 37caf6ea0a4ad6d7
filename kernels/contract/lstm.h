// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contract "lstm_cell_f32": what one step of an LSTM does to one sequence once its gates are summed.
//
//   cell = sigmoid(g_f) * cell + sigmoid(g_i) * tanh(g_c)        hidden = sigmoid(g_o) * tanh(cell)
#pragma once

#include <cstddef>

namespace adze {

struct LstmCellF32Run {
  size_t n;            // H
  const float* gates;  // [4][n]: i, o, f, c
  float* cell;         // read and written
  float* hidden;
};

// The object behind a UkernelRow of family lstm_cell_f32.
struct LstmCellF32Ukernel {
  void (*run)(const LstmCellF32Run& run);
};

}  // namespace adze
