// SPDX-License-Identifier: Apache-2.0
// The crop manifest: what this library holds, in an allocated note section that survives strip. It is the very table that select() reads, so it
// cannot drift from the code.
//
// ELF note: section .note.adze, owner "Adze", type 1. Descriptor, little endian:
//   u32 version (1), u8 crop_id[16], u8 n_levels, u8 levels[7] (zero padded, the profile's order), u32 n_rows, u32 rows_bytes, rows as in
//   op-registry/core/row_table.h
#pragma once

#include <cstdint>

#include "op-registry/core/row_table.h"

namespace adze {

inline constexpr uint32_t kManifestVersion = 1;
inline constexpr int kMaxLevels = 7;

struct ManifestHeader {
  uint32_t version;
  uint8_t crop_id[16];  // first bytes of the SHA-256 of the plan
  uint8_t n_levels;
  uint8_t levels[kMaxLevels];
  uint32_t n_rows;
  uint32_t rows_bytes;
};
static_assert(sizeof(ManifestHeader) == 36, "the manifest header is read by other tools");

// Defined by the generated table unit (src/generated/table.cc of every build).
extern const ManifestHeader* const kManifest;  // the note's descriptor; rows follow it
extern const void* const kManifestEntries[];   // OpDef, Kernel or micro-kernel struct per row

inline RowTable ManifestTable() {
  return {reinterpret_cast<const uint8_t*>(kManifest + 1), static_cast<int>(kManifest->n_rows), kManifestEntries};
}

// Name of row `index`.
inline Text RowName(const RowTable& table, int index) {
  RowView row = {};
  const uint8_t* at = table.bytes;
  for (int i = 0; i <= index; ++i) at = ReadRow(at, &row);
  return row.name;
}

}  // namespace adze
