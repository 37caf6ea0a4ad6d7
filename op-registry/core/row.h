// SPDX-License-Identifier: Apache-2.0
// Rows: the one registration mechanism. A family's `<family>.rows.h` holds constexpr arrays of these, data only, readable by host and
// device code on any architecture. The linker symbol of a row is "adze_" + name.
#pragma once

#include <cstddef>
#include <cstdint>

#include "op-registry/core/expr.h"
#include "op-registry/core/level.h"

namespace adze {

enum class RowKind : uint8_t { kOp = 0, kKernel = 1, kUkernel = 2 };

inline constexpr int kMaxNeeds = 3;

// Dtypes of a row, in the order in which the op's key() lists them. Empty: any.
struct TypeList {
  DType types[kMaxKeyTypes] = {};
  uint8_t n = 0;
  constexpr TypeList() = default;
  template <typename... T>
  constexpr TypeList(T... t) : types{t...}, n(sizeof...(t)) {}  // NOLINT: implicit by design
};

// Families of micro-kernels ("gemm_f32") that a driver calls.
struct NeedList {
  const char* families[kMaxNeeds] = {};
  uint8_t n = 0;
  constexpr NeedList() = default;
  template <typename... T>
  constexpr NeedList(T... t) : families{t...}, n(sizeof...(t)) {}  // NOLINT: implicit by design
};

// An op's definition. Name "op_<op>", symbol adze_op_<op>, type adze::OpDef.
struct OpRow {
  const char* name;
  const char* op;
};

// A kernel: what a node runs. Symbol type adze::Kernel (kernels/contract/kernel.h).
struct KernelRow {
  const char* name;  // <family>_<dtypes>__<isa>[_<variant>]
  const char* op;
  TypeList types;
  Level level;
  NeedList needs;
  Expr when;     // constraint; empty: always
  Expr cost;     // the cheapest row wins, ties by name
  Expr scratch;  // bytes of arena scratch the kernel uses while it runs; empty: 0
};

// A micro-kernel: one inner loop for one ISA. Its family is the part of the name before "__". Symbol type: the contract's struct,
// e.g. adze::GemmF32Ukernel.
struct UkernelRow {
  const char* name;
  Level level;
  Expr when;
  Expr cost;
};

// True if a < b as names are ordered everywhere (bytes).
constexpr bool NameLess(const char* a, const char* b) {
  while (*a != 0 && *a == *b) ++a, ++b;
  return static_cast<unsigned char>(*a) < static_cast<unsigned char>(*b);
}

// Rows of a family stand in strictly ascending order of names: no duplicates, no ties. For static_assert beside each array.
template <typename Row, size_t N>
constexpr bool NamesAscend(const Row (&rows)[N]) {
  for (size_t i = 1; i < N; ++i) {
    if (!NameLess(rows[i - 1].name, rows[i].name)) return false;
  }
  return true;
}

}  // namespace adze
