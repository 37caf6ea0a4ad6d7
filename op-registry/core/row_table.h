// SPDX-License-Identifier: Apache-2.0
// The serialized rows that select() reads: on the device they are the crop's manifest note, on the build machine the catalog of all
// rows. The same bytes, the same function.
//
// A row is: kind, level, name bytes, op bytes, types, needs, when bytes, cost bytes, scratch bytes (one byte each), then the name, the op, the
// types, the needs (each one length byte and its characters), when, cost, scratch. Strings carry no zero. The manifest ahead of
// the rows is described in runtime/session/manifest.h.
#pragma once

#include <cstddef>
#include <cstdint>

#include "op-registry/core/row.h"
#include "op-registry/core/span.h"

namespace adze {

struct Text {
  const char* data = nullptr;
  size_t size = 0;
};

bool operator==(const Text& a, const Text& b);
Text TextOf(const char* zero_terminated);

// One row read in place; borrows the table's bytes.
struct RowView {
  RowKind kind;
  Level level;
  uint8_t n_types;
  uint8_t n_needs;
  Text name;
  Text op;
  const DType* types;
  const char* needs;  // n_needs times: length byte, characters
  Span<const uint8_t> when;
  Span<const uint8_t> cost;
  Span<const uint8_t> scratch;
};

// Rows and, at the same index, the objects they name. `entries` may be null on the build machine, which never runs a kernel.
struct RowTable {
  const uint8_t* bytes = nullptr;
  int count = 0;
  const void* const* entries = nullptr;
};

// Reads the row at `at`; returns the start of the next one. The bytes are part of the binary: trusted.
const uint8_t* ReadRow(const uint8_t* at, RowView* row);

// The n-th need of a row.
Text NeedOf(const RowView& row, int n);

// Is `row` a micro-kernel of `family` (its name up to "__")?
bool InFamily(const RowView& row, const Text& family);

}  // namespace adze
