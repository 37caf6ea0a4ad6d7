// SPDX-License-Identifier: Apache-2.0
// Data movement of constants at import.
#include "models/import/constant_fold.h"

#include <cstring>

namespace adze::import {

std::vector<int64_t> DenseStrides(const std::vector<int64_t>& dims) {
  std::vector<int64_t> strides(dims.size());
  int64_t stride = 1;
  for (size_t i = dims.size(); i-- > 0;) {
    strides[i] = stride;
    stride *= dims[i];
  }
  return strides;
}

Bytes GatherStrided(const Bytes& data, size_t element_bytes, int64_t start, const std::vector<int64_t>& strides,
                    const std::vector<int64_t>& out_dims) {
  int64_t elements = 1;
  for (const int64_t d : out_dims) elements *= d;
  Bytes out(static_cast<size_t>(elements) * element_bytes);
  std::vector<int64_t> index(out_dims.size(), 0);
  int64_t at = start;
  for (int64_t i = 0; i < elements; ++i) {
    std::memcpy(out.data() + static_cast<size_t>(i) * element_bytes, data.data() + static_cast<size_t>(at) * element_bytes, element_bytes);
    for (size_t d = out_dims.size(); d-- > 0;) {
      at += strides[d];
      if (++index[d] < out_dims[d]) break;
      at -= strides[d] * out_dims[d];
      index[d] = 0;
    }
  }
  return out;
}

Bytes TransposeBytes(const Bytes& data, size_t element_bytes, const std::vector<int64_t>& dims, const std::vector<int>& perm) {
  const std::vector<int64_t> in_strides = DenseStrides(dims);
  std::vector<int64_t> out_dims, strides;
  for (const int p : perm) {
    out_dims.push_back(dims[static_cast<size_t>(p)]);
    strides.push_back(in_strides[static_cast<size_t>(p)]);
  }
  return GatherStrided(data, element_bytes, 0, strides, out_dims);
}

}  // namespace adze::import
