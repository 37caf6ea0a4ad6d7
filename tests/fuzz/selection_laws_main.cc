// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry to the laws of selection. tests/fuzz/test_selection_laws.py builds it with clang and runs it for a while; for longer:
//
//   clang++-14 -std=c++17 -O1 -g -fsanitize=fuzzer,address,undefined -I. tests/fuzz/selection_laws_main.cc
//     op-registry/core/{select,row_table,expr,level}.cc -o selection_laws && ./selection_laws
#include "tests/fuzz/selection_laws.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const uint8_t none = 0;
  adze::fuzz::Random random(size == 0 ? &none : data, size);
  adze::fuzz::Counts counts;
  adze::fuzz::CheckSelectionLaws(&random, &counts);
  return 0;
}
