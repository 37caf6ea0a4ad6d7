// SPDX-License-Identifier: Apache-2.0
// What selection knows of a node: its op, the dtypes that matter, and integers ("features") computed by the op from params,
// shapes and strides. Row constraints, costs and scratch sizes are expressions over these.
#pragma once

#include <cstdint>

#include "op-registry/core/dtype.h"

namespace adze {

// The numbers are part of the crop manifest: append, never renumber. An op sets the ones it documents; the rest are 0.
enum class Feature : uint8_t {
  kBatch = 0,
  kHin,
  kWin,
  kCin,
  kHout,
  kWout,
  kCout,
  kKernelArea,  // kernel_h * kernel_w
  kStrideH,
  kStrideW,
  kDilated,  // 1 if a dilation exceeds 1
  kGroups,
  kDepthwise,    // 1 if groups == Cin == Cout
  kPadded,       // 1 if any padding is not 0
  kIndirection,  // row pointers per output pixel: kernel_area, times Cin where channels are not adjacent
  kM,            // kM, kN, kK: of the matrix product that the node amounts to
  kN,
  kK,
  kPacking,     // op-registry/core/packing.h
  kElements,    // of the (first) output
  kInnerDense,  // 1 if the innermost elements of every input and output are adjacent
  kDense,       // 1 if every input and output lies without gaps
  kElementBytes,
  kResidual,        // 1 if a tensor is added before the clamp
  kMode,            // the op's own mode, e.g. PoolKind, RescaleMode
  kBroadcast,       // 1 if an input is broadcast
  kRestInnerDense,  // as kInnerDense, input 0 left out
  kKernelW,
};

inline constexpr int kFeatureCount = 28;
inline constexpr int kMaxKeyTypes = 4;

struct Key {
  const char* op = nullptr;  // borrowed, zero-terminated
  uint8_t n_types = 0;
  DType types[kMaxKeyTypes] = {};
  int64_t features[kFeatureCount] = {};

  int64_t& operator[](Feature f) { return features[static_cast<uint8_t>(f)]; }
  int64_t operator[](Feature f) const { return features[static_cast<uint8_t>(f)]; }
};

}  // namespace adze
