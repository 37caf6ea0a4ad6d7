// SPDX-License-Identifier: Apache-2.0
// The one selection function. Pure: the same table, key and level give the same rows, in the cropper for any target and in the
// runtime. It sees no thread count, no timing and no CPU.
#pragma once

#include <cstdint>

#include "op-registry/core/key.h"
#include "op-registry/core/row_table.h"

namespace adze {

struct Selection {
  int kernel = -1;                         // index into the table; -1: no kernel row fits
  int ukernels[kMaxNeeds] = {-1, -1, -1};  // one per need of the kernel row; -1 below n_ukernels: none fits
  int n_ukernels = 0;
  int64_t scratch_bytes = 0;

  bool complete() const {
    if (kernel < 0) return false;
    for (int i = 0; i < n_ukernels; ++i) {
      if (ukernels[i] < 0) return false;
    }
    return true;
  }
};

// The cheapest kernel row whose op, types, level and constraint match `key`, and for each of its needs the cheapest micro-kernel row.
// A kernel row one of whose needs nobody meets loses to any complete one; if none is complete, the cheapest incomplete one is
// returned, so that the caller can say what is missing. Ties are broken by name. Total and deterministic; removing rows that were
// not selected never changes the result.
Selection Select(const RowTable& table, const Key& key, Level level);

// Index of the op row of `op`, or -1.
int FindOp(const RowTable& table, const Text& op);

}  // namespace adze
