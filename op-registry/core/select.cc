// SPDX-License-Identifier: Apache-2.0
// The one selection function.
#include "op-registry/core/select.h"

#include <cstring>

namespace adze {
namespace {

bool TextLess(const Text& a, const Text& b) {
  const size_t n = a.size < b.size ? a.size : b.size;
  const int c = std::memcmp(a.data, b.data, n);
  return c != 0 ? c < 0 : a.size < b.size;
}

// The best candidate so far, under the total order (incomplete, cost, name).
struct Best {
  bool incomplete = true;
  int64_t cost = 0;
  Text name;
  int index = -1;

  bool Beats(bool other_incomplete, int64_t other_cost, const Text& other_name) const {
    if (index < 0) return false;
    if (incomplete != other_incomplete) return other_incomplete;
    if (cost != other_cost) return cost < other_cost;
    return !TextLess(other_name, name);
  }
};

bool Fits(const RowView& row, const Key& key, Level level) {
  return Serves(row.level, level) && Evaluate(row.when.data, static_cast<int>(row.when.size), key, 1) != 0;
}

int64_t CostOf(const RowView& row, const Key& key) { return Evaluate(row.cost.data, static_cast<int>(row.cost.size), key, 0); }

bool TypesMatch(const RowView& row, const Key& key) {
  return row.n_types == 0 || (row.n_types == key.n_types && std::memcmp(row.types, key.types, key.n_types) == 0);
}

int SelectUkernel(const RowTable& table, const Text& family, const Key& key, Level level) {
  Best best;
  const uint8_t* at = table.bytes;
  for (int i = 0; i < table.count; ++i) {
    RowView row;
    at = ReadRow(at, &row);
    if (!InFamily(row, family) || !Fits(row, key, level)) continue;
    const int64_t cost = CostOf(row, key);
    if (!best.Beats(false, cost, row.name)) best = {false, cost, row.name, i};
  }
  return best.index;
}

}  // namespace

Selection Select(const RowTable& table, const Key& key, Level level) {
  const Text op = TextOf(key.op);
  Selection chosen;
  Best best;
  const uint8_t* at = table.bytes;
  for (int i = 0; i < table.count; ++i) {
    RowView row;
    at = ReadRow(at, &row);
    if (row.kind != RowKind::kKernel || !(row.op == op) || !TypesMatch(row, key) || !Fits(row, key, level)) continue;
    Selection s;
    s.kernel = i;
    s.n_ukernels = row.n_needs;
    for (int n = 0; n < row.n_needs; ++n) s.ukernels[n] = SelectUkernel(table, NeedOf(row, n), key, level);
    const int64_t cost = CostOf(row, key);
    if (best.Beats(!s.complete(), cost, row.name)) continue;
    s.scratch_bytes = Evaluate(row.scratch.data, static_cast<int>(row.scratch.size), key, 0);
    best = {!s.complete(), cost, row.name, i};
    chosen = s;
  }
  return chosen;
}

int FindOp(const RowTable& table, const Text& op) {
  const uint8_t* at = table.bytes;
  for (int i = 0; i < table.count; ++i) {
    RowView row;
    at = ReadRow(at, &row);
    if (row.kind == RowKind::kOp && row.op == op) return i;
  }
  return -1;
}

}  // namespace adze
