// SPDX-License-Identifier: Apache-2.0
// Names of element types, kept apart so that a build without texts does not carry them.
#include "op-registry/core/dtype.h"

namespace adze {

const char* DTypeName(DType t) {
  // One string, fixed pitch: no relocations in the shipped library.
  static constexpr char kNames[kDTypeCount + 1][8] = {"float32", "float16", "int32", "int64", "int8", "uint8", "bool", "?"};
  const auto i = static_cast<uint8_t>(t);
  return kNames[i < kDTypeCount ? i : kDTypeCount];
}

}  // namespace adze
