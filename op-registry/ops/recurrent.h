// SPDX-License-Identifier: Apache-2.0
// lstm_full, gru, rnn: one recurrent layer in one direction over a sequence, with everything that the formats offer. (lstm is the plain LSTM.)
// T steps, B sequences, I inputs, H units, P = H or, with a projection, what it gives. All sizes but T and B at least 1; a(x) is a function of
// GateFunction after a clip of x to +-clip; . multiplies element by element; g_* = w_* x_t + r_* h_(t-1) + bias_* (+ p_* . c, with peepholes).
//
//   lstm_full  i = f(g_i)  o = f(g_o, peephole on c_t)  n = g(g_n)  c_t = clip(f(g_f) . c_(t-1) + i . n)  h_t = project(o . h(c_t))
//              kForgetFromInput: the forget gate is 1 - i; kInputFromForget: the input gate is 1 - f(g_f); the gate left out has no weights.
//              kLayerNorm: each g without its bias is brought to mean 0 and variance 1 over H (epsilon 1e-8), scaled, then bias is added.
//   gru        z = f(g_z)  r = f(g_r)  n = g(w_n x_t + bias_n + r_n (r . h_(t-1)))  h_t = z . h_(t-1) + (1 - z) . n
//              kResetAfter: n = g(w_n x_t + bias_n + r . (r_n h_(t-1) + recurrent bias))
//   rnn        h_t = f(g)
//
// in:  x [T, B, I], w [G H, I], r [G H, P], bias [G H], then those that `options` names, in the order of its bits. G gates in the order
//      lstm_full i, o, f, n; gru z, r, n; rnn its only one. Packed: w and r as kPanels16, a gru's three gates as
//      three groups; the bias of each group padded to 16
// out: y [T + 1, B, P], with kCellOut [T + 2, B, P]: h_t for each step, then the last h, then the last c. With lengths, sequence b has lengths[b]
//      steps (cut to 0 .. T), runs from its own end under `reverse`, and y is 0 behind it; h and c of a sequence of no steps are the initial ones
// key: types {x}; kGroups (T) kM (B) kN (G H) kK (I + P) kCout (H) kPacking kMode (1 if a function is beyond kClamp), and the common ones
// NaN: passes through every function and clip.
#pragma once

#include <cstdint>

#include "op-registry/core/packing.h"

namespace adze {

// The numbers are part of the format.
enum class GateFunction : uint8_t {
  kSigmoid = 0,
  kTanh = 1,
  kClamp = 2,   // to alpha .. beta: ReLU and its relatives, and none at all
  kAffine = 3,  // alpha x + beta
  kLeakyRelu = 4,
  kThresholdedRelu = 5,  // x where x > alpha, else 0
  kScaledTanh = 6,       // alpha tanh(beta x)
  kHardSigmoid = 7,      // alpha x + beta, clamped to 0 .. 1
  kElu = 8,
  kSoftsign = 9,
  kSoftplus = 10,
};
inline constexpr int kGateFunctions = 11;

struct Gate {
  GateFunction function = GateFunction::kSigmoid;
  uint8_t reserved[3] = {};
  float alpha = 0;
  float beta = 0;
};

// Bits of RecurrentParams::options. The first ones name inputs, in this order.
enum RecurrentOption : uint32_t {
  kHidden0 = 1 << 0,         // [B, P]; without it h starts from 0
  kCell0 = 1 << 1,           // [B, H]
  kLengths = 1 << 2,         // [B], int32
  kRecurrentBias = 1 << 3,   // [H], padded to 16 where packed
  kPeepholes = 1 << 4,       // [3 H]: i, o, f
  kLayerNorm = 1 << 5,       // [G H]
  kProjection = 1 << 6,      // [P, H], packed as w
  kProjectionBias = 1 << 7,  // [P], padded to 16 where packed
  kForgetFromInput = 1 << 8,
  kInputFromForget = 1 << 9,
  kResetAfter = 1 << 10,
  kCellOut = 1 << 11,
};

struct RecurrentParams {
  int32_t hidden = 0;     // H
  int32_t projected = 0;  // P
  uint32_t options = 0;
  Packing packing = Packing::kNone;
  uint8_t reverse = 0;
  uint8_t reserved[2] = {};
  float clip = __builtin_inff();
  float cell_clip = __builtin_inff();
  float projection_clip = __builtin_inff();
  Gate f;
  Gate g = {GateFunction::kTanh};  // gru: of n; rnn: unused
  Gate h = {GateFunction::kTanh};  // lstm_full only
};

inline bool Has(const RecurrentParams& p, RecurrentOption option) { return (p.options & option) != 0; }

// Where the input that `option` names stands.
inline int InputOf(const RecurrentParams& p, RecurrentOption option) {
  int at = 4;
  for (uint32_t bit = 1; bit < option; bit <<= 1) at += (p.options & bit) != 0;
  return at;
}

// Gates of an lstm_full.
inline int LstmGates(const RecurrentParams& p) { return (p.options & (kForgetFromInput | kInputFromForget)) != 0 ? 3 : 4; }

}  // namespace adze
