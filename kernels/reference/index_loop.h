// SPDX-License-Identifier: Apache-2.0
// How reference kernels visit elements: one index tuple after the other, each address computed from scratch.
#pragma once

#include "kernels/contract/kernel.h"

namespace adze {

struct ElementIndex {
  int32_t at[kMaxRank] = {};
};

// True if `shape` has at least one element: index {0, ...} is one.
bool HasElements(const Shape& shape);

// Steps to the next index in row-major order; false past the last.
bool NextIndex(const Shape& shape, ElementIndex* index);

// The address of an element; a dim of 1 repeats.
uint8_t* ElementAt(const Tensor& t, const ElementIndex& index);

// Copies one element of to's size.
void CopyElement(const Tensor& to, const ElementIndex& to_index, const Tensor& from, const ElementIndex& from_index);

}  // namespace adze
