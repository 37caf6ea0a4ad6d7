// SPDX-License-Identifier: Apache-2.0
// Walks tensors of any strides element by element in row-major order, in the longest runs of constant stride: what every elementwise and
// movement kernel is built on, so that strides cost each of them nothing.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/contract/kernel.h"

namespace adze {

inline constexpr int kMaxRunOperands = 3;

// One run: `n` elements of each operand, the i-th of operand k at at[k] + i * strides[k] bytes.
using RunFn = void (*)(const void* context, uint8_t* const* at, const int64_t* strides, size_t n);

// Calls `f` until all elements of the operands are covered, on several threads where there are some. The operands have the same number
// of elements, but each its own shape (reshape) and strides (0 repeats: broadcast). Only their data, dtype, shape and strides are used.
void ForEachRun(const KernelArgs& args, const Tensor* operands, int n_operands, RunFn f, const void* context);

// The same for functions that want adjacent elements: strides[k] is the element's size, or also 0 for the operands before the last if
// `repeats`; runs of other strides come as runs of one element. The last operand is the one written; it may be one of the others, element
// upon element.
void ForEachDenseRun(const KernelArgs& args, const Tensor* operands, int n_operands, bool repeats, RunFn f, const void* context);

// Copies `n` elements of 1, 2, 4 or 8 bytes.
void CopyRun(uint8_t* to, int64_t to_stride, const uint8_t* from, int64_t from_stride, size_t element_bytes, size_t n);

}  // namespace adze
