// SPDX-License-Identifier: Apache-2.0
// Operations on bits: of every dtype by the size of its elements.
#pragma once

#include "kernels/cpu/binary/pair.h"

namespace adze {
namespace {

template <typename Op>
void Bitwise(const KernelArgs& args) {
  switch (DTypeBytes(args.out[0]->dtype)) {
    case 1: return Pair<Op, uint8_t>(args);
    case 2: return Pair<Op, uint16_t>(args);
    case 4: return Pair<Op, uint32_t>(args);
    default: return Pair<Op, uint64_t>(args);
  }
}

}  // namespace
}  // namespace adze
