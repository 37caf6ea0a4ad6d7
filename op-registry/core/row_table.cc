// SPDX-License-Identifier: Apache-2.0
// Reading serialized rows.
#include "op-registry/core/row_table.h"

#include <cstring>

namespace adze {

bool operator==(const Text& a, const Text& b) { return a.size == b.size && std::memcmp(a.data, b.data, a.size) == 0; }

Text TextOf(const char* zero_terminated) { return {zero_terminated, std::strlen(zero_terminated)}; }

const uint8_t* ReadRow(const uint8_t* at, RowView* row) {
  const uint8_t* head = at;
  at += 9;
  row->kind = static_cast<RowKind>(head[0]);
  row->level = static_cast<Level>(head[1]);
  row->name = {reinterpret_cast<const char*>(at), head[2]};
  at += head[2];
  row->op = {reinterpret_cast<const char*>(at), head[3]};
  at += head[3];
  row->types = reinterpret_cast<const DType*>(at);
  row->n_types = head[4];
  at += head[4];
  row->needs = reinterpret_cast<const char*>(at);
  row->n_needs = head[5];
  for (int i = 0; i < head[5]; ++i) at += 1 + *at;
  row->when = {at, head[6]};
  at += head[6];
  row->cost = {at, head[7]};
  at += head[7];
  row->scratch = {at, head[8]};
  return at + head[8];
}

Text NeedOf(const RowView& row, int n) {
  const char* p = row.needs;
  for (; n > 0; --n) p += 1 + static_cast<uint8_t>(*p);
  return {p + 1, static_cast<uint8_t>(*p)};
}

bool InFamily(const RowView& row, const Text& family) {
  return row.kind == RowKind::kUkernel && row.name.size > family.size + 2 && std::memcmp(row.name.data, family.data, family.size) == 0 &&
         row.name.data[family.size] == '_' && row.name.data[family.size + 1] == '_';
}

}  // namespace adze
