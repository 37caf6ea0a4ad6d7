// SPDX-License-Identifier: Apache-2.0
// Index tuples for reference kernels.
#include "kernels/reference/index_loop.h"

#include <cstring>

namespace adze {

bool HasElements(const Shape& shape) { return ElementCount(shape) > 0; }

bool NextIndex(const Shape& shape, ElementIndex* index) {
  for (int d = shape.rank - 1; d >= 0; --d) {
    if (++index->at[d] < shape.dims[d]) return true;
    index->at[d] = 0;
  }
  return false;
}

uint8_t* ElementAt(const Tensor& t, const ElementIndex& index) {
  uint8_t* p = t.data;
  for (int d = 0; d < t.shape.rank; ++d) p += t.shape.dims[d] == 1 ? 0 : index.at[d] * t.strides[d];
  return p;
}

void CopyElement(const Tensor& to, const ElementIndex& to_index, const Tensor& from, const ElementIndex& from_index) {
  std::memcpy(ElementAt(to, to_index), ElementAt(from, from_index), DTypeBytes(to.dtype));
}

}  // namespace adze
