// SPDX-License-Identifier: Apache-2.0
// Names of element types, kept apart so that a build without texts does not carry them.
#include "op-registry/core/dtype.h"

namespace adze {

const char* DTypeName(DType t) {
  // One string, walked over: no relocations in the shipped library, and no gaps.
  const char* name = "float32\0float16\0int32\0int64\0int8\0uint8\0bool\0float64\0int16\0uint16\0uint32\0uint64\0bfloat16\0?";
  for (unsigned left = static_cast<uint8_t>(t) < kDTypeCount ? static_cast<uint8_t>(t) : kDTypeCount; left > 0; ++name) {
    if (*name == 0) --left;
  }
  return name;
}

}  // namespace adze
